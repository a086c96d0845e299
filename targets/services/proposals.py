"""Proposals: key workers and teachers propose a target, the SENCO accepts it, accepts it with changes, or declines it.

A proposal has no slot and is in no figure. It begins to count on the day on which it is accepted.
"""

from datetime import date

from django.db import transaction
from django.utils import timezone

from pupils.models import Pupil
from schools import audit
from schools.models import User
from targets.models import Target
from targets.services.refusals import DecliningNeedsAReason, NotTheProposer, ProposalAlreadyDecided
from targets.services.targets import Room, Wish, columns_of, free_slot, lock, make_room


@transaction.atomic
def propose_target(*, pupil: Pupil, wish: Wish, by: User, on: date | None = None) -> Target:
    """Propose a target for a pupil. It waits for the SENCO, and there may be more proposals than free slots."""
    pupil = lock(pupil)
    columns = columns_of(pupil, wish, on or timezone.localdate())
    proposal = Target.objects.create(pupil=pupil, status=Target.Status.PROPOSED, proposed_by=by, **columns)
    audit.record(by=by, action="target.proposed", row=proposal)
    return proposal


@transaction.atomic
def accept_proposal(*, proposal: Target, wish: Wish, by: User, on: date | None = None, room: Room | None = None) -> Target:
    """Make a proposal an active target, as proposed or as changed in `wish`. Of two people who decide, the first one wins.

    With five active targets one must be closed in the same step (`room`), else NoFreeSlot.
    """
    set_on = on or timezone.localdate()
    pupil = lock(proposal.pupil)
    columns = columns_of(pupil, wish, set_on, except_for=proposal)
    is_changed = any(getattr(proposal, name) != columns[name] for name in ("strand", "skill", "subject", "wording", "start", "aim"))
    if not Target.objects.proposed().filter(pk=proposal.pk).exists():
        raise ProposalAlreadyDecided  # said before the slot is missed that this very target has taken
    make_room(room, by, set_on)
    _decide(proposal, status=Target.Status.ACTIVE, slot=free_slot(pupil), set_by=by, **columns)
    audit.record(by=by, action="target.accepted-with-changes" if is_changed else "target.accepted", row=proposal)
    return Target.objects.get(pk=proposal.pk)


@transaction.atomic
def decline_proposal(*, proposal: Target, because: str, by: User, on: date | None = None) -> Target:
    """Decline a proposal for a reason, which its proposer reads."""
    if not because.strip():
        raise DecliningNeedsAReason
    _decide(proposal, status=Target.Status.DECLINED, declined_because=because.strip(), closed_on=on or timezone.localdate())
    audit.record(by=by, action="target.declined", row=proposal)
    return proposal


@transaction.atomic
def withdraw_proposal(*, proposal: Target, by: User) -> None:
    """Take an own proposal back before anybody decided on it. Nothing rests on it, so only the trace of it stays."""
    if proposal.proposed_by_id != by.pk:
        raise NotTheProposer
    audit.record(by=by, action="target.withdrawn", row=proposal)
    if not Target.objects.proposed().filter(pk=proposal.pk).delete()[0]:
        raise ProposalAlreadyDecided


def _decide(proposal: Target, **columns: object) -> None:
    if not Target.objects.proposed().filter(pk=proposal.pk).update(**columns):
        raise ProposalAlreadyDecided
