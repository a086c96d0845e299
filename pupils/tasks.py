"""Housekeeping of the pupils app, as the schedule calls it."""

from celery import shared_task
from django.utils import timezone

from pupils.services.roll import discard_stale_imports


@shared_task
def discard_stale_roll_imports() -> None:
    """Remove uploaded rolls that nobody applied for a day. Safe to run twice."""
    discard_stale_imports(now=timezone.now())
