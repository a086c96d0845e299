"""A one-to-one that is half typed when the device goes to the pupil: it waits in the adult's session, and is there again afterwards."""

from typing import Any

from pupils.models import Pupil
from schools.access import SchoolRequest

KEPT = "half_typed_one_to_one"
OF_THE_FORM = "client_id"
SEVERAL = "helped"
NOT_TYPED = "csrfmiddlewaretoken"


def is_half_typed(request: SchoolRequest) -> bool:
    """Whether the form of a one-to-one was sent, by its button that hands the device over."""
    return OF_THE_FORM in request.POST


def keep(request: SchoolRequest, pupil: Pupil) -> None:
    sent = request.POST
    values = {name: sent.getlist(name) if name == SEVERAL else sent[name] for name in sent if name != NOT_TYPED}
    request.session[KEPT] = {"pupil": str(pupil.public_id), "values": values}


def kept_for(request: SchoolRequest, pupil: Pupil) -> dict[str, Any]:
    """What was typed for this pupil, once; for another pupil it is thrown away."""
    kept = request.session.pop(KEPT, None) if request.method == "GET" else None
    return kept["values"] if kept and kept["pupil"] == str(pupil.public_id) else {}
