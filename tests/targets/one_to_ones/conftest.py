"""Ravi, his key worker and three targets; what the form of a one-to-one sends; and the first page of a key worker."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from tests.factories.pupils import KeyWorkerFactory, PupilFactory
from tests.factories.targets import OneToOneFactory, TargetFactory
from tests.targets.one_to_ones.talks import url_of


@pytest.fixture
def pupil(school, key_worker):
    pupil = PupilFactory(school=school, forename="Ravi", surname="Patel", sex="M")
    KeyWorkerFactory(pupil=pupil, user=key_worker)
    return pupil


@pytest.fixture
def targets(pupil):
    return [TargetFactory(pupil=pupil, slot=slot, wording=f"I can do thing {slot}") for slot in (1, 2, 3)]


@pytest.fixture
def typed(targets):
    """What the form sends: three steps and nothing else."""

    def make(*steps: object, **more: object) -> dict[str, object]:
        values = {f"step-{target.public_id}": step for target, step in zip(targets, steps, strict=False)}
        notes = {f"note-{target.public_id}": "" for target in targets}
        rest = {"client_id": str(uuid4()), "held_on": localdate().isoformat(), "minutes": "", "note": "", "audience": "shared"}
        return {**rest, **notes, **values, **more}

    return make


@pytest.fixture
def send(client, key_worker, pupil):
    client.force_login(key_worker)

    def post(data: dict, url: str = "") -> str:
        return client.post(url or url_of(pupil), data, follow=True).text

    return post


@pytest.fixture
def own(school, key_worker):
    """Make a pupil of the key worker's own, with one target, met some days ago or never."""

    def make(forename: str, days_ago: int | None = None, **fields):
        pupil = PupilFactory(school=school, forename=forename, surname="Patel", **fields)
        KeyWorkerFactory(pupil=pupil, user=key_worker)
        target = TargetFactory(pupil=pupil, set_on=localdate() - timedelta(days=3), start=1)
        if days_ago is not None:
            OneToOneFactory(pupil=pupil, held_on=localdate() - timedelta(days=days_ago), steps={target: 2})
        return pupil

    return make


@pytest.fixture
def today(client, school, key_worker):
    client.force_login(key_worker)

    def get(**query) -> str:
        if "q" in query:
            return client.post(reverse("today", args=[school.slug]), query, follow=True).text
        return client.get(reverse("today", args=[school.slug]), query).text

    return get
