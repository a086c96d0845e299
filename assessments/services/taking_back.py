"""Taking back what one did to a target a moment ago: setting it, closing it, deciding on a proposal.

It stands above the services of targets because a judgement, like an observation or what the pupil said, may rest on the target by then.
"""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from assessments.models import Judgement, Review
from schools import audit
from schools.models import User
from targets import deeds
from targets.models import Observation, Target, Voice
from targets.services.refusals import TargetIsInUse, TooLateToTakeBack
from targets.services.targets import free_slot, lock

Undo = Callable[[Target], None]


@transaction.atomic
def take_back(*, target: Target, by: User, at: datetime | None = None) -> None:
    """Undo the last thing that this person did to a target. Refused after 24 hours, after anybody else did something
    further, and once something rests on it.

    The pupil's row and reviews are locked, so that a review that is being completed at this moment is waited for.
    """
    lock(target.pupil)
    list(Review.objects.select_for_update().filter(pupil=target.pupil_id))
    now = Target.objects.filter(pk=target.pk).first()
    deed = deeds.last_deed(now, by, at or timezone.now()) if now else None
    if now is None or deed is None or deed.is_proposal:
        raise TooLateToTakeBack
    audit.record(by=by, action="target.taken-back", row=now)
    _UNDO[deed.action](now)


def _unset(target: Target) -> None:
    """A target that nothing rests on is as if it had never been set."""
    _refuse_in_use(target)
    target.delete()


def _propose_again(target: Target) -> None:
    """With the words with which it was accepted; where it was declined, without the reason."""
    _refuse_in_use(target)
    _change(target, status=Target.Status.PROPOSED, slot=None, set_by=None, closed_on=None, declined_because="")


def _open_again(target: Target) -> None:
    """Into a free slot. Raises NoFreeSlot, and TargetIsInUse once a completed review has taken the closing over."""
    if Judgement.objects.completed().filter(target=target, next=Judgement.Next.CLOSE).exists():
        raise TargetIsInUse
    slot, closing = free_slot(target.pupil), {"closed_on": None, "closing_step": None, "closing_not_seen": "", "closing_reason": ""}
    _change(target, status=Target.Status.ACTIVE, slot=slot, **closing)


def _refuse_in_use(target: Target) -> None:
    if any(model.objects.filter(target=target).exists() for model in (Observation, Judgement, Voice)):
        raise TargetIsInUse


def _change(target: Target, **columns: object) -> None:
    """Change it if it still stands as it was read."""
    if not Target.objects.filter(pk=target.pk, status=target.status).update(**columns):
        raise TooLateToTakeBack


_UNDO: dict[str, Undo] = {
    deeds.SET: _unset,
    deeds.ACCEPTED: _propose_again,
    deeds.ACCEPTED_WITH_CHANGES: _propose_again,
    deeds.DECLINED: _propose_again,
    deeds.ACHIEVED: _open_again,
    deeds.STOPPED: _open_again,
}
