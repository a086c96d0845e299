"""What a file of outcomes would change in a cycle. Read for the preview; the preview's own values are what is put in."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessments.models import ReviewCycle
from assessments.outcomes.files import Measure, OutcomeFile, OutcomeRow
from assessments.outcomes.values import words_for
from assessments.services.outcomes import Cell, values_in
from pupils.importing.records import CellError
from pupils.models import Pupil
from pupils.services.roll_match import Roll

TWICE = "This pupil stands in the file more than once. Keep one of the rows."


@dataclass(frozen=True)
class OutcomeChange:
    """One value that would change, in words."""

    row: int
    pupil: Pupil
    measure: str
    old: str
    new: str


@dataclass(frozen=True)
class OutcomePlan:
    """A file beside what is recorded. `strangers` counts rows of children who are not in the programme here."""

    changes: tuple[OutcomeChange, ...]
    problems: tuple[tuple[int, CellError], ...]
    strangers: int
    unchanged: int
    base: Mapping[Cell, str]
    mine: Mapping[Cell, str]


def plan_outcomes(file: OutcomeFile, cycle: ReviewCycle, measures: Sequence[Measure]) -> OutcomePlan:
    """Find each row's pupil, never guessing, and compare its values with those of the cycle; three queries."""
    roll = Roll(Pupil.objects.all())
    found, problems, strangers = [], [(row.who.number, error) for row in file.rows for error in row.who.errors], 0
    for row in (row for row in file.rows if not row.who.errors):
        pupil, error, _ = roll.find(row.who)
        if error:
            problems.append((row.who.number, error))
        elif pupil:
            found.append((row, pupil))
        else:
            strangers += 1
    once, twice = _apart(found)
    problems += [(row.who.number, CellError("Pupil", TWICE)) for row, _ in twice]
    return _compare(once, sorted(problems, key=lambda problem: problem[0]), strangers, cycle, measures)


def _apart(found: list[tuple[OutcomeRow, Pupil]]) -> tuple[list[tuple[OutcomeRow, Pupil]], list[tuple[OutcomeRow, Pupil]]]:
    """Two rows may name one pupil in two ways: by the former UPN and by the present one, say."""
    times = Counter(pupil.pk for _, pupil in found)
    return [each for each in found if times[each[1].pk] == 1], [each for each in found if times[each[1].pk] > 1]


def _compare(
    found: list[tuple[OutcomeRow, Pupil]],
    problems: list[tuple[int, CellError]],
    strangers: int,
    cycle: ReviewCycle,
    measures: Sequence[Measure],
) -> OutcomePlan:
    now = values_in(cycle, [pupil.pk for _, pupil in found])
    changes, base, mine, unchanged = [], {}, {}, 0
    for row, pupil in found:
        for measure in (measure for measure in measures if measure.id in row.values):
            old, new, cell = now.get((pupil.pk, measure.id), ""), row.values[measure.id], (pupil.pk, measure.id)
            if old == new:
                unchanged += 1
                continue
            words = words_for(measure.kind, old), words_for(measure.kind, new)
            changes.append(OutcomeChange(row.who.number, pupil, measure.name, *words))
            base[cell], mine[cell] = old, new
    return OutcomePlan(tuple(changes), tuple(problems), strangers, unchanged, base, mine)
