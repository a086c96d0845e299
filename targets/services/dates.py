"""When a target will be judged: the planned cycles of the school's settings."""

from datetime import date, timedelta

from schools.models import CycleDates, School
from targets.services.refusals import NoPlannedCycle

SLOTS = (1, 2, 3, 4, 5)
WAIT_DAYS, WAIT_DAYS_OF_SIX_CYCLES = 28, 14


def wait_days(school: School) -> int:
    """How old a target must be on a due date before it counts there."""
    return WAIT_DAYS_OF_SIX_CYCLES if school.cycles_a_year == 6 else WAIT_DAYS


def first_review_date(school: School, set_on: date) -> date:
    """The due date of the first planned cycle in which a target set on a day will count. Raises NoPlannedCycle."""
    return _first_due(set_on + timedelta(days=wait_days(school)))


def next_review_date(due_on: date) -> date:
    """The due date of the planned cycle after the one that is due on a day. Raises NoPlannedCycle."""
    return _first_due(due_on + timedelta(days=1))


def _first_due(earliest: date) -> date:
    due_on = CycleDates.objects.filter(due_on__gte=earliest).order_by("due_on").values_list("due_on", flat=True).first()
    if due_on is None:
        raise NoPlannedCycle
    return due_on
