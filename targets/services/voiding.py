"""Taking one-to-ones back. What is left is a trace without content: when, by whom and why.

Whether a review rests on one is for assessments to say, which calls these; no page calls them by itself.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from schools import audit
from schools.models import User
from targets.models import Observation, OneToOne
from targets.services.one_to_ones import refuse_change
from targets.services.refusals import ChangedMeanwhile


@transaction.atomic
def undo_one_to_one(*, one_to_one: OneToOne, by: User, at: datetime | None = None) -> None:
    """Take back what was saved last, for 24 hours, by whoever recorded it. Of a correction: what it corrected holds again."""
    at = at or timezone.now()
    row = OneToOne.objects.select_for_update().get(pk=one_to_one.pk)
    refuse_change(row, by, at)
    _void([row.pk], OneToOne.WhyVoided.UNDONE, by, at)
    audit.record(by=by, action="one-to-one.undone", row=row)


@transaction.atomic
def void_one_to_one(*, one_to_one: OneToOne, because: str, by: User, at: datetime | None = None) -> None:
    """Mark a one-to-one as entered in error, with every row that it corrected. Raises ChangedMeanwhile where it no longer holds."""
    row = OneToOne.objects.select_for_update().get(pk=one_to_one.pk)
    if not OneToOne.objects.live().filter(pk=row.pk).exists():
        raise ChangedMeanwhile
    _void(_with_what_it_corrected(row), because, by, at or timezone.now())
    audit.record(by=by, action="one-to-one.voided", row=row)


def _with_what_it_corrected(row: OneToOne) -> list[int]:
    found = [row.pk]
    while row.supersedes is not None:
        row = row.supersedes
        found.append(row.pk)
    return found


def _void(rows: Iterable[int], because: str, by: User, at: datetime) -> None:
    still_there = OneToOne.objects.filter(pk__in=rows, voided_at=None)
    Observation.objects.filter(one_to_one__in=rows).update(note="")
    still_there.update(voided_at=at, voided_by=by, voided_because=because, note="", feeling="")
