"""The key to unsent work on a device: the same for the same person on the same device, never stored, given to signed-in pages only.

The device keeps what is unsent as ciphertext. Whoever signs in next there gets another key; the person who wrote it gets the
same key again, and it is sent.
"""

import hmac
from datetime import timedelta
from hashlib import sha256
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from schools.models import User

DEVICE = "outbox-device"
KEPT_FOR = timedelta(hours=72)
MOST = 20  # waiting at once on one device
FIVE_YEARS = timedelta(days=5 * 365)


def hkdf(secret: bytes, salt: bytes, info: bytes) -> bytes:
    """RFC 5869 with SHA-256, its first block: 32 bytes."""
    pseudorandom = hmac.digest(salt, secret, sha256)
    return hmac.digest(pseudorandom, info + b"\x01", sha256)


def key_for(user: User, device: str, purpose: bytes = b"outbox key") -> bytes:
    """The key of one person on one device; for another purpose another key."""
    return hkdf(settings.SECRET_KEY.encode(), purpose, f"{user.pk} {device}".encode())


def owner_mark(user: User) -> str:
    """Tells on a device whose work is whose, without saying who: a person has the same mark everywhere."""
    return hkdf(settings.SECRET_KEY.encode(), b"outbox owner", str(user.pk).encode()).hex()[:32]


def device_of(request: HttpRequest) -> str:
    """The id of the device; a new one where it has none yet."""
    return request.COOKIES.get(DEVICE) or uuid4().hex


def remember(response: HttpResponse, device: str) -> None:
    """Keep the id on the device. It is a name for the device and opens nothing by itself; no script can read it."""
    response.set_cookie(DEVICE, device, max_age=FIVE_YEARS, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
