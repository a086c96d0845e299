"""The head agrees for the school; only then is a sample chosen, and it stays in the school until the SENCO releases it."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from assessments.models import ModerationConsent, ModerationRound, ModerationSample
from assessments.services.moderation.choosing import choose
from assessments.services.moderation.rounds import refuse_closed
from schools import audit
from schools.models import School, User


@transaction.atomic
def agree(*, found: ModerationRound, school: School, by: User) -> list[ModerationSample]:
    """Agree for the school in scope and choose its samples. Agreeing twice changes nothing."""
    refuse_closed(found)
    try:
        with transaction.atomic():
            consent = ModerationConsent.objects.create(round=found, agreed_by=by, agreed_at=timezone.now())
    except IntegrityError:
        return list(ModerationSample.objects.of_round(found))
    audit.record(by=by, action="moderation.agreed", row=consent)
    return ModerationSample.objects.bulk_create(choose(found, school))
