"""What is removed when its time is over: nothing is kept that no page uses."""

from datetime import datetime, timedelta
from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Q

from schools.models import Invitation, Token

KEPT_FOR = timedelta(days=30)


def forget_sessions() -> None:
    """Remove sessions that have ended, and what was noted of them: whose, from where, with which browser."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()


def forget_invitations(*, now: datetime) -> int:
    """Remove invitations that expired or were withdrawn a month ago; the log keeps that they were, by number."""
    over = Q(expires_at__lt=now - KEPT_FOR) | Q(withdrawn_at__lt=now - KEPT_FOR)
    return Invitation.objects.filter(over, accepted_at=None).delete()[0]


def forget_tokens(*, now: datetime) -> int:
    """Remove links of pupil mode that nobody took back and that open nothing any more."""
    return Token.objects.filter(purpose=Token.Purpose.VOICE, expires_at__lt=now).delete()[0]
