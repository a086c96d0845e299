"""The task list of a cycle: where its classes and key workers are, and the ways on from there."""

import re

import pytest
from django.urls import reverse

from assessments.models import Review, ReviewCycle
from tests.factories.assessments import ReviewFactory
from tests.factories.pupils import KeyWorkerFactory, PupilFactory


def url(name: str, cycle: ReviewCycle, query: str = "") -> str:
    return reverse(name, args=[cycle.school.slug, cycle]) + query


def test_by_key_worker_each_has_a_row_and_nobodys_pupils_stand_last(client, senco, cycle, review_of, key_worker):
    review_of()
    ReviewFactory(pupil=PupilFactory(school=cycle.school, forename="Alone"), cycle=cycle)
    client.force_login(senco)
    text = client.get(url("cycle", cycle, "?by=worker")).text
    assert f"{key_worker.name} – 1 pupil" in text
    assert text.index(key_worker.name) < text.index("No key worker – 1 pupil")
    assert "Ravi C." in client.get(url("cycle", cycle, f"?worker={key_worker.pk}")).text
    nobody = client.get(url("cycle", cycle, "?worker=-")).text
    assert "Alone S." in nobody
    assert "Ravi C." not in nobody


def judged_in_the_grid(client, cycle, worker) -> list[Review]:
    response = client.get(url("review-grid", cycle), {"worker": worker})
    return [part["block"].review for part in response.context["parts"]]


def test_the_button_says_how_many_key_workers_have_something_left(client, senco, cycle, review_of):
    client.force_login(senco)
    assert "Remind key workers (" not in client.get(url("cycle", cycle)).text
    review_of()
    assert "Remind key workers (1)" in client.get(url("cycle", cycle)).text


def test_the_pupils_of_a_key_worker_are_judged_in_one_grid(client, senco, cycle, review_of, key_worker):
    mine, other = review_of(), ReviewFactory(pupil=PupilFactory(school=cycle.school), cycle=cycle)
    client.force_login(senco)
    listed = client.get(url("cycle", cycle), {"worker": key_worker.pk}).text
    assert f'href="{url("review-grid", cycle)}?worker={key_worker.pk}"' in listed
    assert f"Pupils of {key_worker.name}" in client.get(url("review-grid", cycle), {"worker": key_worker.pk}).text
    assert judged_in_the_grid(client, cycle, key_worker.pk) == [mine]
    assert judged_in_the_grid(client, cycle, "-") == [other]


def test_a_key_worker_cannot_ask_for_the_pupils_of_another(client, senco, cycle, review_of, key_worker):
    mine, other = review_of(), ReviewFactory(pupil=PupilFactory(school=cycle.school), cycle=cycle)
    KeyWorkerFactory(pupil=other.pupil, user=senco)
    client.force_login(key_worker)
    assert judged_in_the_grid(client, cycle, senco.pk) == [mine]


def test_a_row_of_a_class_names_its_key_workers_and_what_waits(client, senco, cycle, review_of, key_worker):
    review_of("waiting")
    client.force_login(senco)
    text = client.get(url("cycle", cycle)).text
    assert key_worker.name in text
    assert "1 waiting" in text
    assert re.search(r">Waiting</span>\s*<span class=\"muted\">Parents<", text)


@pytest.mark.parametrize("junk", ["99999999999999999999", "x", ""])
def test_an_unknown_key_worker_shows_no_error(client, senco, cycle, junk):
    client.force_login(senco)
    assert client.get(url("cycle", cycle, f"?worker={junk}")).status_code == 200
