"""A clock that a test sets."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest


def at(monkeypatch: pytest.MonkeyPatch, moment: str) -> datetime:
    """Let it be this moment in the schools' time: "2026-11-16 09:00"."""
    now = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo("Europe/London"))
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    return now
