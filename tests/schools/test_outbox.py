"""The key to unsent work, what is kept for the time without a network, and what is said of work that was never sent."""

import re
from base64 import b64decode

import pytest
from django.test import Client
from django.urls import reverse

from schools import outbox, worker
from schools.models import AuditEvent
from tests.schools.clock import at

pytestmark = pytest.mark.django_db

SESSION = "/outbox/session/"


def test_the_key_is_derived_as_the_standard_says() -> None:
    """RFC 5869, test case 1, its first 32 bytes."""
    made = outbox.hkdf(bytes.fromhex("0b" * 22), bytes(range(13)), bytes(range(0xF0, 0xFA)))
    assert made.hex() == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"


@pytest.fixture
def key_of(client, senco, head):
    """The answer to a person on a device: on this client, or on another one."""

    def ask(who, device: Client = client) -> dict:
        device.force_login(who)
        return device.get(SESSION).json()

    return ask


def test_a_person_gets_the_same_key_on_a_device_again(key_of, senco, head, client) -> None:
    first = key_of(senco)
    assert len(b64decode(first["key"])) == 32
    client.post("/signout/")
    key_of(head)
    client.post("/signout/")
    assert key_of(senco)["key"] == first["key"]


def test_another_person_and_another_device_get_another_key(key_of, senco, head) -> None:
    answers = [key_of(senco), key_of(head), key_of(senco, Client())]
    assert len({answer["key"] for answer in answers}) == 3
    assert len({answer["owner"] for answer in answers}) == 2


def test_another_secret_gives_another_key(key_of, senco, settings) -> None:
    first = key_of(senco)["key"]
    settings.SECRET_KEY = "another" * 10
    assert key_of(senco)["key"] != first


def test_signed_out_nobody_gets_a_key(client: Client) -> None:
    response = client.get(SESSION)
    assert response.status_code == 401
    assert response.content == b""
    assert outbox.DEVICE not in response.cookies


def test_no_script_can_read_the_devices_id_and_no_cache_keeps_the_key(client, senco) -> None:
    client.force_login(senco)
    response = client.get(SESSION)
    assert response.headers["Cache-Control"] == "no-store"
    assert response.cookies[outbox.DEVICE]["httponly"]
    assert response.cookies[outbox.DEVICE]["samesite"] == "Lax"


def test_the_answer_holds_the_servers_clock_and_a_token_that_is_taken(senco, monkeypatch) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(senco)
    moment = at(monkeypatch, "2026-11-24 09:30")
    answer = client.get(SESSION).json()
    assert answer["now"] == moment.timestamp() * 1000
    assert answer["today"] == "Tuesday 24 November"
    sent = {"written_at": str(answer["now"])}
    assert client.post(reverse("outbox-never-sent"), sent).status_code == 403
    assert client.post(reverse("outbox-never-sent"), sent, headers={"X-CSRFToken": answer["token"]}).status_code == 204


def test_what_was_never_sent_is_noted_without_content_and_its_writer_is_told(client, senco, monkeypatch) -> None:
    written = at(monkeypatch, "2026-11-21 09:30")
    at(monkeypatch, "2026-11-24 09:31")
    client.force_login(senco)
    moments = f"{int(written.timestamp() * 1000)},{int(written.timestamp() * 1000) + 60_000}"
    assert client.post(reverse("outbox-never-sent"), {"written_at": moments}).status_code == 204
    assert AuditEvent.objects.filter(action="outbox.never-sent", by=senco, school=None).count() == 2
    text = client.get(reverse("outbox")).text
    assert "A one-to-one of Saturday 21 November, 09:30 was never sent from this device" in text
    assert "Saturday 21 November, 09:31" in text


@pytest.mark.parametrize("nonsense", ["", "x", "1,2", "1795742605070;", ",".join(["1795742605070"] * 21), "9" * 13 + "0"])
def test_nonsense_about_what_was_never_sent_is_refused(client, senco, nonsense) -> None:
    client.force_login(senco)
    assert client.post(reverse("outbox-never-sent"), {"written_at": nonsense}).status_code == 422
    assert AuditEvent.objects.filter(action="outbox.never-sent").count() == 0


def test_a_script_that_sends_when_signed_out_is_told_so_and_nothing_is_said_twice(client, school) -> None:
    data = {"Accept": "application/json"}
    response = client.post(reverse("outbox-never-sent"), {"written_at": "1795742605070"}, headers=data)
    assert response.status_code == 401
    assert "not saved" not in client.get("/signin/").text


# ------------------------------------------------------------------------------------------------------------ without a network


def test_the_worker_serves_every_address_and_is_asked_for_anew(client: Client) -> None:
    response = client.get("/service-worker.js")
    assert response.headers["Content-Type"].startswith("text/javascript")
    assert response.headers["Cache-Control"] == "no-cache"
    assert "worker-src 'self'" in response.headers["Content-Security-Policy"]


def test_the_worker_keeps_static_files_and_one_page_that_knows_nobody(client, senco) -> None:
    script = worker.source()
    assert re.search(r'const PAGE = "/offline/";', script)
    [files] = re.findall(r"const FILES = \[(.*?)\]", script)
    assert all(name.startswith('"/static/') for name in files.split(", "))
    signed_out = client.get("/offline/").text
    client.force_login(senco)
    assert client.get("/offline/").text == signed_out


def test_another_page_makes_another_version_of_the_worker(monkeypatch) -> None:
    def version(page: str) -> str:
        monkeypatch.setattr(worker, "render_to_string", lambda template: page)
        worker.source.cache_clear()
        return re.findall(r'const VERSION = "(\w{16})"', worker.source())[0]

    assert version("one") == version("one") != version("two")
    worker.source.cache_clear()
