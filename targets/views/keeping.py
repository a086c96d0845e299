"""A one-to-one that is half typed when the device goes to the pupil: it waits in the adult's session, and is there again afterwards.

It waits there sealed. The key is made of the server's secret and of the device's id, which is in a cookie and in no table: a
reader of the database, or of a backup, reads nothing.
"""

import json
import secrets
from base64 import b64decode, b64encode
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.http import HttpResponse

from pupils.models import Pupil
from schools import outbox
from schools.access import SchoolRequest

KEPT = "half_typed_one_to_one"
OF_THE_FORM = "client_id"
SEVERAL = "helped"
NOT_TYPED = "csrfmiddlewaretoken"
NONCE = 12  # bytes


def is_half_typed(request: SchoolRequest) -> bool:
    """Whether the form of a one-to-one was sent, by its button that hands the device over."""
    return OF_THE_FORM in request.POST


def keep(request: SchoolRequest, pupil: Pupil, response: HttpResponse) -> HttpResponse:
    """Keep what was typed, and see to it that the device has an id."""
    sent, device = request.POST, outbox.device_of(request)
    values = {name: sent.getlist(name) if name == SEVERAL else sent[name] for name in sent if name != NOT_TYPED}
    nonce = secrets.token_bytes(NONCE)
    sealed = nonce + _cipher(request, device).encrypt(nonce, json.dumps(values).encode(), _bound(pupil))
    request.session[KEPT] = b64encode(sealed).decode()
    outbox.remember(response, device)
    return response


def kept_for(request: SchoolRequest, pupil: Pupil) -> dict[str, Any]:
    """What was typed for this pupil on this device, once; for another pupil it is thrown away."""
    kept = request.session.pop(KEPT, None) if request.method == "GET" else None
    if not kept:
        return {}
    sealed = b64decode(kept)
    try:
        return json.loads(_cipher(request, outbox.device_of(request)).decrypt(sealed[:NONCE], sealed[NONCE:], _bound(pupil)))
    except InvalidTag:
        return {}


def _cipher(request: SchoolRequest, device: str) -> AESGCM:
    return AESGCM(outbox.key_for(request.user, device, b"half typed"))


def _bound(pupil: Pupil) -> bytes:
    """What is sealed for one pupil opens for no other."""
    return str(pupil.public_id).encode()
