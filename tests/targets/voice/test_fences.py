"""A device in a pupil's hands reaches that pupil's questions and nothing else, whichever address is tried."""

import re
from collections.abc import Iterator
from itertools import islice

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from schools.lock import LOCK
from schools.models import Membership, Role, Token
from schools.services.pins import set_pin
from tests.factories.pupils import PupilFactory
from tests.factories.targets import TargetFactory
from tests.matrix import METHODS
from tests.routes import ROUTES
from tests.targets.voice.visits import FIRST_TARGET, PIN, start_url, voice
from tests.test_every_view_is_guarded import patterns
from tests.world import World, build_world

ASKS = "Only the adult who handed it over"
CLOSED = "This page is closed"
NO_ARGUMENTS = {pattern.name for address, pattern in patterns() if "<" not in address and pattern.name}


@pytest.fixture
def world(partnership) -> World:
    return build_world("own", partnership)


@pytest.fixture
def handed(client: Client, world) -> Client:
    """The SENCO's browser in the hands of a pupil; a SENCO may open nearly everything else."""
    senco = world.staff[Role.SENCO]
    client.force_login(senco)
    set_pin(user=senco, digits=PIN, by=senco)
    pupil = PupilFactory(school=world.school)
    assert client.post(start_url(pupil), {"scale": "three", "given": "own", "pin": ""}).status_code == 302
    return client


def addresses(world: World) -> list[str]:
    """Every address of the site, filled with rows of the school; those of Django's admin by its first page."""
    guarded = [route.url(name, world if route.below == "school" else _place(world), world) for name, route in ROUTES.items()]
    return [*guarded, *(reverse(name) for name in sorted(NO_ARGUMENTS) if name != "take-back"), "/admin/", "/voice/another-token/1/"]


class _place:
    def __init__(self, world: World) -> None:
        self.partnership = world.school.partnership


def reached(client: Client, world: World) -> Iterator[str]:
    """The addresses that answer with anything but the page for the PIN, not found, or the plain page for the adult."""
    for url in addresses(world):
        for method in METHODS:
            if url == reverse("account_logout") and method == "post":
                continue  # ends the session as a whole
            answer = getattr(client, method)(url)
            is_shut = (answer.status_code == 403 and ASKS in answer.text) or answer.status_code == 404
            if not is_shut or world.canary in answer.text or world.mark in answer.text:
                yield f"{method} {url}: {answer.status_code}"


def test_every_address_is_shut(handed, world):
    assert list(reached(handed, world)) == []


def test_without_the_lock_they_would_open(handed, world, settings):
    """The control: the same addresses, the same person, and the lock left out."""
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != "schools.middleware.locked_sessions"]
    unlocked = Client()
    unlocked.cookies = handed.cookies
    assert len(list(islice(reached(unlocked, world), 10))) == 10


def test_the_other_pupils_token_does_not_open_here(client, hand_over, key_worker, pupil):
    """Two pupils, two devices of the same key worker: neither opens the other's page."""
    first = hand_over()
    other_device = Client()
    other_device.force_login(key_worker)
    second = other_device.post(start_url(pupil), {"scale": "three", "given": "own", "pin": ""}).headers["Location"]
    for browser, own, other in ((client, first, second), (other_device, second, first)):
        assert browser.get(own).status_code == 200
        for answer in (browser.get(other), browser.post(other, {"answer": "unsaid"})):
            assert (answer.status_code, CLOSED in answer.text) == (404, True)


def closed_for(browser: Client, url: str) -> bool:
    answers = [browser.get(url), browser.post(url, {"answer": "unsaid"})]
    return all(answer.status_code == 404 and CLOSED in answer.text and "Ravi" not in answer.text for answer in answers)


def test_a_token_opens_nothing_without_its_session(hand_over, key_worker, senco):
    first = hand_over()
    anonymous, colleague, same_person = Client(), Client(), Client()
    colleague.force_login(senco)
    same_person.force_login(key_worker)
    assert all(closed_for(browser, first) for browser in (anonymous, colleague, same_person))


def test_a_session_of_somebody_else_with_the_lock_of_this_one_opens_nothing(client, hand_over, senco):
    first = hand_over()
    thief = Client()
    thief.force_login(senco)
    session = thief.session
    session[LOCK] = client.session[LOCK]
    session.save()
    assert closed_for(thief, first)


def test_after_its_hour_it_is_closed_and_what_was_said_is_kept(client, hand_over, pupil, ravi):
    ravi(FIRST_TARGET, answer="well")
    Token.objects.update(expires_at=timezone.now())
    answer = ravi(FIRST_TARGET)
    assert (answer.status_code, CLOSED in answer.text) == (404, True)
    assert "Take the device back with your PIN" in answer.text
    assert ravi(FIRST_TARGET, answer="hard").status_code == 404
    assert voice(pupil, FIRST_TARGET).answer == "well"


def test_each_answer_begins_the_hour_anew(ravi):
    Token.objects.update(expires_at=timezone.now() + timezone.timedelta(minutes=1))
    ravi(FIRST_TARGET, answer="well")
    assert Token.objects.get().expires_at > timezone.now() + timezone.timedelta(minutes=59)


def test_a_role_that_ends_closes_the_device(ravi, key_worker):
    assert ravi(1).status_code == 200
    Membership.objects.filter(user=key_worker).update(ended_at=timezone.now())
    assert ravi(1).status_code == 404


def test_a_key_worker_who_is_no_longer_the_pupils_is_shut_out(ravi, pupil):
    from schools.tenancy import in_school

    assert ravi(1).status_code == 200
    with in_school(pupil.school):
        pupil.key_workers.update(ends_on="2026-01-01", starts_on="2025-01-01")
    assert ravi(1).status_code == 404


@pytest.mark.parametrize("number", [0, 9, 99])
def test_there_are_no_more_pages_than_questions(ravi, number):
    assert ravi(number).status_code == 404


def test_a_page_shows_its_own_target_and_no_other_pupils(ravi, pupil):
    other = TargetFactory(pupil=PupilFactory(school=pupil.school), wording="I am another pupil's")
    assert all(other.wording not in ravi(number).text for number in range(1, 9))


def test_nothing_of_the_pupil_is_in_the_address_or_the_title(ravi, pupil):
    for number in range(1, 9):
        answer = ravi(number)
        text = answer.text
        assert re.fullmatch(r"/voice/[\w-]{32}/\d/", answer.request["PATH_INFO"])
        title = text[text.index("<title>") : text.index("</title>")]
        assert "Ravi" not in title
        assert str(pupil.public_id) not in text


def test_no_page_is_kept_by_the_browser(client, hand_over, pupil):
    answer = client.post(start_url(pupil), {"scale": "three", "given": "own", "pin": ""})
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    for url in (answer.headers["Location"], start_url(pupil), f"/schools/{pupil.school.slug}/pupils/"):
        assert client.get(url).headers["Cache-Control"] == "no-store"
