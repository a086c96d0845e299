"""The sheet for the meeting with parents: what is typed, by two people at once, and what was agreed."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from assessments import services
from assessments.models import AgreedAction, Review
from assessments.services.meetings import MOST_ACTIONS
from assessments.services.refusals import TooMuchAgreed
from schools.models import AuditEvent, Role
from schools.tenancy import in_school
from targets.models import Target
from tests.counting import assert_does_not_grow
from tests.factories.assessments import AgreedActionFactory, JudgementFactory, ReviewCycleFactory, ReviewFactory
from tests.factories.pupils import KeyWorkerFactory
from tests.factories.targets import TargetFactory

MARKUP = '<img src=x onerror="alert(1)">'


def url(review: Review, query: str = "") -> str:
    return reverse("review-meeting", args=[review.pupil.school.slug, review.cycle, review.pupil.public_id]) + query


def now(review: Review) -> Review:
    with in_school(review.school_id):
        return Review.objects.get(pk=review.pk)


def actions(review: Review) -> list[tuple[str, str, date | None]]:
    with in_school(review.school_id):
        return list(AgreedAction.objects.filter(review=review).values_list("what", "who", "due_on"))


@pytest.fixture
def opened(client, senco, open_review) -> Callable[[], dict[str, str]]:
    """Open the sheet as the SENCO and give back what its form would send."""
    client.force_login(senco)

    def open_page() -> dict[str, str]:
        found = re.search(r'name="opened" value="([^"]*)"', client.get(url(open_review)).text)
        assert found
        return {"opened": unescape(found[1]), "parents_view": "", "parents_met_on": "", "what": "", "who": "", "due_on": ""}

    return open_page


def test_the_sheet_shows_target_pupil_and_parents(client, senco, open_review):
    client.force_login(senco)
    with in_school(open_review.school_id):
        Review.objects.filter(pk=open_review.pk).update(pupil_view="It is hard", parents_view="Proud")
    text = client.get(url(open_review)).text
    for words in ("I ask for help", "“It is hard”", "Proud", "Ravi P.", "Not judged yet in this review"):
        assert words in text
    assert "Patel" not in text


def test_what_the_parents_say_is_saved_with_the_day(client, open_review, opened):
    response = client.post(url(open_review), opened() | {"parents_view": "He is proud", "parents_met_on": str(localdate())}, follow=True)
    assert "Saved." in response.text
    assert (now(open_review).parents_view, now(open_review).parents_met_on) == ("He is proud", localdate())
    assert now(open_review).version == 2


def test_saving_what_nobody_changed_writes_nothing(client, open_review, opened):
    client.post(url(open_review), opened())
    assert now(open_review).version == 1
    with in_school(open_review.school_id):
        assert not AuditEvent.objects.filter(action="review.saved").exists()


def test_an_action_is_added_with_who_and_when_and_what_was_typed_beside_it_is_saved(client, open_review, opened):
    due = localdate() + timedelta(days=7)
    typed = {"what": "Read together", "who": "Mum", "due_on": str(due), "parents_view": "Fine"}
    client.post(url(open_review), opened() | typed)
    assert actions(open_review) == [("Read together", "Mum", due)]
    assert now(open_review).parents_view == "Fine"


def test_a_form_sent_twice_agrees_once(client, open_review, opened):
    page = opened() | {"what": "Read together", "who": "Mum"}
    for _ in range(2):
        client.post(url(open_review), page)
    assert len(actions(open_review)) == 1


def test_an_action_is_taken_back_by_its_button_and_the_typed_words_are_saved(client, open_review, opened):
    action = AgreedActionFactory(review=open_review)
    client.post(url(open_review), opened() | {"take_back": str(action.public_id), "parents_view": "Kept"})
    assert actions(open_review) == []
    assert now(open_review).parents_view == "Kept"
    assert client.post(url(open_review), opened() | {"take_back": str(action.public_id)}).status_code == 302


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"what": "Read together"}, "Say who does it."),
        ({"who": "Mum"}, "Say what will be done."),
        ({"what": "Read", "who": "Mum", "due_on": "2026-02-31"}, "Enter a valid date"),
        ({"parents_met_on": "2090-01-01"}, "once it has taken place"),
        ({"parents_view": "x" * 301}, "This has 301 characters. It holds 300."),
        ({"what": "x" * 121, "who": "Mum"}, "This has 121 characters. It holds 120."),
    ],
)
def test_bad_input_is_said_at_its_place_and_nothing_typed_is_lost(client, open_review, opened, typed, said):
    response = client.post(url(open_review), opened() | {"parents_view": "Typed with care"} | typed)
    assert response.status_code == 200
    assert said in response.text
    assert typed.get("parents_view", "Typed with care") in response.text
    assert now(open_review).parents_view == ""
    assert actions(open_review) == []


def test_a_seventh_action_is_refused_and_stays_on_the_screen(client, open_review, opened):
    AgreedActionFactory.create_batch(MOST_ACTIONS, review=open_review)
    response = client.post(url(open_review), opened() | {"what": "One more", "who": "Dad", "parents_view": "Still here"})
    assert TooMuchAgreed.message.replace("’", "&#x27;") in response.text
    assert "Still here" in response.text
    assert len(actions(open_review)) == MOST_ACTIONS
    assert now(open_review).parents_view == ""


def test_two_people_on_different_fields_are_not_asked(client, open_review, opened, member):
    first, second = opened(), opened()
    client.post(url(open_review), first | {"parents_view": "Said by the first"})
    client.force_login(member(open_review.pupil.school, Role.SENCO))
    response = client.post(url(open_review), second | {"parents_met_on": str(localdate())}, follow=True)
    assert "Their changes are kept: “What the parents say”." in response.text
    assert (now(open_review).parents_view, now(open_review).parents_met_on) == ("Said by the first", localdate())


def test_two_people_on_one_field_see_both_and_nothing_is_written_until_one_decides(client, senco, open_review, opened, member):
    first, second = opened(), opened()
    client.post(url(open_review), first | {"parents_view": "Hers"})
    client.force_login(member(open_review.pupil.school, Role.SENCO))
    response = client.post(url(open_review), second | {"parents_view": "His", "what": "Read", "who": "Mum"})
    assert response.status_code == 409
    for words in (f"{senco.name} changed", "Theirs: <b>Hers</b>", "Yours: <b>His</b>", 'value="Read"'):
        assert words in response.text
    assert now(open_review).parents_view == "Hers"
    assert actions(open_review) == []
    seal = re.search(r'name="opened" value="([^"]*)"', response.text)
    client.post(url(open_review), second | {"parents_view": "His", "opened": unescape(seal[1])})
    assert now(open_review).parents_view == "His"


def test_a_torn_seal_overwrites_nothing(client, open_review, opened):
    client.post(url(open_review), opened() | {"parents_view": "First"})
    assert client.post(url(open_review), opened() | {"parents_view": "Second", "opened": "torn"}).status_code == 409
    assert now(open_review).parents_view == "First"


def test_typing_saves_by_itself_and_the_next_save_builds_on_it(client, open_review, opened):
    page = opened() | {"live": "1"}
    first = client.post(url(open_review), page | {"parents_view": "He", "what": "half ty"}).json()
    assert first["said"].startswith("Saved ")
    second = client.post(url(open_review), page | {"parents_view": "He is proud", "opened": first["opened"]})
    assert second.status_code == 200
    assert now(open_review).parents_view == "He is proud"
    assert actions(open_review) == []


def test_typing_over_somebody_elses_words_is_said_and_writes_nothing(client, open_review, opened):
    page = opened()
    client.post(url(open_review), page | {"parents_view": "Hers"})
    answer = client.post(url(open_review), page | {"parents_view": "His", "live": "1"})
    assert answer.status_code == 409
    assert "Press Save to see both" in answer.json()["said"]
    assert now(open_review).parents_view == "Hers"


def test_typing_what_cannot_be_saved_is_said_in_one_line(client, open_review, opened):
    answer = client.post(url(open_review), opened() | {"parents_met_on": "2090-01-01", "live": "1"})
    assert (answer.status_code, answer.json()["said"]) == (422, "Enter the day of the meeting once it has taken place.")


@pytest.mark.parametrize("live", [{}, {"live": "1"}])
def test_a_review_finished_meanwhile_is_said_and_the_words_stay_on_the_screen(client, senco, open_review, opened, live):
    page = opened()
    with in_school(open_review.school_id):
        services.close_cycle(cycle=open_review.cycle, by=senco)
    answer = client.post(url(open_review), page | {"parents_view": "Too late", "what": "Read", "who": "Mum"} | live)
    assert "counts as missed" in answer.text
    assert live or "Too late" in answer.text
    assert now(open_review).parents_view == ""
    assert actions(open_review) == []


def test_a_finished_review_is_read_only(client, senco, open_review):
    AgreedActionFactory(review=open_review, what="Read together")
    with in_school(open_review.school_id):
        services.close_cycle(cycle=open_review.cycle, by=senco)
    client.force_login(senco)
    text = client.get(url(open_review)).text
    assert "Read together" in text
    assert "Take back" not in text
    assert "<textarea" not in text


def test_on_a_projector_the_pupil_is_called_by_initials_everywhere(client, senco, open_review):
    AgreedActionFactory(review=open_review, what="Ravi reads", who="Mrs Patel")
    TargetFactory(pupil=open_review.pupil, slot=2, wording="I, Ravi, wait")
    with in_school(open_review.school_id):
        Review.objects.filter(pk=open_review.pk).update(pupil_view="Ravi is fine")
    client.force_login(senco)
    text = client.get(url(open_review, "?initials")).text
    assert "<h1>R.P.</h1>" in text
    assert "Ravi" not in text
    assert "Patel" not in text
    assert "Ravi reads" in client.get(url(open_review)).text  # the control: without the switch the name is there


def test_the_switch_stays_when_something_is_saved(client, open_review, opened):
    response = client.post(url(open_review, "?initials"), opened() | {"parents_view": "Fine"})
    assert response.headers["Location"].endswith("?initials")


def test_a_key_worker_holds_the_meeting_of_own_pupils_only(client, key_worker, open_review):
    client.force_login(key_worker)
    assert client.get(url(open_review)).status_code == 404
    KeyWorkerFactory(pupil=open_review.pupil, user=key_worker)
    text = client.get(url(open_review)).text
    assert reverse("pupil-targets", args=[open_review.pupil.school.slug, open_review.pupil.public_id]) in text


def test_a_missed_draft_shows_its_target_as_it_was_set(client, senco, open_review):
    with in_school(open_review.school_id):
        target = Target.objects.get(pupil=open_review.pupil)
    JudgementFactory(review=open_review, target=target, step=None, not_seen="absent")
    with in_school(open_review.school_id):
        services.close_cycle(cycle=open_review.cycle, by=senco)
    client.force_login(senco)
    assert "not seen this time" in client.get(url(open_review)).text


def test_markup_stays_words(client, open_review, opened):
    client.post(url(open_review), opened() | dict.fromkeys(("parents_view", "what", "who"), MARKUP))
    text = client.get(url(open_review)).text
    assert MARKUP not in text
    assert "&lt;img src=x" in text


def test_an_outsider_finds_nothing(client, charlie, open_review):
    client.force_login(charlie)
    assert client.get(url(open_review)).status_code == 404


def test_the_sheet_does_not_grow_in_queries(client, senco, open_review):
    client.force_login(senco)

    def more() -> None:
        AgreedActionFactory.create_batch(5, review=open_review)
        for slot in range(2, 6):
            JudgementFactory(review=open_review, target=TargetFactory(pupil=open_review.pupil, slot=slot))
        earlier = ReviewCycleFactory(
            school=open_review.pupil.school, academic_year=2020, opens_on=date(2020, 9, 1), due_on=date(2020, 10, 1)
        )
        AgreedActionFactory.create_batch(5, review=ReviewFactory(pupil=open_review.pupil, cycle=earlier, status="missed"))

    assert_does_not_grow(client, url(open_review), more, at_most=12)
