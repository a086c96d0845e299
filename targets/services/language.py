"""A partnership's target language: the six strands with which every partnership begins."""

from django.db import transaction
from django.utils import timezone

from schools import audit
from schools.models import Partnership, User
from targets.models import Strand, TargetLanguage

FIRST_STRANDS = (
    ("communicating", "Communicating"),
    ("relationships", "Relationships"),
    ("managing-feelings", "Managing feelings"),
    ("independence", "Independence"),
    ("engagement", "Engagement and motivation"),
    ("confidence", "Confidence and aspirations"),
)


@transaction.atomic
def start_language(*, partnership: Partnership, by: User | None) -> TargetLanguage:
    """Publish version 1 with the six strands. A partnership that has a published language keeps it: safe to run twice."""
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    published = TargetLanguage.objects.published_for(partnership.pk)
    if published:
        return published
    language = _draft(partnership)
    strands = [Strand(language=language, key=key, name=name, order=order) for order, (key, name) in enumerate(FIRST_STRANDS, start=1)]
    Strand.objects.bulk_create(strands)
    language.state, language.published_on = TargetLanguage.State.PUBLISHED, timezone.localdate()
    language.save(update_fields=["state", "published_on"])
    audit.record(by=by, action="language.published", row=language)
    return language


def _draft(partnership: Partnership) -> TargetLanguage:
    """A new version to be filled; once published it never changes."""
    newest = TargetLanguage.objects.filter(partnership=partnership).order_by("-version").first()
    return TargetLanguage.objects.create(partnership=partnership, version=newest.version + 1 if newest else 1)
