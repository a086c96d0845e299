"""Opening and closing a school's review cycles."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from assessments.models import Judgement, Review, ReviewCycle
from assessments.services.facts import facts_of
from assessments.services.refusals import CycleAlreadyClosed, CycleAlreadyOpened, CycleNotYetDue, LaterCycleWasOpened
from pupils.models import Pupil
from schools import audit
from schools.models import CycleDates, School, User
from targets.models import Target, WhyEnded
from targets.services.dates import wait_days


@transaction.atomic
def open_cycle(*, school: School, dates: CycleDates, by: User | None, at: datetime | None = None) -> ReviewCycle:
    """Open a planned cycle: a review for each pupil on roll on the due date who has a due target, or one whose closing waits for it.

    A cycle that is still open is closed first, and what is unfinished in it counts as missed.
    """
    at = at or timezone.now()
    _check(dates, timezone.localdate(at))
    for earlier in ReviewCycle.objects.open():
        close_cycle(cycle=earlier, by=by, at=at)
    Review.objects.opened_again().update(status=Review.Status.MISSED)  # in cycles that had been closed
    cycle = _create_cycle(school, dates, at)
    _start_reviews(cycle, timezone.localdate(at))
    audit.record(by=by, action="cycle.opened", row=cycle)
    return cycle


def _check(dates: CycleDates, today: date) -> None:
    if dates.opens_on > today:
        raise CycleNotYetDue
    if ReviewCycle.objects.filter(due_on__gt=dates.due_on).exists():
        raise LaterCycleWasOpened


def _create_cycle(school: School, dates: CycleDates, at: datetime) -> ReviewCycle:
    try:
        with transaction.atomic():
            return ReviewCycle.objects.create(
                academic_year=dates.academic_year,
                term=dates.term,
                number=dates.number,
                name=str(dates),
                opens_on=dates.opens_on,
                due_on=dates.due_on,
                opened_at=at,
                counts_after_days=wait_days(school),
            )
    except IntegrityError as error:
        raise CycleAlreadyOpened from error


def _start_reviews(cycle: ReviewCycle, today: date) -> None:
    due = Target.objects.due_by(cycle.due_on, cycle.counts_after_days).values("pupil")
    closed = _closings_to_take_over(cycle).values("pupil")
    pupils = list(Pupil.objects.on_roll(cycle.due_on).filter(Q(pk__in=due) | Q(pk__in=closed)).order_by("pk"))
    facts = facts_of(pupils, today)
    Review.objects.bulk_create([Review(pupil=pupil, cycle=cycle, **facts[pupil.pk]) for pupil in pupils])


def _closings_to_take_over(cycle: ReviewCycle) -> QuerySet[Target]:
    """Targets that were closed outside a review and would be due: without one, closing the last target early would lift a figure."""
    settled = Judgement.objects.filter(start__isnull=False, next=Judgement.Next.CLOSE).values("target")
    closed = Target.objects.closed_outside_by(cycle.due_on, cycle.counts_after_days)
    return closed.exclude(closing_reason=WhyEnded.MISTAKE).exclude(pk__in=settled)


@transaction.atomic
def close_cycle(*, cycle: ReviewCycle, by: User | None, at: datetime | None = None) -> None:
    """Close a cycle. Reviews that are not completed are missed: their drafts stay readable, and they are counted.

    One that nobody began, of a pupil who left before the due date, was never due, and goes.
    """
    closed = ReviewCycle.objects.open().filter(pk=cycle.pk).update(closed_at=at or timezone.now())
    if not closed:
        raise CycleAlreadyClosed
    Review.objects.filter(cycle=cycle, status=Review.Status.NOT_STARTED, pupil__left_on__lt=cycle.due_on).delete()
    Review.objects.unfinished().filter(cycle=cycle).update(status=Review.Status.MISSED)
    audit.record(by=by, action="cycle.closed", row=cycle)
