"""Rows that save themselves: what a script sends, and what it is told."""

import json

import pytest
from django.urls import reverse

from assessments import services
from assessments.models import Judgement, Review, SetAside
from pupils.models import Pupil
from schools.tenancy import in_school
from targets import services as targets
from targets.services.targets import Closing
from tests.assessments.grid.conftest import judged, review_of, row_url
from tests.counting import assert_does_not_grow
from tests.factories.pupils import KeyWorkerFactory
from tests.factories.targets import OneToOneFactory

EMPTY = {"step": "", "next": "", "note": ""}


@pytest.fixture
def patch(client, senco, cycle, target):
    """Send a row as the page's script does: patch(values={"step": "3"})."""
    client.force_login(senco)

    def send(values, base=EMPTY, unchosen=None, url=None):
        body = json.dumps({"base": base, "values": values, "unchosen": unchosen or {}})
        return client.patch(url or row_url(cycle, target), body, content_type="application/json", headers={"Accept": "application/json"})

    return send


def test_a_saved_row_comes_back_as_it_stands_now(patch, target):
    reply = patch({"step": "3", "note": "Asks in science"})
    assert reply.status_code == 200
    said = reply.json()
    assert said["values"] | {"step": "3", "next": "keep", "note": "Asks in science"} == said["values"]
    assert (said["done"], said["counts"], said["closed"], said["kept"]) == (True, True, False, "")
    assert "Saved " in said["state"]
    assert judged(target).step == 3


def test_a_next_action_that_is_sent_was_decided_and_one_that_is_not_follows_the_step(patch, target):
    saved = {"step": "3", "next": "keep"}
    patch({"step": "3"})
    assert patch({"step": "4", "next": "keep"}, base=saved).json()["values"]["next"] == "keep"
    patch(saved, base={"step": "4", "next": "keep"})
    assert patch({"step": "4"}, base=saved).json()["values"]["next"] == "close"


def test_not_seen_goes_to_and_fro_as_x(patch, target):
    assert patch({"step": "X"}).json()["values"]["step"] == "X"
    assert patch({"note": "Away"}, base={"step": "X", "note": ""}).json()["values"]["not_seen"] == "no_opportunity"


def test_what_is_left_to_do_is_said_in_the_row(patch):
    said = patch({"step": "2", "next": "close"}).json()
    assert said["done"] is False
    assert "Say why the target ends" in said["state"]


def test_somebody_elses_field_is_kept_and_named(patch, client, head, target):
    review = review_of(target)
    with in_school(target.school):
        services.save_row(review=review, target_id=target.pk, base={"note": ""}, mine={"note": "Theirs"}, by=head)
    said = patch({"step": "3", "note": ""}).json()
    assert said["values"]["note"] == "Theirs"
    assert said["kept"] == f"{head}’s note kept too."


def test_a_clash_is_answered_with_both_values_and_who_wrote_the_other(patch, head, target):
    with in_school(target.school):
        services.save_row(review=review_of(target), target_id=target.pk, base={"step": None}, mine={"step": 2}, by=head)
    reply = patch({"step": "3"})
    assert reply.status_code == 409
    said = reply.json()
    assert (said["theirs"], said["mine"], said["by"]) == ({"step": "2"}, {"step": "3"}, str(head))
    assert said["names"]["step"] in said["html"]
    assert f"{head} changed this at" in said["html"]
    assert judged(target).step == 2


def test_the_answer_to_a_clash_sets_the_other_value_aside(patch, head, target):
    with in_school(target.school):
        services.save_row(review=review_of(target), target_id=target.pk, base={"step": None}, mine={"step": 2}, by=head)
    assert patch({"step": "3"}, base={"step": "2"}, unchosen={"step": "2"}).status_code == 200
    with in_school(target.school):
        assert [(row.value, row.written_by) for row in SetAside.objects.all()] == [("2", head)]
    assert judged(target).step == 3


def test_a_character_that_means_no_step_is_said_at_its_cell(patch, target):
    reply = patch({"step": "7"})
    assert reply.status_code == 422
    assert reply.json() == {"errors": {f"now-{target.pk}": "Type 0 to 4, or X."}}


def test_a_note_that_is_too_long_is_said_at_its_field(patch, target):
    assert f"note-{target.pk}" in patch({"note": "x" * 201}).json()["errors"]


@pytest.mark.parametrize("body", ["", "[]", "nonsense", '{"values": 3}'])
def test_a_torn_body_is_not_found_and_saves_nothing(client, senco, cycle, target, body):
    client.force_login(senco)
    assert client.patch(row_url(cycle, target), body, content_type="application/json").status_code == 404
    with in_school(target.school):
        assert not Judgement.objects.exists()


def test_a_finished_review_refuses_with_words(patch, target):
    with in_school(target.school):
        Review.objects.update(status=Review.Status.COMPLETED, completed_at="2026-11-20T12:00Z")
    reply = patch({"step": "3"})
    assert (reply.status_code, reply.json()["refused"]) == (422, "This review is completed already. Nothing was changed.")


def test_a_pupil_who_left_is_refused_with_words(patch, target):
    with in_school(target.school):
        Pupil.objects.update(left_on="2026-01-01")
    assert "has left" in patch({"step": "3"}).json()["refused"]


def test_a_target_closed_meanwhile_keeps_the_note_and_says_so(patch, target, senco):
    with in_school(target.school):
        targets.close_target(target=target, closing=Closing(step=3), by=senco)
    said = patch({"step": "1", "note": "Typed before I knew"}).json()
    assert (said["closed"], said["values"]["step"], said["values"]["note"]) == (True, "3", "Typed before I knew")


def test_somebody_signed_out_is_told_so_and_not_led_away(client, cycle, target):
    reply = client.patch(row_url(cycle, target), "{}", content_type="application/json", headers={"Accept": "application/json"})
    assert reply.status_code == 401


def test_a_page_saves_nothing_under_the_name_of_somebody_else(patch, client, head, senco, cycle, target):
    """On a shared device the page of one person may still stand open when the next one is signed in."""
    body = json.dumps({"base": EMPTY, "values": {"step": "3"}})
    said = reverse("review-said", args=[cycle.school.slug, cycle, target.pupil.public_id])
    for url in (row_url(cycle, target), said):
        headers = {"Accept": "application/json", "X-Person": str(head.pk)}
        reply = client.patch(url, body, content_type="application/json", headers=headers)
        assert (reply.status_code, reply.json()) == (401, {"other": True})
    with in_school(target.school):
        assert not Judgement.objects.exists()
    headers["X-Person"] = str(senco.pk)
    assert client.patch(row_url(cycle, target), body, content_type="application/json", headers=headers).status_code == 200


def test_a_key_worker_saves_own_pupils_alone(client, key_worker, another, target, open_cycle, patch):
    other = another()
    KeyWorkerFactory(pupil=target.pupil, user=key_worker)
    cycle = review_of(target).cycle
    client.force_login(key_worker)
    assert patch({"step": "3"}).status_code == 200
    assert patch({"step": "3"}, url=row_url(cycle, other)).status_code == 404
    assert judged(target).saved_by == key_worker


def test_what_was_said_saves_itself_too(patch, target, cycle):
    review = review_of(target)
    url = reverse("review-said", args=[target.school.slug, cycle, target.pupil.public_id])
    base = {"pupil_view_state": "", "pupil_view": "", "parents_view": "", "parents_met_on": ""}
    said = patch({"pupil_view_state": "given", "pupil_view": "It is hard"}, base=base, url=url).json()
    assert said["values"] == base | {"pupil_view_state": "given", "pupil_view": "It is hard"}
    assert patch({"pupil_view": "Mine"}, base=base, url=url).status_code == 409
    assert review_of(target).pupil_view == "It is hard"
    assert patch({"parents_met_on": "2999-01-01"}, base=base, url=url).status_code == 422
    with in_school(target.school):
        Review.objects.filter(pk=review.pk).update(status=Review.Status.MISSED)
    assert "counts as missed" in patch({"pupil_view": "Late"}, base=base, url=url).json()["refused"]


def test_the_evidence_of_a_row_is_a_page_of_its_own(client, senco, cycle, target, head):
    OneToOneFactory(pupil=target.pupil, key_worker=head, steps={target: 3})
    with in_school(target.school):
        review = review_of(target)
        services.save_row(review=review, target_id=target.pk, base={"step": None}, mine={"step": 2}, by=head)
        services.save_row(review=review, target_id=target.pk, base={"step": 2}, mine={"step": 3}, unchosen={"step": 2}, by=senco)
    client.force_login(senco)
    text = client.get(row_url(cycle, target)).text
    assert f"{head}" in text
    assert f"{head} had put this term to “Getting there”." in text
    assert target.wording in text


def test_the_evidence_does_not_grow_in_queries(client, senco, cycle, target):
    client.force_login(senco)
    OneToOneFactory(pupil=target.pupil, steps={target: 3})

    def more() -> None:
        for _ in range(29):
            OneToOneFactory(pupil=target.pupil, steps={target: 2})

    assert_does_not_grow(client, row_url(cycle, target), more, at_most=15)
