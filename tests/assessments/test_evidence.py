"""What a review rests on stays; before that a one-to-one can be undone, or marked as entered in error."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from assessments.models import Review
from assessments.services import evidence
from schools.models import AuditEvent
from schools.tenancy import in_school
from targets.models import OneToOne
from targets.services.refusals import ReviewRestsOnIt
from tests.factories.assessments import ReviewFactory
from tests.factories.pupils import KeyWorkerFactory, PupilFactory
from tests.factories.targets import OneToOneFactory, TargetFactory


@pytest.fixture
def mine(school, key_worker) -> OneToOne:
    """A one-to-one that the key worker recorded an hour ago."""
    pupil = PupilFactory(school=school, forename="Ravi", surname="Patel")
    KeyWorkerFactory(pupil=pupil, user=key_worker)
    recorded = {"key_worker": key_worker, "recorded_at": now() - timedelta(hours=1), "note": "Words of it."}
    return OneToOneFactory(pupil=pupil, steps={TargetFactory(pupil=pupil): 3}, **recorded)


def address(name: str, row: OneToOne) -> str:
    return reverse(name, args=[row.school.slug, row.public_id])


def of_now(row: OneToOne) -> OneToOne:
    with in_school(row.school):
        return OneToOne.objects.get(pk=row.pk)


def test_undo_takes_it_back_and_says_so(client, key_worker, mine):
    client.force_login(key_worker)
    text = client.post(address("one-to-one-undo", mine), follow=True).text
    assert "The one-to-one with Ravi is undone." in text
    assert (of_now(mine).voided_because, of_now(mine).note) == ("undone", "")
    with in_school(mine.school):
        assert AuditEvent.objects.filter(action="one-to-one.undone", row_id=mine.pk, by=key_worker).count() == 1


def test_undo_is_sent_and_not_followed_as_a_link(client, key_worker, mine):
    client.force_login(key_worker)
    assert client.get(address("one-to-one-undo", mine)).status_code == 405
    assert of_now(mine).voided_at is None


def test_undoing_twice_is_said_so(client, key_worker, mine):
    client.force_login(key_worker)
    client.post(address("one-to-one-undo", mine))
    assert "taken back in the meantime" in client.post(address("one-to-one-undo", mine), follow=True).text


def test_nobody_undoes_what_another_recorded(client, senco, mine):
    client.force_login(senco)
    assert "by the person who recorded it" in client.post(address("one-to-one-undo", mine), follow=True).text
    assert of_now(mine).voided_at is None


@pytest.mark.parametrize("who", ["key_worker", "senco"])
def test_entered_in_error_asks_why_and_blanks_the_words(client, mine, who, request):
    client.force_login(request.getfixturevalue(who))
    assert "Words of it." in client.get(address("one-to-one-void", mine)).text
    assert "Choose what is wrong with it." in client.post(address("one-to-one-void", mine)).text
    text = client.post(address("one-to-one-void", mine), {"because": "wrong_pupil"}, follow=True).text
    assert "it was recorded for the wrong pupil" in text
    assert "Words of it." not in text
    assert of_now(mine).voided_because == "wrong_pupil"


def test_undone_is_no_reason_that_can_be_chosen(client, senco, mine):
    client.force_login(senco)
    assert "Select a valid choice" in client.post(address("one-to-one-void", mine), {"because": "undone"}).text


def test_another_key_worker_does_not_mark_it(client, teacher, mine):
    KeyWorkerFactory(pupil=mine.pupil, user=teacher)
    client.force_login(teacher)
    assert client.post(address("one-to-one-void", mine), {"because": "other"}).status_code == 404
    assert of_now(mine).voided_at is None


def complete_review(row: OneToOne, at, status: str = Review.Status.COMPLETED) -> Review:
    return ReviewFactory(pupil=row.pupil, status=status, completed_at=at)


@pytest.mark.parametrize("status", [Review.Status.COMPLETED, Review.Status.IN_PROGRESS])
def test_once_a_review_was_completed_after_it_it_stays(client, senco, key_worker, mine, status):
    complete_review(mine, now(), status)  # in progress: it was opened again after it had been completed
    with in_school(mine.school):
        for deed in (evidence.undo_one_to_one, lambda **how: evidence.void_one_to_one(because="other", **how)):
            with pytest.raises(ReviewRestsOnIt):
                deed(one_to_one=mine, by=key_worker)
    client.force_login(senco)
    text = client.post(address("one-to-one-void", mine), {"because": "other"}, follow=True).text
    assert "A review was completed after this was recorded" in text
    assert of_now(mine).note == "Words of it."


def test_a_review_completed_before_it_or_of_another_pupil_is_no_hindrance(key_worker, mine):
    complete_review(mine, mine.recorded_at - timedelta(minutes=1))
    ReviewFactory(pupil=PupilFactory(school=mine.school), status="completed", completed_at=now(), cycle__number=2)
    with in_school(mine.school):
        evidence.undo_one_to_one(one_to_one=mine, by=key_worker)
    assert of_now(mine).voided_at
