"""What a pupil said last is offered as the pupil's view of a review: put into the form when asked, never copied silently."""

import re
from html import unescape

import pytest
from django.urls import reverse

from assessments import services
from assessments.models import Review
from schools.tenancy import in_school
from tests.factories.assessments import CycleDatesFactory
from tests.factories.pupils import PupilFactory
from tests.factories.targets import TargetFactory, VoiceVisitFactory

ASK = {"said": "1"}


@pytest.fixture
def dates(school):
    return CycleDatesFactory.around_today(school)


@pytest.fixture
def target(school, dates):
    return TargetFactory(pupil=PupilFactory(school=school, forename="Ravi"), wording="I ask for help", review_on=dates[0].due_on)


@pytest.fixture
def review(school, dates, target, senco) -> Review:
    with in_school(school):
        cycle = services.open_cycle(school=school, dates=dates[0], by=senco)
        return Review.objects.select_related("cycle", "pupil").get(cycle=cycle)


@pytest.fixture
def url(client, senco, review) -> str:
    client.force_login(senco)
    return reverse("review-judge", args=[review.school.slug, review.cycle, review.pupil.public_id])


def said(target, **more):
    rows = [
        {"question": "good", "pictures": "music art"},
        {"question": "going", "target": target, "answer": "soso"},
        {"question": "helps", "answer": "unsaid"},
        {"question": "else", "words": "I like Tuesdays"},
    ]
    return VoiceVisitFactory(pupil=target.pupil, said=rows, **more)


def view_in(text: str) -> str:
    """What stands in the field for the pupil's view."""
    found = re.search(r'<textarea name="pupil_view"[^>]*>\s*(.*?)</textarea>', text, re.DOTALL)
    assert found
    return unescape(found[1])


def kept(review: Review) -> str:
    with in_school(review.school):
        return Review.objects.get(pk=review.pk).pupil_view


def opened(client, url: str) -> str:
    seal = re.search(r'name="opened" value="([^"]*)"', client.get(url).text)
    assert seal
    return unescape(seal[1])


def test_what_was_said_stands_beside_the_form_and_not_in_it(client, url, review, target):
    said(target)
    text = client.get(url).text
    assert "I like Tuesdays" in text
    assert view_in(text) == ""


def test_asked_for_it_comes_into_the_form_and_is_not_saved(client, url, review, target):
    said(target)
    text = client.post(url, ASK | {"opened": opened(client, url), "parents_view": "Proud"}).text
    assert view_in(text) == "What I am good at: Music, Art. I ask for help: So-so. Anything else: “I like Tuesdays”."
    assert 'value="given"' in text
    assert "Proud" in text, "what was typed is still there"
    assert kept(review) == ""


def test_what_stands_in_the_field_already_stays(client, url, review, target):
    said(target)
    text = client.post(url, ASK | {"opened": opened(client, url), "pupil_view": "Told me at lunch."}).text
    assert view_in(text).replace("\r\n", "\n").startswith("Told me at lunch.\nWhat I am good at: Music")


def test_it_is_saved_with_the_draft(client, url, review, target):
    said(target)
    seal = opened(client, url)
    view = view_in(client.post(url, ASK | {"opened": seal}).text)
    client.post(url, {"opened": seal, "pupil_view": view, "pupil_view_state": "given"})
    assert kept(review) == view


def test_what_adults_noticed_is_shown_and_is_no_pupils_view(client, url, review, target):
    VoiceVisitFactory(pupil=target.pupil, given="observed", scale="", said=[{"question": "good", "words": "Smiles at music"}])
    text = client.get(url).text
    assert "Smiles at music" in text
    assert "Put these words" not in text
    assert view_in(client.post(url, ASK | {"opened": opened(client, url)}).text) == ""


def test_words_for_the_key_worker_alone_are_not_offered(client, url, review, target):
    VoiceVisitFactory(pupil=target.pupil, said=[{"question": "else", "words": "SECRET", "audience": "key-worker"}])
    assert "SECRET" not in client.get(url).text
    assert "SECRET" not in client.post(url, ASK | {"opened": opened(client, url)}).text


def test_without_a_visit_nothing_is_offered(client, url, review):
    assert "What the pupil said last" not in client.get(url).text
