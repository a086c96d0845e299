"""Where a review stands: what its draft says, unless somebody let it wait or put it on hold.

`status_after_saving` is the one rule for whoever saves a draft. A pause stays until somebody lifts it, and lifting it
rescues nothing: a review that is open when its cycle closes is missed, paused or not.
"""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from assessments import drafts
from assessments.models import Review
from assessments.services.lines import Line, lines_of
from assessments.services.refusals import NothingToLift, PauseNeedsAReason, PupilLeftMeanwhile, ReviewAlreadyCompleted, ReviewWasMissed
from pupils.models import Pupil
from schools import audit
from schools.models import User

Status = Review.Status


def status_after_saving(review: Review, lines: Iterable[Line]) -> Review.Status:
    """The status of a review whose draft was just saved. Waiting and on hold stay as they are."""
    return Status(review.status) if review.is_paused else _of_draft(lines)


def _of_draft(lines: Iterable[Line]) -> Review.Status:
    return Status.IN_PROGRESS if any(line.left_to_do for line in lines) else Status.READY


def status_once_lifted(review: Review, lines: list[Line]) -> Review.Status:
    """The status that a review would have without its pause: as far as its draft is."""
    is_begun = any(line.judgement.pk for line in lines) or any(getattr(review, name) for name in drafts.VIEWS)
    return _of_draft(lines) if is_begun else Status.NOT_STARTED


@transaction.atomic
def pause_review(*, review: Review, status: str, because: str, words: str = "", by: User) -> None:
    """Let an open review wait, or put it on hold, for a reason from the list; *another reason* needs words."""
    if not because or (because == Review.WhyPaused.OTHER and not words):
        raise PauseNeedsAReason
    refuse_left(review.pupil, timezone.localdate())
    reason = {"status": Status(status), "paused_because": because, "status_reason": words}
    if not Review.objects.unfinished().filter(pk=review.pk).update(**reason, version=F("version") + 1):
        refuse_finished(Review.objects.get(pk=review.pk))
    audit.record(by=by, action=f"review.{status}", row=review)


@transaction.atomic
def resume_review(*, review: Review, by: User) -> None:
    """Lift a pause: the review stands where its draft is. A cycle that closed meanwhile has made it missed, and it stays so."""
    current = Review.objects.select_for_update(of=("self",)).select_related("cycle").get(pk=review.pk)
    refuse_finished(current)
    if not current.is_paused:
        raise NothingToLift
    status = status_once_lifted(current, lines_of(current))
    Review.objects.filter(pk=review.pk).update(status=status, paused_because="", status_reason="", version=F("version") + 1)
    audit.record(by=by, action="review.resumed", row=review)


def refuse_finished(review: Review) -> None:
    if review.status == Status.COMPLETED:
        raise ReviewAlreadyCompleted
    if review.status == Status.MISSED:
        raise ReviewWasMissed


def refuse_left(pupil: Pupil, today: date) -> None:
    if pupil.has_left(today):
        raise PupilLeftMeanwhile
