"""Housekeeping of the schools app, as the schedule calls it."""

from celery import shared_task
from django.utils import timezone

from schools.models import School
from schools.services.forgetting import forget_invitations, forget_sessions, forget_tokens
from schools.services.settings import keep_all_planned


@shared_task
def plan_cycles_ahead() -> None:
    """Plan the next academic year's cycles when a new one begins. Safe to run twice."""
    keep_all_planned(schools=School.objects.order_by("pk"), today=timezone.localdate())


@shared_task
def forget_what_is_over() -> None:
    """Remove sessions that have ended, invitations that nobody took and links past their hour. Safe to run twice."""
    forget_sessions()
    forget_invitations(now=timezone.now())
    forget_tokens(now=timezone.now())
