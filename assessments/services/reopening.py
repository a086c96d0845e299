"""Opening a completed review again, for a reason. What completing created stays; see carrying_again for what follows."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from assessments.models import Review
from assessments.services.refusals import LaterReviewBegan, NothingToReopen, ReopeningNeedsAReason
from assessments.services.statuses import refuse_left
from schools import audit
from schools.models import User


@transaction.atomic
def reopen_review(*, review: Review, because: str, by: User, at: datetime | None = None) -> None:
    """Open a completed review again; of two people one gets through. Refused once a later review of the pupil has begun.

    A pupil has one open review, and a later one rests on what this one said.
    """
    at = at or timezone.now()
    if not because.strip():
        raise ReopeningNeedsAReason
    refuse_left(review.pupil, timezone.localdate(at))
    if _has_later(review):
        raise LaterReviewBegan
    opened = {"status": Review.Status.READY, "reopened_by": by, "reopened_at": at, "reopened_because": because.strip()}
    completed = Review.objects.filter(pk=review.pk, status=Review.Status.COMPLETED)
    if not completed.update(**opened, version=F("version") + 1):
        raise NothingToReopen
    audit.record(by=by, action="review.reopened", row=review)


def may_be_reopened(review: Review) -> bool:
    """Whether the page offers it."""
    return review.status == Review.Status.COMPLETED and not _has_later(review)


def _has_later(review: Review) -> bool:
    later = Review.objects.filter(pupil=review.pupil_id, cycle__due_on__gt=review.cycle.due_on)
    return later.exclude(status=Review.Status.MISSED).exists()
