"""The next visit opens with what was done about the last one: what the pupil said then, and nobody else's words."""

import pytest
from django.urls import reverse

from schools.services.pins import set_pin
from tests.factories.targets import VoiceVisitFactory
from tests.targets.voice.visits import PIN, at, start_url, voices


@pytest.fixture
def told_before(pupil, key_worker):
    """Last time Ravi said that a quiet place helps; the key worker wrote what was done."""
    said = [{"question": "helps", "pictures": "quiet"}, {"question": "good", "answer": "unsaid"}]
    done = {"we_did": "You have a table by the window.", "we_did_by": key_worker, "we_did_at": "2026-11-20T12:00Z"}
    return VoiceVisitFactory(pupil=pupil, told_at="2026-11-12T12:00Z", said=said, **done)


def test_the_next_visit_opens_with_what_was_done(told_before, client, hand_over, pupil):
    text = client.get(hand_over()).text
    assert "You have a table by the window." in text
    assert "A quiet place" in text
    assert "What I am good at" not in text, "what was not said is not shown"
    assert [each.question for each in voices(pupil)][2] == "did"


def test_words_for_the_key_worker_alone_are_not_on_the_page_that_a_colleague_hands_over(client, senco, pupil, key_worker):
    said = [{"question": "helps", "pictures": "quiet"}, {"question": "else", "words": "SECRET", "audience": "key-worker"}]
    done = {"we_did": "You have a table by the window.", "we_did_by": key_worker, "we_did_at": "2026-11-20T12:00Z"}
    VoiceVisitFactory(pupil=pupil, told_at="2026-11-12T12:00Z", said=said, **done)
    client.force_login(senco)
    set_pin(user=senco, digits=PIN, by=senco)
    answer = client.post(start_url(pupil), {"scale": "three", "given": "own", "pin": ""})
    text = client.get(answer.headers["Location"]).text
    assert "A quiet place" in text
    assert "SECRET" not in text
    assert "Anything else" not in text, "nor that there is something"


def test_what_adults_noticed_is_never_what_the_pupil_said(told_before, client, hand_over, pupil, key_worker):
    done = {"we_did": "We play more music.", "we_did_by": key_worker, "we_did_at": "2026-11-22T12:00Z"}
    said = [{"question": "good", "words": "Smiles at music"}]
    VoiceVisitFactory(pupil=pupil, given="observed", scale="", told_at="2026-11-21T12:00Z", said=said, **done)
    text = client.get(hand_over()).text
    assert "Smiles at music" not in text
    assert "We play more music." not in text
    assert "You have a table by the window." in text, "the pupil's own last time is not hidden by it"


def test_only_what_adults_noticed_opens_no_visit(client, hand_over, pupil, key_worker):
    done = {"we_did": "We play more music.", "we_did_by": key_worker, "we_did_at": "2026-11-22T12:00Z"}
    said = [{"question": "good", "words": "Smiles at music"}]
    VoiceVisitFactory(pupil=pupil, given="observed", scale="", told_at="2026-11-21T12:00Z", said=said, **done)
    hand_over()
    assert "did" not in [each.question for each in voices(pupil)]


def test_a_visit_about_which_nothing_was_done_is_not_opened_with(told_before, client, hand_over, pupil):
    VoiceVisitFactory(pupil=pupil, told_at="2026-11-21T12:00Z", said=[{"question": "helps", "pictures": "time"}])
    assert "You have a table by the window." not in client.get(hand_over()).text


def test_about_what_adults_noticed_nothing_is_said_to_the_pupil(client, key_worker, pupil):
    observed = VoiceVisitFactory(pupil=pupil, given="observed", scale="", said=[{"question": "good", "words": "Smiles at music"}])
    client.force_login(key_worker)
    text = client.get(at("pupil-voice", pupil)).text
    assert "Smiles at music" in text
    assert "Say what we did" not in text
    url = reverse("voice-did", args=[pupil.school.slug, observed.public_id])
    assert (client.get(url).status_code, client.post(url, {"we_did": "x"}).status_code) == (404, 404)
