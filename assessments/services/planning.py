"""The school's cycles as a list: those to come, the open one, those past."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from assessments.models import ReviewCycle
from schools.models import CycleDates

LATE_OPENING = timedelta(weeks=4)  # how long after its due date a cycle that nobody opened is still offered


@dataclass(frozen=True)
class Planned:
    """A cycle of the settings that was not opened yet."""

    dates: CycleDates
    may_be_opened: bool

    @property
    def slug(self) -> str:
        """As in the address of the cycle that it becomes."""
        return f"{self.dates.academic_year}-{self.dates.number}"


def planned_cycles(opened: list[ReviewCycle], today: date) -> list[Planned]:
    """What the school in scope has planned and may still open."""
    return plan(CycleDates.objects.filter(due_on__gt=today - LATE_OPENING), opened, today)


def plan(dates: Iterable[CycleDates], opened: Iterable[ReviewCycle], today: date) -> list[Planned]:
    """One school's dates that lie ahead of every opened cycle, soonest first; of those that have begun the latest may be opened."""
    last_due = max((cycle.due_on for cycle in opened), default=date.min)
    earliest = max(last_due, today - LATE_OPENING)
    ahead = sorted((each for each in dates if each.due_on > earliest), key=lambda each: each.due_on)
    begun = [dates for dates in ahead if dates.opens_on <= today]
    return [Planned(dates, may_be_opened=dates in begun[-1:]) for dates in ahead]
