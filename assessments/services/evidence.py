"""What a review rests on stays: a one-to-one can be taken back only until a review of its pupil was completed after it."""

from datetime import datetime

from django.db import transaction

from assessments.models import Review
from schools.models import User
from targets.models import OneToOne
from targets.services import voiding
from targets.services.refusals import ReviewRestsOnIt


@transaction.atomic
def undo_one_to_one(*, one_to_one: OneToOne, by: User, at: datetime | None = None) -> None:
    """Take back what was saved last. Raises OneToOneRefused."""
    _refuse_evidence(one_to_one)
    voiding.undo_one_to_one(one_to_one=one_to_one, by=by, at=at)


@transaction.atomic
def void_one_to_one(*, one_to_one: OneToOne, because: str, by: User, at: datetime | None = None) -> None:
    """Mark a one-to-one as entered in error. Raises OneToOneRefused."""
    _refuse_evidence(one_to_one)
    voiding.void_one_to_one(one_to_one=one_to_one, because=because, by=by, at=at)


def _refuse_evidence(one_to_one: OneToOne) -> None:
    """A review once completed rests on everything recorded before, also where it was opened again: its letter may have gone.

    The rows are locked, so that a review that is being completed at this moment is waited for.
    """
    reviews = Review.objects.select_for_update().filter(pupil=one_to_one.pupil_id)
    if any(review.completed_at and review.completed_at >= one_to_one.recorded_at for review in reviews):
        raise ReviewRestsOnIt
