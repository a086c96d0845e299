"""What a preview decided, signed and carried by its page until somebody presses the button. Nothing is stored in between.

A parcel is for one cycle, one kind of work and one person, and holds for two hours. It names rows by id; no names.
"""

from typing import Any

from django.core import signing

from assessments.models import ReviewCycle
from schools.models import User

GOOD_FOR = 2 * 60 * 60
SALT = "assessments.parcel"
PARCEL_REFUSED = "This preview is too old, or was made for another cycle or by somebody else. Nothing was changed. Make it again."


class ParcelRefused(Exception):
    """The parcel is torn, too old, or not for this person here."""

    message = PARCEL_REFUSED


def pack(content: Any, *, kind: str, cycle: ReviewCycle, by: User) -> str:
    """Seal what JSON can hold."""
    return signing.dumps([_address(kind, cycle, by), content], salt=SALT, compress=True)


def unpack(text: str, *, kind: str, cycle: ReviewCycle, by: User) -> Any:
    """Open a parcel. Raises ParcelRefused."""
    try:
        address, content = signing.loads(text, salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        raise ParcelRefused from None
    if address != _address(kind, cycle, by):
        raise ParcelRefused
    return content


def _address(kind: str, cycle: ReviewCycle, by: User) -> list[Any]:
    return [kind, cycle.school_id, cycle.pk, by.pk]
