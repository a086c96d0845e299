"""Waiting and on hold: each with its reason, kept until somebody lifts it, and no way round the end of a cycle."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from assessments import services
from assessments.models import Review
from assessments.services import refusals
from pupils.models import Pupil
from schools.models import AuditEvent
from schools.tenancy import in_school
from tests.assessments.conftest import COMPLETED
from tests.assessments.test_completing import SPRING_OPENED

PAUSED = ("waiting", "on_hold")


def now(review: Review) -> Review:
    with in_school(review.school):
        return Review.objects.get(pk=review.pk)


@pytest.fixture
def pause(senco):
    def put(review: Review, status: str = "waiting", because: str = "parents", words: str = "") -> Review:
        with in_school(review.school):
            services.pause_review(review=review, status=status, because=because, words=words, by=senco)
        return now(review)

    return put


@pytest.fixture
def resume(senco):
    def lift(review: Review) -> Review:
        with in_school(review.school):
            services.resume_review(review=review, by=senco)
        return now(review)

    return lift


def url(name: str, review: Review, query: str = "") -> str:
    return reverse(name, args=[review.school.slug, review.cycle, review.pupil.public_id]) + query


@pytest.mark.parametrize("status", PAUSED)
def test_saving_a_draft_leaves_a_pause_as_it_is(review, target, save, pause, status):
    pause(review, status, words="meeting on 1 December")
    save(review, target, step=2)
    assert (now(review).status, now(review).why_paused) == (status, "Parents: meeting on 1 December")


@pytest.mark.parametrize(
    ("draft", "expected"),
    [({}, "not_started"), ({"note": "Seen once"}, "in_progress"), ({"step": 2}, "ready")],
)
def test_once_lifted_a_review_stands_where_its_draft_is(review, target, save, pause, resume, draft, expected):
    if draft:
        save(review, target, **draft)
    pause(review, "on_hold", "ill")
    lifted = resume(review)
    assert (lifted.status, lifted.paused_because, lifted.status_reason) == (expected, "", "")


def test_a_view_alone_has_begun_a_review(review, save, pause, resume):
    save(review, pupil_view="It is hard")
    pause(review)
    assert resume(review).status == "in_progress"


def test_pausing_leaves_its_trace(review, pause, resume):
    pause(review, "on_hold", "ill")
    resume(review)
    with in_school(review.school):
        actions = AuditEvent.objects.filter(action__startswith="review.").order_by("pk").values_list("action", flat=True)
        assert list(actions) == ["review.on_hold", "review.resumed"]


@pytest.mark.parametrize(("because", "words"), [("", "later"), ("other", "")])
def test_a_pause_without_its_reason_is_refused(review, pause, because, words):
    with pytest.raises(refusals.PauseNeedsAReason):
        pause(review, because=because, words=words)
    assert now(review).status == "not_started"


def test_the_database_holds_no_pause_without_a_reason(review):
    with in_school(review.school), pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.filter(pk=review.pk).update(status="on_hold")


@pytest.mark.parametrize("status", PAUSED)
def test_a_paused_review_is_not_completed_until_the_pause_is_lifted(review, target, save, complete, pause, resume, status):
    save(review, target, step=2)
    pause(review, status)
    with pytest.raises(refusals.ReviewIsPaused):
        complete(review)
    resume(review)
    assert complete(review).status == "completed"


@pytest.mark.parametrize("status", PAUSED)
def test_a_pause_rescues_no_review_from_being_missed(review, pause, resume, open_it, status):
    """Once the cycle is over the review is missed, keeps its reason, and lifting the pause changes nothing."""
    pause(review, status, "ill")
    open_it(2, at=SPRING_OPENED)
    with pytest.raises(refusals.ReviewWasMissed):
        resume(review)
    assert (now(review).status, now(review).paused_because) == ("missed", "ill")


def test_a_pause_is_lifted_once(review, pause, resume):
    pause(review)
    resume(review)
    with pytest.raises(refusals.NothingToLift):
        resume(review)


def test_a_completed_review_is_not_paused(review, target, save, complete, pause):
    save(review, target, step=2)
    complete(review)
    with pytest.raises(refusals.ReviewAlreadyCompleted):
        pause(review)


def test_the_review_of_a_pupil_who_left_is_neither_paused_nor_saved_nor_completed(review, target, save, complete, pause):
    save(review, target, step=2)
    with in_school(review.school):
        Pupil.objects.filter(pk=review.pupil_id).update(left_on=COMPLETED.date().replace(year=2025))
        review = Review.objects.select_related("pupil", "cycle").get(pk=review.pk)
    for change in (lambda: pause(review), lambda: save(review, target, step=3), lambda: complete(review)):
        with pytest.raises(refusals.PupilLeftMeanwhile):
            change()


def test_a_senco_lets_a_review_wait_from_the_class_and_lifts_it_there(client, senco, review):
    client.force_login(senco)
    typed = {"status": "waiting", "because": "parents", "words": "no answer yet", "from": "class"}
    in_class = client.post(url("review-pause", review), typed, follow=True)
    assert in_class.redirect_chain[-1][0].endswith("?class=7B")
    assert "Parents: no answer yet" in in_class.text
    lifted = client.post(url("review-resume", review), {"from": "class"}, follow=True)
    assert lifted.redirect_chain[-1][0].endswith("?class=7B")
    assert "no answer yet" not in lifted.text
    assert now(review).status == "not_started"


def test_another_reason_without_words_is_said_at_its_field_and_nothing_typed_is_lost(client, senco, review):
    client.force_login(senco)
    response = client.post(url("review-pause", review), {"status": "on_hold", "because": "other", "words": " "})
    assert "Write the reason in a few words." in response.text
    assert '<option value="other" selected>' in response.text
    assert now(review).status == "not_started"


def test_the_check_page_says_why_a_review_waits_and_offers_to_lift_it(client, senco, review, target, save, pause):
    save(review, target, step=2)
    pause(review, "on_hold", "other", "The family is <abroad>")
    client.force_login(senco)
    text = client.get(url("review", review)).text
    assert "The family is &lt;abroad&gt;" in text
    assert "Take it off hold" in text
    assert "Complete this review" not in text


def test_a_head_reads_the_reason_and_cannot_lift_it(client, head, review, pause):
    pause(review, words="no answer yet")
    client.force_login(head)
    text = client.get(url("review", review)).text
    assert "no answer yet" in text
    assert "It waits no longer" not in text
    assert client.post(url("review-resume", review)).status_code == 404


def test_a_finished_review_leads_back_from_the_page_of_the_pause(client, senco, review, open_it):
    open_it(2, at=SPRING_OPENED)
    client.force_login(senco)
    assert "can only be read" in client.get(url("review-pause", review), follow=True).text
