"""Where an uploaded roll waits: under a random name below MEDIA_ROOT, until it is applied, set aside, or a day old."""

from datetime import datetime
from secrets import token_hex

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

_FOLDER = "imports"


class RollFileGone(Exception):
    """The staged file is no longer there: applied, set aside or too old."""


def keep(data: bytes) -> str:
    """Store the bytes; the name says nothing about school, person or file."""
    return default_storage.save(f"{_FOLDER}/{token_hex(16)}", ContentFile(data))


def read(name: str) -> bytes:
    """Return the bytes of a staged file. Raises RollFileGone."""
    if not name or not default_storage.exists(name):
        raise RollFileGone
    with default_storage.open(name) as stored:
        return stored.read()


def remove(name: str) -> None:
    if name:
        default_storage.delete(name)


def remove_older_than(moment: datetime) -> int:
    """Remove what no row knows any more, as after an upload whose transaction was rolled back. Returns how many."""
    if not default_storage.exists(_FOLDER):
        return 0
    names = [f"{_FOLDER}/{name}" for name in default_storage.listdir(_FOLDER)[1]]
    old = [name for name in names if default_storage.get_modified_time(name) < moment]
    for name in old:
        remove(name)
    return len(old)
