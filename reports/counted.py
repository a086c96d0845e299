"""A school's own figures as they were counted last: review by review, and slice by slice. They are shown to its own staff alone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

from django.db.models import Q

from assessments import progress
from assessments.models import ReviewCycle
from reports.models import ALL, CycleSummary, ReviewSummary
from reports.slices import TITLES, Slice, rank_of, words_of
from reports.summaries import EVERYBODY
from reports.suppression import RATE_NEEDS
from reports.wording import INCOMPLETE

Row = TypeVar("Row", CycleSummary, ReviewSummary)

NOBODY = "nobody judged"
NOT_COUNTED = "–"


def moved_words(figures: progress.Figures | CycleSummary) -> str:
    """ "13 of 21 (62%, incomplete)"; a per cent needs ten pupils."""
    moved, of = figures.pupils_moved_on, figures.pupils
    share = f"{round(100 * moved / of)}%" if of >= RATE_NEEDS else ""
    words = [each for each in (share, INCOMPLETE[progress.is_incomplete(not_seen=figures.not_seen, judged=figures.judged)]) if each]
    return f"{moved} of {of}" + (f" ({', '.join(words)})" if words else "")


@dataclass(frozen=True)
class Trend:
    """One cycle's headline, as it was counted after its last completed review."""

    cycle: ReviewCycle
    figures: CycleSummary

    @property
    def cells(self) -> list[str]:
        return _beside_its_rate(self.figures)


def _beside_its_rate(figures: CycleSummary) -> list[str]:
    """Pupils who moved on, targets not seen, targets too new."""
    return [moved_words(figures), str(figures.not_seen), str(figures.too_new)]


def trends_of(*, strand: str = ALL, where: Slice = EVERYBODY) -> list[Trend]:
    """The headline of each cycle that judged somebody of a strand and slice, the latest first; one query."""
    name, value = where
    own = {"publication": None, "cycle__isnull": False, "strand_key": strand, "slice": name, "value": value}
    rows = CycleSummary.objects.filter(**own).select_related("cycle").order_by("-cycle__due_on")
    return [Trend(row.cycle, row) for row in rows if row.cycle]


@dataclass(frozen=True)
class Line:
    """One value of a slice: its pupils who moved on, and how far their reviews are. A kind of target has no reviews."""

    where: Slice
    figures: CycleSummary | None
    work: ReviewSummary | None

    @property
    def name(self) -> str:
        return words_of(self.where)

    @property
    def cells(self) -> list[str]:
        """Pupils who moved on, targets not seen and too new; reviews completed, pupil views, families met."""
        figures, work = self.figures, self.work
        moved, *beside = _beside_its_rate(figures) if figures else (NOBODY, "0", "0")
        told = [moved if figures and figures.pupils else NOBODY, *beside]
        if work is None:
            return [*told, *[NOT_COUNTED] * 3]
        return [*told, f"{work.completed} of {work.due}", str(work.pupil_views), str(work.parents_met)]


@dataclass(frozen=True)
class Group:
    """One slice with its lines."""

    title: str
    lines: list[Line]


@dataclass(frozen=True)
class Sliced:
    """One cycle and its term, slice by slice. A slice that tells nobody apart is left out."""

    review: list[Group]
    term: list[Group]


def sliced(cycle: ReviewCycle, *, with_term: bool = False) -> Sliced:
    """Read a cycle, and its term where it is asked for, as they were counted, over all strands; two queries."""
    period = Q(cycle=cycle)
    if with_term:
        period |= Q(cycle=None, academic_year=cycle.academic_year, term=cycle.term)
    figures = list(CycleSummary.objects.filter(period, publication=None, strand_key=ALL).exclude(slice=ALL))
    work = list(ReviewSummary.objects.filter(period, publication=None).exclude(slice=ALL))
    return Sliced(*(list(_groups(_by_place(figures, of), _by_place(work, of))) for of in (cycle.pk, None)))


def _by_place(rows: Iterable[Row], of: int | None) -> dict[Slice, Row]:
    return {(row.slice, row.value): row for row in rows if row.cycle_id == of}


def _groups(figures: dict[Slice, CycleSummary], work: dict[Slice, ReviewSummary]) -> Iterator[Group]:
    places = sorted(figures.keys() | work.keys(), key=rank_of)
    for name, values in groupby(places, key=lambda where: where[0]):
        lines = [Line(where, figures.get(where), work.get(where)) for where in values]
        if len(lines) > 1:
            yield Group(TITLES[name], lines)
