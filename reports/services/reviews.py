"""What completing a review and opening or closing a cycle set in motion: letters and figures."""

from datetime import datetime

from django.db import transaction

from assessments import services as assessments
from assessments.models import Review, ReviewCycle
from reports.models import Job
from reports.services.letters import make_stale
from reports.services.queue import enqueue_job
from reports.services.refusals import ReviewNotCompleted
from schools.models import CycleDates, School, User


@transaction.atomic
def finish_review(*, review: Review, version: int, by: User, at: datetime | None = None) -> Job:
    """Complete a review and ask for its letters and figures, all or nothing. Returns the job of the letters."""
    completed = assessments.complete_review(review=review, version=version, by=by, at=at)
    ask_for_figures(cycle=completed.cycle, what=f"review:{completed.pk}:{completed.version}")
    return ask_for_letters(review=completed, by=by)


@transaction.atomic
def reopen_review(*, review: Review, because: str, by: User, at: datetime | None = None) -> None:
    """Open a completed review again: its letters are out of date, and the school's own figures wait for it.

    What is published stays as it is until the review is completed again or missed; that publication is then a revision.
    """
    assessments.reopen_review(review=review, because=because, by=by, at=at)
    make_stale(review=review, by=by)
    ask_for_figures(cycle=review.cycle, what=f"reopened:{review.pk}:{review.version}")


def ask_for_letters(*, review: Review, by: User) -> Job:
    """Ask for one letter for each permitted recipient who has none yet."""
    if review.status != Review.Status.COMPLETED:
        raise ReviewNotCompleted
    key = f"letters:{review.pk}:{review.version}"
    return enqueue_job(kind=Job.Kind.LETTERS, key=key, row_id=review.pk, by=by, where=review.school)


def ask_for_figures(*, cycle: ReviewCycle, what: str) -> Job:
    """Ask for a cycle's figures after a deed. The key names the deed: a job that runs already may have read too early."""
    key = f"summary:{cycle.pk}:{what}"
    return enqueue_job(kind=Job.Kind.SUMMARY, key=key, row_id=cycle.pk, by=None, where=cycle.school)


@transaction.atomic
def begin_cycle(*, school: School, dates: CycleDates, by: User, at: datetime | None = None) -> ReviewCycle:
    """Open a cycle, which closes the one before, and ask for the figures of both."""
    before = list(ReviewCycle.objects.unsettled())
    cycle = assessments.open_cycle(school=school, dates=dates, by=by, at=at)
    for changed in (*before, cycle):
        ask_for_figures(cycle=changed, what=f"opened:{cycle.pk}")
    return cycle


@transaction.atomic
def end_cycle(*, cycle: ReviewCycle, by: User, at: datetime | None = None) -> None:
    """Close a cycle and ask for its last figures, which are published."""
    assessments.close_cycle(cycle=cycle, by=by, at=at)
    ask_for_figures(cycle=cycle, what="closed")
