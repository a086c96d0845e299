"""Review cycles of all schools of a partnership: where each stands, and opening those whose time has come.

The partnership stays blind to pupils. To look, only the dates and cycles of its schools are read, of all in one go; to open,
each school is entered alone, and `begin_cycle` does in the background what the school's own SENCO would do.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from django.db import transaction
from django.utils import timezone

from assessments.models import ReviewCycle
from assessments.services.planning import LATE_OPENING, Planned, plan, planned_cycles
from assessments.services.refusals import ReviewRefused
from reports import queries
from reports.models import Job
from reports.queries import Period
from reports.services.queue import Lease, enqueue_job
from reports.services.refusals import NothingToOpen
from reports.services.reviews import begin_cycle
from schools import audit
from schools.models import CycleDates, Partnership, School, User
from schools.tenancy import across_schools, in_school
from targets.services.dates import wait_days

logger = logging.getLogger(__name__)
PLACES = 10  # a period as one number: 20260 is the first term of 2026


@dataclass(frozen=True)
class SchoolCycle:
    """One cycle of one school: its dates, the rule that decides what is due, and where it stands."""

    school: School
    period: Period
    name: str
    opens_on: date
    due_on: date
    counts_after_days: int
    state: str
    closes: str = ""  # the cycle still open, which opening this one closes

    @property
    def may_be_opened(self) -> bool:
        return self.state == READY

    @property
    def is_open(self) -> bool:
        return self.state == OPEN


READY, OPEN, CLOSED, AHEAD = "ready", "open", "closed", "ahead"


def cycles_of(schools: Sequence[School], today: date) -> Iterator[SchoolCycle]:
    """The schools' cycles, opened and planned, in two queries for all of them; no row of a pupil is read."""
    ids = [school.pk for school in schools]
    opened: dict[int, list[ReviewCycle]] = defaultdict(list)
    dates: dict[int, list[CycleDates]] = defaultdict(list)
    with across_schools(ids):
        for cycle in ReviewCycle.objects.filter(school__in=ids).order_by("due_on"):
            opened[cycle.school_id].append(cycle)
        for each in CycleDates.objects.filter(school__in=ids, due_on__gt=today - LATE_OPENING):
            dates[each.school_id].append(each)
    for school in schools:
        of_school = opened[school.pk]
        still_open = next((cycle.name for cycle in of_school if cycle.is_open), "")
        yield from _opened(school, of_school)
        yield from _planned(school, plan(dates[school.pk], of_school, today), still_open)


def _opened(school: School, cycles: Iterable[ReviewCycle]) -> Iterator[SchoolCycle]:
    for each in cycles:
        period = Period.of(each.academic_year, each.term)
        state = OPEN if each.is_open else CLOSED
        yield SchoolCycle(school, period, each.name, each.opens_on, each.due_on, each.counts_after_days, state)


def _planned(school: School, planned: Iterable[Planned], still_open: str) -> Iterator[SchoolCycle]:
    wait = wait_days(school)
    for each in planned:
        dates, state = each.dates, READY if each.may_be_opened else AHEAD
        period = Period.of(dates.academic_year, dates.term)
        yield SchoolCycle(school, period, str(dates), dates.opens_on, dates.due_on, wait, state, still_open)


def terms_of(partnership: Partnership, today: date) -> dict[Period, list[SchoolCycle]]:
    """The terms in which a cycle is open, can be opened or lies ahead, soonest first; in each the schools by name."""
    found: dict[Period, list[SchoolCycle]] = {}
    for cycle in cycles_of(queries.schools_feeding(partnership, today), today):
        found.setdefault(cycle.period, []).append(cycle)
    return {period: rows for period, rows in sorted(found.items()) if any(row.state != CLOSED for row in rows)}


@transaction.atomic
def ask_to_open(*, partnership: Partnership, period: Period, by: User) -> Job:
    """Ask for a term's cycle to be opened in each school whose time has come. Asked twice it is one job."""
    if not any(cycle.may_be_opened for cycle in terms_of(partnership, timezone.localdate()).get(period, [])):
        raise NothingToOpen
    audit.record(by=by, action="cycles.asked-to-open", row=partnership)
    key = f"open-cycles:{partnership.pk}:{period.slug}"
    return enqueue_job(kind=Job.Kind.OPEN_CYCLES, key=key, row_id=number_of(period), by=by, where=partnership)


def number_of(period: Period) -> int:
    """A term as the one number that a job's row holds."""
    return period.academic_year * PLACES + period.place


def open_cycles(job: Job, lease: Lease) -> None:
    """Open a term's cycle in school after school. One refusal does not stop the rest; done twice it opens nothing twice."""
    partnership, by = cast(Partnership, job.partnership), cast(User, job.asked_by)
    today, period = timezone.localdate(), Period(*divmod(job.row_id, PLACES))
    schools = queries.schools_feeding(partnership, today)
    for done, school in enumerate(schools):
        lease.renew(done, len(schools))
        _open_in(school, period, by, today)
    lease.renew(len(schools), len(schools))


def _open_in(school: School, period: Period, by: User, today: date) -> None:
    with in_school(school):
        planned = planned_cycles(list(ReviewCycle.objects.all()), today)
        ready = [each.dates for each in planned if each.may_be_opened and Period.of(each.dates.academic_year, each.dates.term) == period]
        for dates in ready:
            try:
                begin_cycle(school=school, dates=dates, by=by)
            except ReviewRefused as refused:  # somebody of the school was first
                logger.info("school %s: %s", school.pk, type(refused).__name__)
