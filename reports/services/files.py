"""Finished papers on disk, below MEDIA_ROOT: unguessable names, readable by the service alone, known by their hash."""

import hashlib
import os
from pathlib import Path

from django.conf import settings
from django.utils.crypto import salted_hmac

from reports.services.refusals import FileDamaged


def name_for(folder: str, what: str) -> str:
    """The path of one paper. The same paper has the same path, so making it twice leaves one file; nobody can guess it."""
    return f"{folder}/{salted_hmac(f'reports.{folder}', what, algorithm='sha256').hexdigest()}.pdf"


def store(path: str, content: bytes) -> str:
    """Write a file whole or not at all, and return its SHA-256."""
    place = Path(settings.MEDIA_ROOT) / path
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = place.with_suffix(f".{os.getpid()}")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    part.replace(place)
    return hashlib.sha256(content).hexdigest()


def fetch(path: str, sha256: str) -> bytes:
    """Read a file back. Raises FileDamaged when it is not there or not what was stored."""
    try:
        content = (Path(settings.MEDIA_ROOT) / path).read_bytes()
    except OSError as error:
        raise FileDamaged from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise FileDamaged
    return content


def discard(path: str) -> None:
    (Path(settings.MEDIA_ROOT) / path).unlink(missing_ok=True)
