"""Cycles and reviews through their pages."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.urls import reverse

from assessments import services
from assessments.models import Judgement, Review
from schools.models import Role, School
from schools.tenancy import in_school
from targets import services as targets
from targets.models import Target
from targets.services.targets import Closing
from tests.counting import assert_does_not_grow
from tests.factories.assessments import CycleDatesFactory, JudgementFactory, ReviewCycleFactory, ReviewFactory
from tests.factories.pupils import KeyWorkerFactory, PupilFactory
from tests.factories.targets import TargetFactory

MARKUP = '<img src=x onerror="alert(1)">'


@pytest.fixture
def dates(school: School):
    return CycleDatesFactory.around_today(school)


@pytest.fixture
def pupil(school: School, dates):
    return PupilFactory(school=school, forename="Ravi", surname="Patel")


@pytest.fixture
def target(pupil, dates) -> Target:
    return TargetFactory(pupil=pupil, wording="I ask for help", start=1, aim=3, review_on=dates[0].due_on)


@pytest.fixture
def review(school, dates, target, senco) -> Review:
    with in_school(school):
        cycle = services.open_cycle(school=school, dates=dates[0], by=senco)
        return Review.objects.select_related("cycle", "pupil").get(cycle=cycle)


def url(name: str, review: Review) -> str:
    return reverse(name, args=[review.school.slug, review.cycle, review.pupil.public_id])


@pytest.fixture
def opened(client) -> Callable[..., dict[str, str]]:
    """Open the judging page and give back what its form would send."""

    def open_page(review: Review) -> dict[str, str]:
        text = client.get(url("review-judge", review)).text
        seal = re.search(r'name="opened" value="([^"]*)"', text)
        assert seal
        names = re.findall(r'<(?:select|textarea|input type="text"|input type="date")[^>]* ?name="([^"]+)"', text)
        return dict.fromkeys(names, "") | {"opened": unescape(seal[1])}

    return open_page


def judged(review: Review, target: Target) -> Judgement:
    with in_school(review.school):
        return Judgement.objects.get(review=review, target=target)


def test_the_list_of_cycles_offers_the_one_whose_time_has_come(client, senco, school, dates):
    client.force_login(senco)
    text = client.get(reverse("cycle-list", args=[school.slug])).text
    assert text.count("Open this cycle") == 1
    assert reverse("cycle-open", args=[school.slug, "2026-1"]) in text


def test_a_head_reads_the_cycles_and_cannot_open_one(client, head, school, dates):
    client.force_login(head)
    assert "Open this cycle" not in client.get(reverse("cycle-list", args=[school.slug])).text
    assert client.get(reverse("cycle-open", args=[school.slug, "2026-1"])).status_code == 404


def test_an_unknown_cycle_is_not_found(client, senco, school):
    client.force_login(senco)
    assert client.get(reverse("cycle", args=[school.slug, "2031-2"])).status_code == 404


def test_the_cycle_shows_classes_with_what_is_left(client, senco, review):
    client.force_login(senco)
    text = client.get(reverse("cycle", args=[review.school.slug, review.cycle])).text
    assert "7B – 1 pupil" in text
    assert "0 of 1 targets done" in text
    assert "1 pupil left" in text


def test_a_class_shows_its_pupils_by_first_name_and_initial(client, senco, review):
    client.force_login(senco)
    text = client.get(reverse("cycle", args=[review.school.slug, review.cycle]) + "?class=7B").text
    assert "Ravi P." in text
    assert "Patel" not in text
    assert url("review-judge", review) in text


def test_saving_the_page_judges_the_target(client, senco, review, target, opened):
    client.force_login(senco)
    typed = opened(review) | {f"t{target.pk}-step": "2", f"t{target.pk}-note": "Once a week", "pupil_view": "It is hard"}
    response = client.post(url("review-judge", review), typed, follow=True)
    assert "The draft is saved." in response.text
    assert "Complete this review" in response.text
    assert (judged(review, target).step, judged(review, target).next, judged(review, target).note) == (2, "keep", "Once a week")


def test_the_check_page_says_what_is_left(client, senco, review):
    client.force_login(senco)
    text = client.get(url("review", review)).text
    assert "Left to do" in text
    assert "Complete this review" not in text


def test_a_head_reads_the_review_and_cannot_judge(client, head, review):
    client.force_login(head)
    assert "I ask for help" in client.get(url("review", review)).text
    assert client.get(url("review-judge", review)).status_code == 404


def test_a_key_worker_drafts_for_own_pupils_only(client, key_worker, review, target, opened):
    client.force_login(key_worker)
    assert client.get(url("review-judge", review)).status_code == 404
    KeyWorkerFactory(pupil=review.pupil, user=key_worker)
    response = client.post(url("review-judge", review), opened(review) | {f"t{target.pk}-step": "3"}, follow=True)
    assert response.redirect_chain[-1][0] == reverse("pupil-targets", args=[review.school.slug, review.pupil.public_id])
    assert judged(review, target).step == 3


def test_two_people_changing_different_fields_are_not_asked(client, senco, review, target, opened, member):
    client.force_login(senco)
    first, second = opened(review), opened(review)
    client.post(url("review-judge", review), first | {"pupil_view": "Said by the first"})
    client.force_login(member(review.school, Role.SENCO))
    response = client.post(url("review-judge", review), second | {f"t{target.pk}-step": "3"}, follow=True)
    assert "Their changes are kept: In the pupil’s words." in response.text
    with in_school(review.school):
        assert Review.objects.get(pk=review.pk).pupil_view == "Said by the first"
    assert judged(review, target).step == 3


def test_two_people_changing_one_field_see_both_and_nothing_is_lost(client, senco, review, target, opened, member):
    client.force_login(senco)
    first, second = opened(review), opened(review)
    step, note = f"t{target.pk}-step", f"t{target.pk}-note"
    client.post(url("review-judge", review), first | {step: "2", "parents_view": "Proud"})
    client.force_login(member(review.school, Role.SENCO))
    response = client.post(url("review-judge", review), second | {step: "3", note: "Seen in maths"})
    assert response.status_code == 409
    assert f"{senco.name} changed" in response.text
    assert "Theirs: <b>Getting there</b>" in response.text
    assert "Yours: <b>Almost</b>" in response.text
    assert 'value="Seen in maths"' in response.text
    assert "Proud" in response.text
    assert judged(review, target).step == 2


def test_after_being_asked_saving_again_keeps_both_peoples_work(client, senco, review, target, opened, member):
    client.force_login(senco)
    first, second = opened(review), opened(review)
    step = f"t{target.pk}-step"
    client.post(url("review-judge", review), first | {step: "2", "parents_view": "Proud"})
    asked = client.post(url("review-judge", review), second | {step: "3"}).text
    seal = re.search(r'name="opened" value="([^"]*)"', asked)
    again = second | {step: "3", "parents_view": "Proud", f"t{target.pk}-next": "keep", "opened": unescape(seal[1])}
    client.post(url("review-judge", review), again)
    with in_school(review.school):
        assert Review.objects.get(pk=review.pk).parents_view == "Proud"
    assert judged(review, target).step == 3


def test_a_page_whose_seal_is_torn_overwrites_nothing(client, senco, review, target, opened):
    client.force_login(senco)
    client.post(url("review-judge", review), opened(review) | {f"t{target.pk}-step": "2"})
    response = client.post(url("review-judge", review), {f"t{target.pk}-step": "3", f"t{target.pk}-note": "", "opened": "torn"})
    assert response.status_code == 409
    assert judged(review, target).step == 2


def test_a_target_closed_meanwhile_is_said_and_the_note_is_kept(client, senco, review, target, opened):
    client.force_login(senco)
    page = opened(review)
    with in_school(review.school):
        targets.close_target(target=target, closing=Closing(step=3), by=senco)
    response = client.post(url("review-judge", review), page | {f"t{target.pk}-step": "1", f"t{target.pk}-note": "Mine"}, follow=True)
    assert "was closed in the meantime" in response.text
    assert (judged(review, target).step, judged(review, target).note) == (3, "Mine")


def test_a_meeting_that_lies_ahead_is_refused_and_nothing_typed_is_lost(client, senco, review, opened):
    client.force_login(senco)
    response = client.post(url("review-judge", review), opened(review) | {"parents_met_on": "2090-01-01", "parents_view": "Proud of him"})
    assert "once it has taken place" in response.text
    assert "Proud of him" in response.text


@pytest.mark.parametrize("junk", ["7", "-1", "almost", MARKUP])
def test_an_unknown_step_is_refused(client, senco, review, target, opened, junk):
    client.force_login(senco)
    response = client.post(url("review-judge", review), opened(review) | {f"t{target.pk}-step": junk})
    assert "There is a problem" in response.text
    assert MARKUP not in response.text
    with in_school(review.school):
        assert not Judgement.objects.filter(review=review).exists()


def test_a_finished_review_is_read_only(client, senco, review, opened):
    client.force_login(senco)
    page = opened(review)
    with in_school(review.school):
        services.close_cycle(cycle=review.cycle, by=senco)
    response = client.post(url("review-judge", review), page | {"pupil_view": "Too late"}, follow=True)
    assert "can only be read" in response.text
    assert "Missed." in response.text


def test_markup_in_every_field_stays_words(client, senco, review, target, opened):
    client.force_login(senco)
    typed = dict.fromkeys(("pupil_view", "parents_view", f"t{target.pk}-note", f"t{target.pk}-next_wording"), MARKUP)
    more = {f"t{target.pk}-step": "2", f"t{target.pk}-next": "change", f"t{target.pk}-reason": "too_big"}
    response = client.post(url("review-judge", review), opened(review) | typed | more, follow=True)
    assert "The draft is saved." in response.text
    for name in ("review", "review-judge"):
        text = client.get(url(name, review)).text
        assert MARKUP not in text
        assert "&lt;img src=x" in text


def test_a_review_of_another_school_is_not_found(client, charlie, review):
    client.force_login(charlie)
    for name in ("review", "review-judge"):
        assert client.get(url(name, review)).status_code == 404
        foreign = reverse(name, args=["foreign-school", review.cycle, review.pupil.public_id])
        assert client.get(foreign).status_code == 404


@pytest.mark.parametrize("query", ["", "?class=7B", "?status=not_started"])
def test_the_pages_of_a_cycle_do_not_grow_in_queries(client, senco, school, query):
    first = ReviewFactory(pupil=PupilFactory(school=school))
    client.force_login(senco)

    def thirty() -> None:
        for _ in range(29):
            review = ReviewFactory(pupil=PupilFactory(school=school), cycle=first.cycle)
            JudgementFactory(review=review)

    assert_does_not_grow(client, reverse("cycle", args=[school.slug, first.cycle]) + query, thirty, at_most=12)


@pytest.mark.parametrize("name", ["review", "review-judge"])
def test_the_page_of_a_review_does_not_grow_in_queries(client, senco, review, name):
    client.force_login(senco)

    def five() -> None:
        for slot in range(2, 6):
            JudgementFactory(review=review, target=TargetFactory(pupil=review.pupil, slot=slot))

    assert_does_not_grow(client, url(name, review), five, at_most=13)


def test_the_list_of_cycles_does_not_grow_in_queries(client, senco, school):
    ReviewCycleFactory(school=school)
    client.force_login(senco)

    def thirty() -> None:
        for number in range(29):
            ReviewCycleFactory(school=school, academic_year=1990 + number)

    assert_does_not_grow(client, reverse("cycle-list", args=[school.slug]), thirty, at_most=12)
