"""Who has the same reviews open: enough to prevent most conflicts, and nothing about anybody else's pupils."""

import pytest
from django.core.cache import cache
from django.urls import reverse
from redis.exceptions import ConnectionError as NoRedis

from schools.models import Role
from targets.models import Target
from tests.factories.pupils import KeyWorkerFactory


@pytest.fixture
def classmate(another) -> Target:
    """A target of another pupil of the class, from before the cycle opened."""
    return another()


@pytest.fixture
def presence(client, cycle):
    cache.clear()

    def ask(person, query="?group=7B"):
        client.force_login(person)
        return client.post(reverse("grid-presence", args=[cycle.school.slug, cycle]) + query).json()

    return ask


def test_two_people_in_one_class_see_each_other(presence, senco, target, key_worker):
    KeyWorkerFactory(pupil=target.pupil, user=key_worker)
    assert presence(senco)["words"] == ""
    assert presence(key_worker)["words"] == f"{senco} is in 7B now"
    assert presence(senco) == {"words": f"{key_worker} is in 7B now"}


def test_a_key_worker_among_own_pupils_and_a_senco_in_their_class_see_each_other(presence, senco, target, key_worker):
    KeyWorkerFactory(pupil=target.pupil, user=key_worker)
    assert presence(key_worker, "")["words"] == ""
    assert presence(senco)["words"] == f"{key_worker} is in 7B now"
    assert presence(key_worker, "")["words"] == f"{senco} is in 7B now"


def test_two_key_workers_with_other_pupils_of_one_class_are_not_told_of_each_other(classmate, presence, member, school, target):
    people = [member(school, Role.KEY_WORKER) for _ in range(2)]
    for person, pupil in zip(people, (target.pupil, classmate.pupil), strict=True):
        KeyWorkerFactory(pupil=pupil, user=person)
    assert [presence(person, "")["words"] for person in people * 2] == [""] * 4


def test_the_cache_knows_people_by_their_ids_alone(presence, senco, monkeypatch):
    kept = []
    monkeypatch.setattr(cache, "set", lambda key, value, timeout: kept.append((key, value)))
    presence(senco)
    assert [list(value) for _, value in kept] == [[senco.pk]]
    assert senco.name not in str(kept)


def test_without_a_cache_nobody_is_seen_and_nothing_breaks(presence, senco, monkeypatch):
    def gone(*args: object) -> None:
        raise NoRedis

    monkeypatch.setattr(cache, "get", gone)
    assert presence(senco)["words"] == ""
