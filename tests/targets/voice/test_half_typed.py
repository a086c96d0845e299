"""A one-to-one that is half typed when the device goes to the pupil: it is there again afterwards, and nobody reads it meanwhile."""

import json
from base64 import b64decode
from uuid import uuid4

from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

from schools import outbox
from schools.tenancy import in_school
from targets.models import OneToOne
from targets.views.keeping import KEPT
from tests.factories.pupils import PupilFactory
from tests.factories.targets import StrategyFactory, TargetFactory
from tests.targets.voice.visits import at, start_url


def half_typed(targets, strategy) -> dict[str, object]:
    """What the button of the one-to-one's form sends along, before the form is saved."""
    steps = {f"step-{targets[0].public_id}": "3", f"note-{targets[0].public_id}": "Waited for two turns"}
    return {
        **steps,
        "client_id": str(uuid4()),
        "held_on": "2026-11-24",
        "minutes": "15",
        "helped": [str(strategy.pk)],
        "note": "Half a note",
    }


def test_a_half_typed_one_to_one_is_there_again_and_is_not_saved(client, hand_over, pupil, targets, take_back):
    strategy = StrategyFactory(school=pupil.school)
    form = half_typed(targets, strategy)
    asked = client.post(f"{start_url(pupil)}?from=one-to-one", form)
    assert asked.headers["Location"] == f"{start_url(pupil)}?from=one-to-one"
    assert "There is a problem" not in client.get(asked.headers["Location"]).text
    hand_over("?from=one-to-one")
    values = client.get(take_back().headers["Location"]).context["form"]
    for name in form:
        assert values[name].value() == form[name]
    with in_school(pupil.school):
        assert not OneToOne.objects.exists()


def test_what_was_half_typed_for_one_pupil_does_not_come_up_for_another(client, senco, pupil, targets):
    client.force_login(senco)
    other = PupilFactory(school=pupil.school)
    TargetFactory(pupil=other)
    client.post(f"{start_url(pupil)}?from=one-to-one", half_typed(targets, StrategyFactory(school=pupil.school)))
    assert "Half a note" not in client.get(at("one-to-one-new", other)).text
    assert "Half a note" not in client.get(at("one-to-one-new", pupil)).text


def tables_bytes() -> str:
    """Every session as its table holds it, and as whoever knows Django unpacks it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_data FROM django_session")
        rows = [row for (row,) in cursor.fetchall()]
    return " ".join([*rows, *(json.dumps(SessionStore().decode(row)) for row in rows)])


def test_a_reader_of_the_sessions_table_reads_nothing_of_what_was_half_typed(client, senco, pupil, targets):
    client.force_login(senco)
    sent = client.post(f"{start_url(pupil)}?from=one-to-one", half_typed(targets, StrategyFactory(school=pupil.school)))
    kept = tables_bytes()
    assert KEPT in kept, "the table was really read"
    sealed = b64decode(client.session[KEPT]).decode("latin-1")
    words = ("Half a note", "Waited for two turns", str(targets[0].public_id), str(pupil.public_id), "client_id")
    assert [word for word in words if word in kept + sealed] == []
    assert sent.cookies[outbox.DEVICE].value not in kept, "the device's id is in its cookie alone"


def test_what_was_half_typed_opens_on_its_device_alone(client, senco, pupil, targets):
    client.force_login(senco)
    client.post(f"{start_url(pupil)}?from=one-to-one", half_typed(targets, StrategyFactory(school=pupil.school)))
    client.cookies[outbox.DEVICE] = "another"
    assert "Half a note" not in client.get(at("one-to-one-new", pupil)).text
