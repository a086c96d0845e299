"""A review that is opened again: its letters go out of date at once, published figures wait for it, and then say so."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from assessments.models import Judgement, Review
from reports import rendering, services
from reports.models import ALL, Job, Letter, Publication
from reports.services import running
from schools.tenancy import in_school, reading_published
from tests.counting import assert_does_not_grow
from tests.factories.assessments import JudgementFactory, ReviewCycleFactory, ReviewFactory
from tests.factories.pupils import PupilFactory
from tests.factories.targets import TargetFactory


@pytest.fixture(autouse=True)
def media(tmp_path, settings, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(rendering, "render_letter", lambda content: b"pdf")


def work() -> None:
    """What the worker would do of everything that waits."""
    for job in Job.objects.filter(state=Job.State.WAITING).order_by("pk"):
        running.run_job(job.pk)


@pytest.fixture
def reopen(review, senco):
    def open_again() -> Review:
        with in_school(review.school):
            services.reopen_review(review=review, because="The step was wrong", by=senco)
            return Review.objects.select_related("cycle", "pupil__school").get(pk=review.pk)

    return open_again


@pytest.fixture
def finish(review, senco):
    def complete(step: int) -> None:
        with in_school(review.school):
            Judgement.objects.filter(review=review).update(step=step)
            current = Review.objects.select_related("cycle", "pupil__school").get(pk=review.pk)
            services.finish_review(review=current, version=current.version, by=senco)

    return complete


@pytest.fixture
def close(review, senco):
    def end() -> None:
        with in_school(review.school):
            services.end_cycle(cycle=review.cycle, by=senco)
        work()

    return end


def url(name: str, review: Review) -> str:
    return reverse(name, args=[review.school.slug, review.cycle, review.pupil.public_id])


def states(letters_of, review: Review) -> list[str]:
    return [letter.state for letter in letters_of(review)]


@pytest.mark.parametrize("is_approved", [True, False])
def test_letters_turn_stale_and_are_made_again_once_the_review_is_completed_again(
    review, mother, reopen, finish, letters_of, senco, is_approved
):
    work()
    if is_approved:
        with in_school(review.school):
            services.approve_letter(letter=Letter.objects.select_related("review__pupil").get(), by=senco)
    reopen()
    assert states(letters_of, review) == ["stale"]
    finish(step=1)
    work()
    assert states(letters_of, review) == ["stale", "made"]


def test_a_stale_letter_is_neither_approved_nor_opened(client, senco, review, mother, reopen, letters_of):
    work()
    reopen()
    [letter] = letters_of(review)
    client.force_login(senco)
    for name, send in (("letter-approve", client.post), ("letter-file", client.get)):
        send(reverse(name, args=[review.school.slug, letter.public_id]))
    assert states(letters_of, review) == ["stale"]


def test_a_letter_that_was_being_printed_when_the_review_was_opened_again_is_not_kept(review, mother, reopen, letters_of, monkeypatch):
    def open_again_and_print(content: object) -> bytes:
        reopen()
        return b"pdf"

    monkeypatch.setattr(rendering, "render_letter", open_again_and_print)
    work()
    assert states(letters_of, review) == []


def test_the_letters_page_says_so_and_offers_to_make_them_again(client, senco, review, mother, reopen, finish, letters_of):
    work()
    reopen()
    client.force_login(senco)
    assert "The review is open again" in client.get(url("review-letters", review)).text
    finish(step=1)
    Job.objects.filter(kind=Job.Kind.LETTERS, state=Job.State.WAITING).update(state=Job.State.FAILED)
    text = client.get(url("review-letters", review)).text
    assert "The review changed since" in text
    assert "Make the letters again" in text


def figures(review: Review) -> list[tuple[int, bool, int]]:
    """Each publication: its number, whether it is a revision, and the targets moved on."""
    with reading_published([review.school_id]):
        rows = Publication.objects.filter(cyclesummary_rows__strand_key=ALL).order_by("number")
        return list(rows.values_list("number", "is_revision", "cyclesummary_rows__moved_on"))


def test_published_figures_stay_while_a_review_is_open_again_and_change_as_a_revision(review, close, reopen, finish):
    close()
    assert figures(review) == [(1, False, 1)]
    reopen()
    work()
    assert figures(review) == [(1, False, 1)]
    finish(step=1)
    work()
    assert figures(review) == [(1, False, 1), (2, True, 0)]


def test_a_revision_says_that_it_is_one(client, governor, review, close, reopen, finish):
    close()
    page = reverse("school-published", args=[review.school.slug])
    client.force_login(governor)
    assert ", revised" not in client.get(page).text
    reopen()
    finish(step=1)
    work()
    assert re.search(r"Published on [^<]*, revised", client.get(page).text)


def test_the_loop_through_the_pages(client, senco, review):
    client.force_login(senco)
    assert url("review-reopen", review) in client.get(url("review", review)).text
    response = client.post(url("review-reopen", review), {"because": "The step was <wrong>"}, follow=True)
    assert "The step was &lt;wrong&gt;" in response.text
    assert "Complete this review" in response.text
    with in_school(review.school):
        version = Review.objects.get(pk=review.pk).version
    done = client.post(url("review-complete", review), {"version": version}, follow=True)
    assert "The review is completed." in done.text
    assert "Opened again on" in client.get(url("review", review)).text


def test_without_a_reason_the_page_says_what_is_missing_and_nothing_is_opened(client, senco, review):
    client.force_login(senco)
    assert "Say why the review is opened again." in client.post(url("review-reopen", review), {"because": "  "}).text
    with in_school(review.school):
        assert Review.objects.get(pk=review.pk).status == Review.Status.COMPLETED


def test_a_review_that_is_not_completed_leads_back(client, senco, open_review):
    client.force_login(senco)
    assert "cannot be opened again" in client.get(url("review-reopen", open_review), follow=True).text


def test_opening_it_twice_is_said_kindly(client, senco, review):
    client.force_login(senco)
    client.post(url("review-reopen", review), {"because": "Wrong"})
    assert "open already" in client.post(url("review-reopen", review), {"because": "Wrong"}, follow=True).text


def test_closing_a_cycle_says_only_how_many_of_its_own_reviews_would_be_missed(client, senco, review, close, reopen):
    close()
    reopen()
    now = ReviewCycleFactory(school=review.school, number=2, due_on=review.cycle.due_on + timedelta(days=90))
    ReviewFactory(cycle=now, pupil=PupilFactory(school=review.school))
    client.force_login(senco)
    page = client.get(reverse("cycle-close", args=[review.school.slug, now]))
    assert page.context["missed"] == 1


@pytest.mark.parametrize("is_open_again", [True, False])
def test_the_pages_of_a_review_do_not_grow_in_queries_once_its_targets_were_carried_on(client, senco, review, reopen, is_open_again):
    def carried(slot: int) -> None:
        old = TargetFactory(pupil=review.pupil, status="achieved", slot=None)
        TargetFactory(pupil=review.pupil, slot=slot, carried_on_from=old)
        JudgementFactory(review=review, target=old, next="next_step", start=1, aim=2, previous=1, previous_term=1)

    carried(2)
    if is_open_again:
        reopen()
    client.force_login(senco)
    assert_does_not_grow(client, url("review", review), lambda: [carried(slot) for slot in (3, 4, 5)], at_most=14)
