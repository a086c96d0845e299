"""What was not kept after a clash stays readable, wherever the question was asked, and its writer is told once."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from assessments import services
from assessments.drafts import not_chosen
from assessments.models import Review, SetAside
from assessments.services.setting_aside import tell_what_was_set_aside
from schools.models import User
from schools.tenancy import in_school
from targets.models import Target
from tests.assessments.grid.conftest import fields_of, grid_url, judged, review_of
from tests.factories.assessments import JudgementFactory, SetAsideFactory

MARKS = {"review-judge": 'id="judge"', "review-meeting": "data-live"}
HERS, HIS = "He is proud of it.", "He would rather not."


def url(name: str, review: Review) -> str:
    return reverse(name, args=[review.school.slug, review.cycle, review.pupil.public_id])


def aside_in(review: Review) -> list[tuple[str, str, User | None, User | None]]:
    with in_school(review.school):
        rows = SetAside.objects.of_review(review)
        return [(row.field, row.value, row.written_by, row.chosen_by) for row in rows]


@pytest.fixture
def review(cycle, target) -> Review:
    return review_of(target)


@pytest.fixture
def write(review, head) -> Callable[..., None]:
    """Somebody else saves over what is there: write(parents_view="…"), or write(target, step=2)."""

    def save(target: Target | None = None, **values) -> None:
        with in_school(review.school):
            now = services.drafting.values_of(Review.objects.get(pk=review.pk), services.lines_of(review))
            named = {f"t{target.pk}-{name}": value for name, value in values.items()} if target else values
            services.save_review(review=review, base=now, mine=named, by=head)

    return save


@pytest.fixture
def page(client, senco, review) -> Callable[..., dict[str, str]]:
    """Open one of the pages as the SENCO and give back what its form would send."""

    def fields(name: str) -> dict[str, str]:
        client.force_login(senco)
        return fields_of(client.get(url(name, review)).text, MARKS[name])

    return fields


@pytest.mark.parametrize("name", MARKS)
@pytest.mark.parametrize(("kept", "lost"), [(HIS, HERS), (HERS, HIS)])
def test_the_parents_words_that_were_not_kept_are_set_aside_with_their_writer(client, review, page, write, senco, head, name, kept, lost):
    opened = page(name)
    write(parents_view=HERS)
    asked = client.post(url(name, review), opened | {"parents_view": HIS})
    assert asked.status_code == 409
    again = fields_of(asked.text, MARKS[name])
    client.post(url(name, review), again | {"parents_view": kept})
    with in_school(review.school):
        assert Review.objects.get(pk=review.pk).parents_view == kept
    assert aside_in(review) == [("parents_view", lost, head if lost == HERS else senco, senco)]


@pytest.mark.parametrize("name", MARKS)
def test_of_words_made_of_both_neither_is_lost(client, review, page, write, senco, head, name):
    opened = page(name)
    write(parents_view=HERS)
    again = fields_of(client.post(url(name, review), opened | {"parents_view": HIS}).text, MARKS[name])
    client.post(url(name, review), again | {"parents_view": f"{HERS} {HIS}"})
    assert aside_in(review) == [("parents_view", HERS, head, senco), ("parents_view", HIS, senco, senco)]


def test_typing_on_after_the_question_sets_aside_once(client, review, page, write, senco, head):
    opened = page("review-meeting")
    write(parents_view=HERS)
    again = fields_of(client.post(url("review-meeting", review), opened | {"parents_view": HIS}).text, "data-live")
    live = client.post(url("review-meeting", review), again | {"parents_view": HIS, "live": "1"}).json()
    assert live["asked"] == ""
    client.post(url("review-meeting", review), again | {"parents_view": f"{HIS}!", "live": "1"} | live)
    assert aside_in(review) == [("parents_view", HERS, head, senco)]


def test_steps_and_notes_of_the_page_of_one_pupil_are_set_aside_too(client, review, target, page, write, senco, head):
    opened, step, note = page("review-judge"), f"t{target.pk}-step", f"t{target.pk}-note"
    write(target, step=2, note="Hers")
    again = fields_of(client.post(url("review-judge", review), opened | {step: "3", note: "His"}).text, MARKS["review-judge"])
    client.post(url("review-judge", review), again | {step: "3", note: "Hers"})
    assert (judged(target).step, judged(target).note) == (3, "Hers")
    assert {row[:3] for row in aside_in(review)} >= {("step", "2", head), ("note", "His", senco)}


@pytest.mark.parametrize(("answer", "lost"), [("mine", HERS), ("theirs", HIS)])
def test_the_answer_in_the_grid_sets_the_other_words_aside(client, post, cycle, review, write, answer, lost):
    name = f"said-{review.pk}-parents_view"
    opened = fields_of(client.get(grid_url(cycle)).text)
    write(parents_view=HERS)
    asked = fields_of(post(opened, **{name: HIS}).text)
    post(asked | {f"keep-{name}": answer})
    assert [row[:2] for row in aside_in(review)] == [("parents_view", lost)]


def test_the_script_of_the_grid_sends_what_was_not_chosen(client, senco, review, write, head):
    write(parents_view=HERS)
    client.force_login(senco)
    body = {"base": {"parents_view": HERS}, "values": {"parents_view": HIS}, "unchosen": {"parents_view": HERS}}
    assert client.patch(url("review-said", review), body, content_type="application/json").status_code == 200
    assert aside_in(review) == [("parents_view", HERS, head, senco)]


def test_a_page_without_a_clash_sets_nothing_aside(client, review, page):
    for words in (HERS, HIS, ""):
        client.post(url("review-judge", review), page("review-judge") | {"parents_view": words})
        client.post(url("review-meeting", review), page("review-meeting") | {"parents_view": words[:5], "asked": "torn"})
    assert aside_in(review) == []


@pytest.mark.parametrize("name", ["review", "review-judge"])
def test_what_was_not_kept_can_be_read_with_the_review(client, senco, review, head, name):
    with in_school(review.school):
        for field, value in (("parents_met_on", "2026-11-03"), ("pupil_view_state", "declined"), ("pupil_view", "")):
            SetAsideFactory(judgement=None, review=review, school=review.school, field=field, value=value, written_by=head, chosen_by=senco)
    client.force_login(senco)
    text = client.get(url(name, review)).text
    for words in (
        f"{head} had put the day the parents were met to “3 November 2026”",
        "whether the pupil has said how it is going to “Did not want to say”",
        "what the pupil says to “(nothing)”",
    ):
        assert words in text


def test_whose_words_were_not_kept_is_told_once(client, senco, head, review, write):
    write(parents_view=HERS)
    with in_school(review.school):
        lost = [("parents_view", HERS)]
        services.save_review(review=review, base={"parents_view": HERS}, mine={"parents_view": HIS}, by=senco, unchosen=lost)
    client.force_login(head)
    with in_school(review.school):
        assert SetAside.objects.get().written_by == head
        told = tell_what_was_set_aside(to=head)
        assert [(each.what, each.value, each.target) for each in told] == [("what the parents say", HERS, "")]
        assert tell_what_was_set_aside(to=head) == []


def test_the_page_of_one_pupil_tells_it(client, senco, head, review):
    SetAsideFactory(judgement=None, review=review, school=review.school, field="pupil_view", value=HIS, written_by=senco, chosen_by=head)
    client.force_login(senco)
    told = f"{head} kept another value than yours</b> for {review.pupil.short_name}. You had put what the pupil says to: {HIS}"
    assert told in client.get(url("review-judge", review)).text
    assert told not in client.get(url("review-judge", review)).text


def test_a_value_belongs_to_a_review_or_to_a_judgement(review, target):
    with in_school(review.school):
        judgement = JudgementFactory(review=review, target=target)
        for place in ({}, {"review": review, "judgement": judgement}):
            with pytest.raises(IntegrityError), transaction.atomic():
                SetAside.objects.create(school=review.school, field="note", at=review.cycle.opened_at, **place)


@pytest.mark.parametrize(
    ("saved", "lost"),
    [("mine", [("a", "theirs")]), ("theirs", [("a", "mine")]), ("both", [("a", "theirs"), ("a", "mine")])],
)
def test_of_a_clash_that_is_lost_which_is_not_saved(saved, lost):
    assert not_chosen({"a": "mine"}, {"a": "theirs", "b": date(2026, 11, 3)}, {"a": saved, "b": None}) == lost


def test_of_a_page_that_forgot_what_it_showed_ones_own_words_are_kept_at_least():
    assert not_chosen({"a": "mine", "gone": "x"}, {}, {"a": "new"}) == [("a", "mine")]
