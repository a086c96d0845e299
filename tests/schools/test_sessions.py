"""How long a sign-in lasts, by device; what happens to what is sent too late; and the question whose device it is."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from schools import sessions
from schools.lock import LOCK
from schools.models import School, User
from schools.sessions import Device, absolute_end
from tests.factories.schools import PASSWORD
from tests.schools.clock import at

pytestmark = pytest.mark.django_db

MORNING = "2026-11-16 08:30"
STEP = sessions.NOTED_EVERY


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], datetime]:
    """Set the clock: `clock("2026-11-16 09:00")`."""

    def set_to(moment: str) -> datetime:
        return at(monkeypatch, moment)

    set_to(MORNING)
    return set_to


@pytest.fixture
def address(school: School) -> str:
    return reverse("staff-list", args=[school.slug])


def sign_in(client: Client, user: User, device: Device | None) -> None:
    client.post("/signin/", {"login": user.email, "password": PASSWORD})
    if device:
        client.post(reverse("device"), {"device": device})


def is_in(client: Client, address: str) -> bool:
    return client.get(address).status_code == 200


def uk(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo("Europe/London"))


@pytest.mark.parametrize(
    ("device", "lasts", "is_over"),
    [
        (None, "08:45:29", "08:45:31"),  # nobody said whose device it is
        (Device.SHARED, "08:45:29", "08:45:31"),
        (Device.OWN, "09:00:29", "09:00:31"),
    ],
)
def test_a_session_ends_when_nobody_does_anything(client, senco, address, clock, device, lasts: str, is_over: str) -> None:
    sign_in(client, senco, device)
    kept = client.session.session_key
    clock(f"2026-11-16 {lasts}")
    assert is_in(client, address)
    sign_in(client, senco, device)
    clock(MORNING)
    client.logout()
    sign_in(client, senco, device)
    clock(f"2026-11-16 {is_over}")
    assert client.get(address).headers["Location"].startswith("/signin/")
    assert client.session.session_key != kept


def test_every_page_starts_the_wait_anew(client: Client, senco: User, address: str, clock) -> None:
    sign_in(client, senco, Device.SHARED)
    for minute in ("08:44", "08:58", "09:12", "09:26"):
        clock(f"2026-11-16 {minute}")
        assert is_in(client, address)


def test_a_page_that_asks_by_itself_keeps_nobody_signed_in(client: Client, senco: User, address: str, clock) -> None:
    sign_in(client, senco, Device.SHARED)
    for minute in ("08:38", "08:44"):
        clock(f"2026-11-16 {minute}")
        client.get(address, headers={sessions.UNATTENDED: "1"})
    clock("2026-11-16 08:46")
    assert not is_in(client, address)


def asking_by_themselves(templates: dict[str, str]) -> list[str]:
    """Name the templates with a part that asks again and again without saying that nobody is there."""
    parts = {name: re.findall(r"<[a-z]+[^<>]*hx-trigger=\"[^\"]*every [^<]*", text) for name, text in templates.items()}
    return [name for name, found in parts.items() if any(sessions.UNATTENDED not in part for part in found)]


def test_every_part_of_a_page_that_asks_by_itself_says_so(settings) -> None:
    folder = settings.BASE_DIR / "templates"
    templates = {path.name: path.read_text() for path in folder.rglob("*.html")}
    assert asking_by_themselves(templates) == []
    assert asking_by_themselves({"stray.html": '<div hx-get="x" hx-trigger="every 2s" hx-swap="outerHTML"></div>'}) == ["stray.html"]


@pytest.mark.parametrize(
    ("device", "signed_in", "end"),
    [
        (Device.SHARED, "2026-11-16 08:30", "2026-11-16 16:30"),
        (Device.SHARED, "2026-11-16 11:00", "2026-11-16 18:00"),
        (Device.SHARED, "2026-11-16 17:59", "2026-11-16 18:00"),
        (Device.SHARED, "2026-11-16 18:00", "2026-11-17 02:00"),
        (Device.SHARED, "2026-11-16 19:00", "2026-11-17 03:00"),
        (Device.SHARED, "2026-07-01 15:00", "2026-07-01 18:00"),  # in summer time
        (Device.OWN, "2026-11-16 11:00", "2026-11-16 23:00"),
        (Device.OWN, "2026-11-16 17:00", "2026-11-17 05:00"),
    ],
)
def test_a_session_ends_at_the_latest(device: Device, signed_in: str, end: str) -> None:
    assert absolute_end(uk(signed_in), device) == uk(end)


def test_no_activity_moves_the_latest_end(client: Client, senco: User, address: str, clock) -> None:
    clock("2026-11-16 17:40")
    sign_in(client, senco, Device.SHARED)
    clock("2026-11-16 17:50")
    assert is_in(client, address)
    clock("2026-11-16 17:59:59")
    assert client.post(reverse("session-stay")).json() == {"left": 1}
    clock("2026-11-16 18:00")
    assert not is_in(client, address)
    clock("2026-11-16 18:01")
    sign_in(client, senco, Device.SHARED)
    clock("2026-11-16 18:10")
    assert is_in(client, address)
    assert client.post(reverse("session-stay")).json() == {"left": (8 * 60 - 9) * 60}


def test_without_limits_a_session_would_go_on(client: Client, senco: User, address: str, clock, settings) -> None:
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != "schools.sessions.time_limits"]
    sign_in(client, senco, Device.SHARED)
    clock("2026-11-16 12:00")
    assert is_in(client, address)


def test_after_the_end_one_is_told_when_and_comes_back_to_the_same_page(client: Client, senco: User, address: str, clock) -> None:
    sign_in(client, senco, Device.SHARED)
    clock("2026-11-16 10:00")
    answer = client.get(address)
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert answer.headers["Location"] == f"/signin/?next={address}"
    assert "We signed you out at 08:45." in client.get(answer.headers["Location"]).content.decode()
    back = client.post("/signin/", {"login": senco.email, "password": PASSWORD, "next": address})
    assert back.headers["Location"] == address


def test_each_of_two_tabs_that_the_clock_closes_is_told_when(client: Client, senco: User, address: str, clock) -> None:
    sign_in(client, senco, Device.SHARED)
    clock("2026-11-16 08:45")
    answers = [client.post(reverse("account_logout"), {"time": "over", "next": address}) for _ in range(2)]
    for answer in answers:
        assert answer.headers["Clear-Site-Data"] == '"cache"'
        assert "We signed you out at 08:45." in client.get(answer.headers["Location"]).content.decode()


def test_an_address_cannot_put_words_on_the_sign_in_page(client: Client, db: None) -> None:
    assert "We signed you out" not in client.get("/signin/?over=by+strangers").content.decode()


def test_what_is_sent_too_late_is_not_lost_silently(client: Client, senco: User, school: School, clock) -> None:
    form = reverse("school-settings", args=[school.slug])
    sign_in(client, senco, Device.SHARED)
    clock("2026-11-16 10:00")
    answer = client.post(reverse("school-cycles", args=[school.slug]), {"x": "typed"}, headers={"referer": f"http://testserver{form}"})
    assert answer.headers["Location"] == f"/signin/?next={form.replace('/', '%2F')}"
    assert "What you sent was not saved" in client.get(answer.headers["Location"]).content.decode()
    back = client.post("/signin/", {"login": senco.email, "password": PASSWORD, "next": form})
    assert "What you typed was not saved: please enter it again" in client.get(back.headers["Location"]).content.decode()


def test_a_page_of_another_site_is_never_come_back_to(client: Client, school: School) -> None:
    answer = client.post(reverse("staff-invite", args=[school.slug]), headers={"referer": "https://evil.example/form"})
    assert answer.headers["Location"] == "/signin/?next=%2F"


@pytest.mark.parametrize("method", ["get", "post"])
def test_sign_in_is_never_put_into_a_part_of_a_page(client: Client, school: School, address: str, method: str) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{address}"}
    answer = getattr(client, method)(reverse("staff-invite", args=[school.slug]), headers=headers)
    assert answer.status_code == 200
    assert answer.headers["HX-Redirect"] == f"/signin/?next={address.replace('/', '%2F')}"


def test_a_sign_of_life_keeps_one_in_and_says_when_it_came_too_late(client: Client, senco: User, address: str, clock) -> None:
    sign_in(client, senco, Device.SHARED)
    for minute in ("08:44", "08:58"):
        clock(f"2026-11-16 {minute}")
        assert client.post(reverse("session-stay")).status_code == 200
    clock("2026-11-16 09:10")
    assert is_in(client, address)
    clock("2026-11-16 10:00")
    assert client.post(reverse("session-stay")).status_code == 401
    assert client.get(reverse("session-stay")).status_code == 405


def test_the_page_knows_its_limits(client: Client, senco: User, address: str, clock) -> None:
    sign_in(client, senco, Device.SHARED)
    clock("2026-11-16 08:40")
    body = client.get(address).content.decode()
    assert 'data-idle="900"' in body
    assert f'data-left="{int(timedelta(hours=7, minutes=50).total_seconds())}"' in body
    assert "For your security, we will sign you out in 2 minutes." in body
    assert 'id="time-limits"' not in Client().get("/signin/").content.decode()


def test_an_unknown_device_is_asked_about_once(client: Client, senco: User, address: str) -> None:
    first = client.post("/signin/", {"login": senco.email, "password": PASSWORD, "next": address})
    assert first.headers["Location"] == f"/signin/device/?next={address.replace('/', '%2F')}"
    question = client.get(first.headers["Location"]).content.decode()
    assert "Do other people use this device?" in question
    assert re.search(r'value="shared"[^>]*checked', question)
    assert not re.search(r'value="own"[^>]*checked', question)
    assert client.post(first.headers["Location"], {"device": Device.OWN}).headers["Location"] == address
    client.post(reverse("account_logout"))
    again = client.post("/signin/", {"login": senco.email, "password": PASSWORD, "next": address})
    assert again.headers["Location"] == address


def test_the_answer_can_be_changed_and_leads_nowhere_else(client: Client, senco: User, address: str, clock) -> None:
    sign_in(client, senco, Device.OWN)
    assert client.post("/signin/device/?next=https://evil.example/", {"device": Device.SHARED}).headers["Location"] == "/"
    clock("2026-11-16 08:46")
    assert not is_in(client, address)


def test_an_answer_is_of_one_person_and_cannot_be_forged(client: Client, senco: User, head: User, address: str, clock) -> None:
    sign_in(client, senco, Device.OWN)
    theirs = client.cookies[f"device-{senco.pk}"].value
    client.post(reverse("account_logout"))
    sign_in(client, head, None)
    client.cookies[f"device-{head.pk}"] = theirs
    clock("2026-11-16 08:46")
    assert not is_in(client, address)


def test_an_answer_that_is_none_is_asked_for_again(client: Client, senco: User) -> None:
    client.force_login(senco)
    page = client.post(reverse("device"), {"device": "nonsense"})
    assert page.status_code == 200
    assert "Select a valid choice" in page.content.decode()


def test_signed_out_nobody_is_asked(client: Client) -> None:
    assert client.get(reverse("device")).headers["Location"].startswith("/signin/")


def test_a_pupil_is_not_hurried(clock, client: Client, senco: User, school: School, address: str) -> None:
    """While the device is with a pupil, the idle limit is the hour of pupil mode, and no page warns."""
    clock(MORNING)
    sign_in(client, senco, Device.SHARED)
    session = client.session
    session[LOCK] = {"token": 0, "here": "", "back": address}
    session.save()
    clock("2026-11-16 09:15")
    answer = client.get(address)
    assert answer.status_code == 403
    assert "time-limits" not in answer.text
    clock("2026-11-16 10:16")
    assert client.get(address).headers["Location"].startswith("/signin/")
