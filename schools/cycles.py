"""Academic years and the dates that review cycles are planned for. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from schools.models import Term

FRIDAY = 4
SEPTEMBER = 9


def academic_year_of(day: date) -> int:
    """Return the year in which the academic year of a day began, on 1 September."""
    return day.year if day.month >= SEPTEMBER else day.year - 1


def bounds_of(academic_year: int) -> tuple[date, date]:
    """Return the first and the last day of an academic year."""
    return date(academic_year, SEPTEMBER, 1), date(academic_year + 1, 8, 31)


def name_of(academic_year: int) -> str:
    """Return the year as schools write it: 2026/27."""
    return f"{academic_year}/{(academic_year + 1) % 100:02d}"


@dataclass(frozen=True)
class Plan:
    """One cycle as it is planned until the school says otherwise."""

    number: int
    term: Term
    opens_on: date
    due_on: date


# Term, years after the start of the academic year, month, and the day from which the first Friday is due: clear of holidays.
DUE = {
    3: ((Term.AUTUMN, 0, 12, 4), (Term.SPRING, 1, 3, 12), (Term.SUMMER, 1, 6, 25)),
    6: (
        (Term.AUTUMN, 0, 10, 9),
        (Term.AUTUMN, 0, 12, 4),
        (Term.SPRING, 1, 1, 29),
        (Term.SPRING, 1, 3, 12),
        (Term.SUMMER, 1, 5, 14),
        (Term.SUMMER, 1, 6, 25),
    ),
}
WINDOW = {3: timedelta(days=25), 6: timedelta(days=18)}  # from a Monday to the Friday on which the reviews are due


def planned(academic_year: int, cycles_a_year: int) -> Iterator[Plan]:
    """Yield the cycles of a year with sensible dates, for three or six a year."""
    for number, (term, later, month, day) in enumerate(DUE[cycles_a_year], start=1):
        earliest = date(academic_year + later, month, day)
        due_on = earliest + timedelta(days=(FRIDAY - earliest.weekday()) % 7)
        yield Plan(number, term, due_on - WINDOW[cycles_a_year], due_on)
