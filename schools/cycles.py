"""Academic years and the dates that review cycles are planned for. Pure."""

from collections.abc import Iterable, Iterator
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


@dataclass(frozen=True)
class Window:
    """A cycle's dates under a key, in the order of the year."""

    key: str
    name: str
    academic_year: int
    opens_on: date
    due_on: date


def in_words(day: date) -> str:
    return f"{day:%-d %B %Y}"


def faults_of(windows: Iterable[Window]) -> dict[str, str]:
    """Say what is wrong with the dates of cycles that follow each other, by <key>-opens_on and <key>-due_on."""
    found: dict[str, str] = {}
    before: Window | None = None
    for window in windows:
        opens, due = f"{window.key}-opens_on", f"{window.key}-due_on"
        first, last = bounds_of(window.academic_year)
        outside = f"The academic year runs from {in_words(first)} to {in_words(last)}."
        found |= {name: outside for name, day in ((opens, window.opens_on), (due, window.due_on)) if not first <= day <= last}
        if window.due_on <= window.opens_on:
            found.setdefault(due, "The reviews are due after the cycle opens.")
        if before and window.opens_on <= before.due_on:
            found.setdefault(opens, f"{before.name} is due on {in_words(before.due_on)}. The next cycle opens after that.")
        before = window
    return found
