"""A term's figures: the last seen judgement of each lineage, against the last seen one of an earlier term. Pure, no Django."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace

from assessments.progress import Judged


@dataclass(frozen=True, slots=True)
class Told:
    """One judgement of the term: whose lineage it belongs to, the last step seen before the term, and the slices it belongs to."""

    lineage: Hashable
    judged: Judged
    previous_term: int
    strand_key: str = ""
    slices: tuple[tuple[str, str], ...] = ()


def last_of_lineages(told: Iterable[Told]) -> list[Told]:
    """One judgement a lineage, of all those of a term, given oldest first.

    Counted and seen goes before counted, and counted before too new. The aim is achieved once, in whichever cycle of the
    term that was. What was set by mistake stands outside.
    """
    lineages: dict[Hashable, list[Told]] = defaultdict(list)
    for each in told:
        if not each.judged.by_mistake:
            lineages[each.lineage].append(each)
    return [_of_term(line) for line in lineages.values()]


def _of_term(line: list[Told]) -> Told:
    last = max(enumerate(line), key=lambda placed: (placed[1].judged.counts, _is_seen(placed[1]), placed[0]))[1]
    achieved = any(each.judged.first_achieved and each.judged.is_counted for each in line)
    judged = replace(last.judged, previous=last.previous_term, first_achieved=achieved)
    return replace(last, judged=judged)


def _is_seen(told: Told) -> bool:
    return told.judged.step is not None
