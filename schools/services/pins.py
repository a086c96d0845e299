"""The PIN of an adult: set at first use, five tries, then sign in again."""

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F

from schools import audit
from schools.models import MOST_TRIES, Pin, User


class NoTriesLeft(Exception):
    """Five wrong tries: from here on only a sign-in helps."""


@transaction.atomic
def set_pin(*, user: User, digits: str, by: User) -> None:
    """Set a person's PIN, or another one in its place."""
    Pin.objects.update_or_create(user=user, defaults={"hash": make_password(digits), "wrong_tries": 0})
    audit.record(by=by, action="pin.set", row=user)


def has_pin(*, user: User) -> bool:
    return Pin.objects.filter(user=user).exists()


def forgive_tries(*, user: User) -> None:
    """Begin to count anew: the adult is here and signed in."""
    Pin.objects.filter(user=user).update(wrong_tries=0)


def try_pin(*, user: User, digits: str) -> int | None:
    """Return None where the digits are right, else how many tries are left. Raises NoTriesLeft.

    A try is counted before it is looked at, so that several at one moment are several.
    """
    if not Pin.objects.filter(user=user, wrong_tries__lt=MOST_TRIES).update(wrong_tries=F("wrong_tries") + 1):
        raise NoTriesLeft
    pin = Pin.objects.get(user=user)
    if pin.is_right(digits):
        forgive_tries(user=user)
        return None
    if pin.wrong_tries >= MOST_TRIES:
        raise NoTriesLeft
    return MOST_TRIES - pin.wrong_tries
