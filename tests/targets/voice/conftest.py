"""Ravi with three targets and his key worker, and the browser of the key worker in Ravi's hands."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from schools.services.pins import set_pin
from tests.factories.pupils import KeyWorkerFactory, PupilFactory
from tests.factories.targets import TargetFactory
from tests.targets.voice.visits import PIN, start_url


@pytest.fixture
def pupil(school, key_worker):
    pupil = PupilFactory(school=school, forename="Ravi", surname="Patel")
    KeyWorkerFactory(pupil=pupil, user=key_worker)
    return pupil


@pytest.fixture
def targets(pupil):
    return [TargetFactory(pupil=pupil, slot=slot, wording=f"I can do thing {slot}") for slot in (1, 2, 3)]


@pytest.fixture
def hand_over(client: Client, key_worker, pupil, targets) -> Callable[..., str]:
    """Start pupil mode as the key worker does; returns the address of its first page."""
    client.force_login(key_worker)
    set_pin(user=key_worker, digits=PIN, by=key_worker)

    def start(query: str = "", **values: str) -> str:
        answer = client.post(start_url(pupil) + query, {"scale": "three", "given": "own", "pin": "", **values})
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"]

    return start


@pytest.fixture
def ravi(client: Client, hand_over) -> Callable[..., Any]:
    """Ravi at a page: `ravi(2)` looks at it, `ravi(2, answer="well")` sends it."""
    first = hand_over()

    def at(number: int, **sent: object) -> Any:
        url = first.replace("/1/", f"/{number}/")
        return client.post(url, sent) if sent else client.get(url)

    return at


@pytest.fixture
def take_back(client: Client) -> Callable[[], Any]:
    return lambda: client.post(reverse("take-back"), {"pin": PIN})
