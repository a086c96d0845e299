"""The school year around a day: three review cycles a year, one a term."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from schools.models import Term

WINDOW = timedelta(weeks=4)
FRIDAY = 4
DUE = ((Term.AUTUMN, 0, (12, 4)), (Term.SPRING, 1, (3, 19)), (Term.SUMMER, 1, (6, 25)))  # term, year after the start, the Friday from


def academic_year(day: date) -> int:
    """The year in which the day's academic year starts, on 1 September."""
    return day.year if day.month >= 9 else day.year - 1


def year_start(year: int) -> date:
    return date(year, 9, 1)


def weekday_from(day: date) -> date:
    """The day itself, or the Monday after its weekend."""
    return day if day.weekday() <= FRIDAY else day + timedelta(days=7 - day.weekday())


def friday_from(day: date) -> date:
    return day + timedelta(days=(FRIDAY - day.weekday()) % 7)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


@dataclass(frozen=True, slots=True)
class Planned:
    """One review cycle as the demo schools plan it."""

    academic_year: int
    number: int
    term: Term
    opens_on: date
    due_on: date

    @property
    def name(self) -> str:
        return f"{self.term.label} {self.academic_year}/{(self.academic_year + 1) % 100:02d}"


def planned_in(year: int) -> Iterator[Planned]:
    for number, (term, later, (month, day)) in enumerate(DUE, start=1):
        due_on = friday_from(date(year + later, month, day))
        yield Planned(year, number, term, due_on - WINDOW, due_on)


def planned_around(today: date) -> list[Planned]:
    """The cycles of the academic year, of the one before and of the next, oldest first."""
    year = academic_year(today)
    return [cycle for each in (year - 1, year, year + 1) for cycle in planned_in(each)]


def plan_around(today: date) -> list[Planned]:
    """As planned, but the window of the next cycle has begun at least a week ago, so that the demo always has something to review."""
    last, coming = last_and_next(today)
    opens_on = max(last.due_on + timedelta(days=1), min(coming.opens_on, today - timedelta(days=7)))
    return [replace(cycle, opens_on=opens_on) if cycle == coming else cycle for cycle in planned_around(today)]


def last_and_next(today: date) -> tuple[Planned, Planned]:
    """The last cycle that was due before a day, and the one after it."""
    cycles = [cycle for each in (-2, -1, 0, 1) for cycle in planned_in(academic_year(today) + each)]
    coming = next(place for place, cycle in enumerate(cycles) if cycle.due_on >= today)
    return cycles[coming - 1], cycles[coming]
