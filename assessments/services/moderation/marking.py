"""Another school judges a sample blind: it sees the words and the descriptors, never the step that was decided at home."""

from django.db import transaction
from django.utils import timezone

from assessments.models import ModerationMark
from assessments.services.moderation.releasing import refuse_identity
from assessments.services.moderation.rounds import refuse_closed
from schools import audit
from schools.models import School, User


@transaction.atomic
def mark_sample(*, mark: ModerationMark, school: School, step: int, note: str, by: User) -> None:
    """Say which step the words show. It can be said anew until the round is closed. The note goes to the lead: no name, no day."""
    refuse_closed(mark.round)
    refuse_identity({"note": note}, school)
    ModerationMark.objects.filter(pk=mark.pk).update(step=step, note=note, marked_by=by, marked_at=timezone.now())
    audit.record(by=by, action="moderation.marked", row=mark)
