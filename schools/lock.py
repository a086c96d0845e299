"""Handing a device to a pupil: the session of the adult is locked until the PIN, and opens nothing but pupil mode.

What a locked session may open says so itself (`opens_while_locked`); every other address answers with the page that asks
for the PIN, so a page that is new tomorrow is shut too.
"""

import secrets
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from schools.models import School, Token

LASTS = timedelta(hours=1)  # since the last answer: nobody is hurried, and nobody finds it open tomorrow
LOCK = "handed_over"
ANY_METHOD = ("GET", "HEAD", "POST")
View = TypeVar("View", bound=Callable[..., HttpResponse])


def opens_while_locked(*methods: str) -> Callable[[View], View]:
    """Let a locked session open this view."""

    def decorate(view: View) -> View:
        view.opens_while_locked = methods or ANY_METHOD  # type: ignore[attr-defined]
        return view

    return decorate


def hash_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def make_token(*, school: School, row_id: int) -> tuple[Token, str]:
    """Make a token of pupil mode and return it with its text, of which only the hash is kept."""
    text = secrets.token_urlsafe(24)
    token = Token.objects.create(
        school=school, purpose=Token.Purpose.VOICE, token_hash=hash_of(text), row_id=row_id, expires_at=timezone.now() + LASTS
    )
    return token, text


def lock(request: HttpRequest, token: Token, *, here: str, back: str) -> None:
    """Lock this session: `here` is where the pupil goes on, `back` where the adult comes out.

    It goes on under another key, so that a request which began before and is saved later cannot write the lock away.
    """
    request.session.cycle_key()
    request.session[LOCK] = {"token": token.pk, "here": here, "back": back, "look": token.school.programme.look}


def lock_of(request: HttpRequest) -> dict[str, Any] | None:
    return request.session.get(LOCK)


def unlock(request: HttpRequest) -> str:
    """Take the device back: the token is gone. Returns where the adult comes out."""
    held = request.session.pop(LOCK)
    Token.objects.filter(pk=held["token"], purpose=Token.Purpose.VOICE).delete()
    return str(held["back"])


def handed_over(request: HttpRequest, text: str) -> Token | None:
    """Return the token of an address where this very session was locked with it and it is still good."""
    held = lock_of(request)
    if held is None or not request.user.is_authenticated:
        return None
    good = Token.objects.filter(pk=held["token"], purpose=Token.Purpose.VOICE, token_hash=hash_of(text), expires_at__gt=timezone.now())
    return good.select_related("school").first()


def keep_open(token: Token) -> None:
    """Somebody is there: the hour begins anew."""
    Token.objects.filter(pk=token.pk).update(expires_at=timezone.now() + LASTS)
