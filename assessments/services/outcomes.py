"""Hard outcomes: which measures a school uses, and what they said of a pupil in a cycle. No figure of steps reads them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from assessments.models import OutcomeMeasure, OutcomeValue, ReviewCycle
from assessments.outcomes.files import Measure
from assessments.outcomes.values import words_for
from assessments.services.refusals import MeasureRefused, OutcomesChangedMeanwhile
from pupils.models import Pupil
from schools import audit
from schools.merge import merge
from schools.models import School, User

MOST_MEASURES = 6  # the sheet of a meeting is one page
LAST_CYCLES = 3
Cell = tuple[int, int]  # pupil and measure, by id


@transaction.atomic
def add_measure(*, school: School, kind: str, name: str, by: User) -> OutcomeMeasure:
    """Ask for one more outcome from now on; one that was stopped comes back. Raises MeasureRefused."""
    list(School.objects.select_for_update().filter(pk=school.pk))  # one at a time, so that nobody adds a seventh
    same = OutcomeMeasure.objects.filter(name__iexact=name).first()
    if same and (same.is_used or same.kind != kind):
        raise MeasureRefused("There is a measure of this name already.")
    if OutcomeMeasure.objects.in_use().count() >= MOST_MEASURES:
        raise MeasureRefused(f"A school looks at {MOST_MEASURES} outcomes at most. Stop using one first.")
    measure = same or _new(kind, name)
    OutcomeMeasure.objects.filter(pk=measure.pk).update(is_used=True)
    audit.record(by=by, action="outcome.measure-added", row=measure)
    return measure


def _new(kind: str, name: str) -> OutcomeMeasure:
    try:
        with transaction.atomic():
            return OutcomeMeasure.objects.create(kind=kind, name=name)
    except IntegrityError:
        raise MeasureRefused("There is a measure of attendance already; a school has one.") from None


@transaction.atomic
def stop_measure(*, measure: OutcomeMeasure, by: User) -> None:
    """Ask for it no longer; what was recorded stays and is shown. Stopping it twice is the same."""
    if OutcomeMeasure.objects.in_use().filter(pk=measure.pk).update(is_used=False):
        audit.record(by=by, action="outcome.measure-stopped", row=measure)


def measures_in_use() -> list[Measure]:
    return [Measure(each.pk, each.kind, each.name) for each in OutcomeMeasure.objects.in_use()]


def values_in(cycle: ReviewCycle, pupils: Iterable[int]) -> dict[Cell, str]:
    """What is recorded of these pupils in a cycle."""
    rows = OutcomeValue.objects.filter(cycle=cycle, pupil__in=pupils)
    return {(pupil, measure): value for pupil, measure, value in rows.values_list("pupil", "measure", "value")}


@transaction.atomic
def save_outcomes(*, cycle: ReviewCycle, base: Mapping[Cell, str], mine: Mapping[Cell, str], by: User) -> int:
    """Write values over what `base` showed, all or none; an empty one takes a value away. Returns how many changed.

    Raises OutcomesChangedMeanwhile where somebody else changed one of them to something else.
    """
    list(ReviewCycle.objects.select_for_update().filter(pk=cycle.pk))
    theirs = values_in(cycle, {pupil for pupil, _ in mine})
    names = {f"{pupil}-{measure}": (pupil, measure) for pupil, measure in mine}
    merged = merge(
        base={name: base.get(cell, "") for name, cell in names.items()},
        theirs={name: theirs.get(cell, "") for name, cell in names.items()},
        mine={name: mine[cell] for name, cell in names.items()},
    )
    if merged.clashes:
        raise OutcomesChangedMeanwhile({names[clash.name]: str(clash.theirs) for clash in merged.clashes})
    wanted = {names[name]: str(value) for name, value in merged.values.items()}
    changed = {cell: value for cell, value in wanted.items() if value != theirs.get(cell, "")}
    _write(cycle, changed, by)
    return len(changed)


def _write(cycle: ReviewCycle, changed: Mapping[Cell, str], by: User) -> None:
    rows = {
        (row.pupil_id, row.measure_id): row for row in OutcomeValue.objects.filter(cycle=cycle, pupil__in={cell[0] for cell in changed})
    }
    gone = [rows[cell].pk for cell, value in changed.items() if not value]
    new = [
        OutcomeValue(cycle=cycle, pupil_id=cell[0], measure_id=cell[1], value=value)
        for cell, value in changed.items()
        if value and cell not in rows
    ]
    kept = [cell for cell, value in changed.items() if value and cell in rows]
    for cell in kept:
        rows[cell].value = changed[cell]
    OutcomeValue.objects.filter(pk__in=gone).delete()
    OutcomeValue.objects.bulk_create(new)
    OutcomeValue.objects.bulk_update([rows[cell] for cell in kept], ["value"])
    pupils = Pupil.objects.in_bulk({pupil for pupil, _ in changed})
    audit.record_each(by=by, action="outcome.saved", rows=pupils.values())


@dataclass(frozen=True)
class OutcomeLine:
    """One measure of a pupil in the last cycles, oldest first, in words."""

    name: str
    kind: str
    values: tuple[str, ...]

    @property
    def last(self) -> str:
        return next((value for value in reversed(self.values) if value), "")


@dataclass(frozen=True)
class Outcomes:
    """What stands beside a pupil's steps: the cycles as headings, and a line for each measure that said something."""

    cycles: tuple[str, ...] = ()
    lines: tuple[OutcomeLine, ...] = ()


def outcomes_of(pupil: Pupil, until: ReviewCycle | None = None) -> Outcomes:
    """The last cycles in which something was recorded of this pupil, up to one of them; one query."""
    found = OutcomeValue.objects.filter(pupil=pupil).select_related("measure", "cycle").order_by("cycle__due_on", "measure")
    rows = [row for row in found if until is None or row.cycle.due_on <= until.due_on]
    cycles = list({row.cycle_id: row.cycle for row in rows}.values())[-LAST_CYCLES:]
    measures = sorted({row.measure for row in rows if row.cycle in cycles}, key=lambda measure: measure.pk)
    said = {(row.measure_id, row.cycle_id): words_for(row.measure.kind, row.value) for row in rows}
    lines = (
        OutcomeLine(measure.name, measure.kind, tuple(said.get((measure.pk, cycle.pk), "") for cycle in cycles)) for measure in measures
    )
    return Outcomes(tuple(cycle.name for cycle in cycles), tuple(lines))
