"""The weekly pattern of a pupil's one-to-ones."""

from collections.abc import Mapping
from datetime import time

from django.db import transaction

from pupils.models import Pupil
from pupils.services.pupils import refuse_if_left
from schools import audit
from schools.merge import merge
from schools.models import User
from targets.models import PlannedDay

Slot = tuple[bool, time | None]  # whether the weekday is planned, and the time of day where one is set
Week = Mapping[int, Slot]
NOT_PLANNED: Slot = (False, None)


def week_of(pupil: Pupil) -> dict[int, Slot]:
    """What is planned for each of the five weekdays."""
    planned = {row.weekday: row.at for row in PlannedDay.objects.filter(pupil=pupil)}
    return {day: (True, planned[day]) if day in planned else NOT_PLANNED for day in PlannedDay.Weekday.values}


@transaction.atomic
def plan_week(*, pupil: Pupil, base: Week, values: Week, by: User) -> list[int]:
    """Plan a pupil's week. What others planned since `base` stays on the days that this person left alone.

    Returns the weekdays that both changed: the later word holds there, and the page says so.
    """
    refuse_if_left(pupil)
    Pupil.objects.select_for_update().get(pk=pupil.pk)  # so that of two who plan one waits and then sees the other's
    theirs = week_of(pupil)
    merged = merge(base=base, theirs=theirs, mine=values)
    clashes = [clash.name for clash in merged.clashes]
    week = merged.values | {day: values[day] for day in clashes}
    changed = [day for day, slot in week.items() if slot != theirs[day]]
    for day in changed:
        _plan_day(pupil, day, week[day])
    if changed:
        audit.record(by=by, action="one-to-one.planned", row=pupil)
    return clashes


def _plan_day(pupil: Pupil, day: int, slot: Slot) -> None:
    is_planned, at = slot
    if is_planned:
        PlannedDay.objects.update_or_create(pupil=pupil, weekday=day, defaults={"at": at})
    else:
        PlannedDay.objects.filter(pupil=pupil, weekday=day).delete()
