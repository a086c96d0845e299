"""Opening and closing a round; both are the lead's, and neither reads a pupil's row."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from assessments.models import ModerationRound
from assessments.services.moderation.refusals import ClosesInThePast, RoundIsClosed, RoundIsOpen
from schools import audit
from schools.models import Partnership, User


@transaction.atomic
def open_round(*, partnership: Partnership, name: str, samples: int, closes_on: date, by: User) -> ModerationRound:
    """Ask the schools of a partnership for samples. One round at a time."""
    if closes_on <= timezone.localdate():
        raise ClosesInThePast
    ModerationRound.objects.run_out().filter(partnership=partnership).update(closed_at=timezone.now())
    try:
        with transaction.atomic():
            found = ModerationRound.objects.create(
                partnership=partnership, name=name, samples=samples, closes_on=closes_on, opened_by=by, opened_at=timezone.now()
            )
    except IntegrityError as error:
        raise RoundIsOpen from error
    audit.record(by=by, action="moderation.opened", row=found)
    return found


@transaction.atomic
def close_round(*, found: ModerationRound, by: User) -> None:
    """End a round: what is not judged by now stays so."""
    if not ModerationRound.objects.open().filter(pk=found.pk).update(closed_at=timezone.now()):
        raise RoundIsClosed
    audit.record(by=by, action="moderation.closed", row=found)


def refuse_closed(found: ModerationRound) -> None:
    """Raise RoundIsClosed unless the round is open at this moment; it stays so until the transaction ends."""
    if not ModerationRound.objects.open().select_for_update().filter(pk=found.pk).exists():
        raise RoundIsClosed
