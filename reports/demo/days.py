"""The school year around a day: which review cycle lies behind, which one is under way, and what time it was."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from schools.cycles import academic_year_of
from schools.models import CycleDates, School
from schools.services.settings import plan_cycles

FRIDAY = 4
BEGAN_AGO = timedelta(days=7)
OVER = 3  # cycles behind the one under way


def year_start(year: int) -> date:
    return date(year, 9, 1)


def weekday_from(day: date) -> date:
    """The day itself, or the Monday after its weekend."""
    return day if day.weekday() <= FRIDAY else day + timedelta(days=7 - day.weekday())


def weekday_before(day: date) -> date:
    """The day itself, or the Friday before its weekend."""
    return day - timedelta(days=max(0, day.weekday() - FRIDAY))


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def plan_around(school: School, today: date) -> tuple[list[CycleDates], CycleDates]:
    """Plan the academic year, the one before and the next; return the three cycles that are over, and the one under way.

    The window of the last has begun, so that there is always something to review.
    """
    year = academic_year_of(today)
    for each in (year - 1, year, year + 1):
        plan_cycles(school=school, academic_year=each)
    over, now = over_and_now(list(CycleDates.objects.order_by("due_on")), today)
    now.opens_on = max(over[-1].due_on + timedelta(days=1), year_start(now.academic_year), min(now.opens_on, today - BEGAN_AGO))
    now.save(update_fields=["opens_on"])
    return over, now


def over_and_now(planned: Sequence[CycleDates], today: date) -> tuple[list[CycleDates], CycleDates]:
    """The cycle due next and the three before it; in the summer holidays the last one of the year is still open."""
    coming = next(place for place, dates in enumerate(planned) if dates.due_on >= today)
    now = coming - (planned[coming].academic_year > academic_year_of(today))
    return list(planned[max(0, now - OVER) : now]), planned[now]
