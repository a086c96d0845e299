"""A pupil's Voice page: what was said in words and pictures, handing the device over, what was noticed, and what was done."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from schools.models import Pin
from schools.tenancy import in_school
from targets.models import Scale, VoiceScale, VoiceVisit
from targets.services.voice import say_what_we_did
from tests.counting import assert_does_not_grow
from tests.factories.pupils import KeyWorkerFactory, PupilFactory
from tests.factories.targets import TargetFactory, VoiceVisitFactory
from tests.pupils.pages import audited
from tests.targets.voice.visits import PIN, at, start_url, visit_of, voices

START = {"scale": "three", "given": "help", "pin": PIN}


@pytest.fixture
def visit(pupil, key_worker, targets):
    said = [
        {"question": "good", "pictures": "music art"},
        {"question": "going", "target": targets[0], "answer": "soso"},
        {"question": "helps", "answer": "unsaid"},
        {"question": "else", "words": "I like Tuesdays"},
    ]
    return VoiceVisitFactory(pupil=pupil, adult=key_worker, said=said)


def test_what_was_said_is_shown_as_words_and_pictures(client, senco, pupil, visit, targets):
    client.force_login(senco)
    text = client.get(at("pupil-voice", pupil)).text
    for words in (
        "Music",
        "Art",
        targets[0].wording,
        "So-so",
        "I don’t want to say",
        "I like Tuesdays",
        f"On their own, with {visit.adult}",
    ):
        assert words in text
    assert "#say-music" in text


def test_a_pupil_without_a_word_yet_has_a_page_that_says_what_to_do(client, key_worker, pupil):
    client.force_login(key_worker)
    text = client.get(at("pupil-voice", pupil)).text
    assert "Nothing yet" in text
    assert "Hand to Ravi" in text


def test_who_may_only_read_is_offered_nothing_to_do(client, head, pupil, visit):
    client.force_login(head)
    text = client.get(at("pupil-voice", pupil)).text
    assert "Hand to Ravi" not in text
    assert "Say what we did" not in text
    assert "I am worried about something said" in text


def test_the_page_does_not_grow_in_queries(client, senco, pupil, visit):
    client.force_login(senco)

    def more() -> None:
        for days in range(1, 30):
            VoiceVisitFactory(pupil=pupil, told_at=timezone.now() - timedelta(days=days), said=[{"question": "good", "pictures": "art"}])

    assert_does_not_grow(client, at("pupil-voice", pupil), more, at_most=18)


def test_words_for_the_key_worker_alone_are_read_by_nobody_else(client, key_worker, senco, pupil):
    VoiceVisitFactory(pupil=pupil, said=[{"question": "else", "words": "SECRET", "audience": "key-worker"}])
    for person, may_read in ((key_worker, True), (senco, False)):
        client.force_login(person)
        text = client.get(at("pupil-voice", pupil)).text
        assert ("SECRET" in text) is may_read
        assert ("wrote this for the key worker only" in text) is not may_read
    did = reverse("voice-did", args=[pupil.school.slug, visit_of(pupil).public_id])
    assert "SECRET" not in client.get(did).text


def test_where_there_is_no_key_worker_the_senco_reads_them(client, senco, head, school):
    pupil = PupilFactory(school=school)
    VoiceVisitFactory(pupil=pupil, said=[{"question": "else", "words": "SECRET", "audience": "key-worker"}])
    for person, may_read in ((senco, True), (head, False)):
        client.force_login(person)
        assert ("SECRET" in client.get(at("pupil-voice", pupil)).text) is may_read


@pytest.mark.parametrize("name", ["pupil", "pupil-timeline"])
def test_the_timeline_tells_that_the_pupil_spoke_and_what_was_done_and_not_what_was_said(client, key_worker, pupil, visit, name):
    with in_school(pupil.school):
        say_what_we_did(visit=visit, words="You sit by the window.", by=key_worker)
    VoiceVisitFactory(pupil=pupil, given="observed", scale="", said=[{"question": "good", "words": "Smiles"}])
    VoiceVisitFactory(pupil=pupil, said=[{"question": "good"}])
    client.force_login(key_worker)
    text = client.get(at(name, pupil)).text
    assert text.count("Ravi said how it goes") == 1, "a visit in which nothing was said is none"
    assert "You sit by the window." in text
    assert "What we noticed" in text
    assert "I like Tuesdays" not in text


# ------------------------------------------------------------------------------------------------------ handing it over


def test_the_first_time_a_pin_is_chosen(client, key_worker, pupil):
    client.force_login(key_worker)
    assert "Choose a PIN of 4 to 6 digits." in client.post(start_url(pupil), START | {"pin": ""}).text
    assert not Pin.objects.exists()
    with in_school(pupil.school):
        assert not VoiceVisit.objects.exists()
    assert client.post(start_url(pupil), START).status_code == 302
    assert client.post(reverse("take-back"), {"pin": PIN}).headers["Location"] == at("pupil-voice", pupil)


@pytest.mark.parametrize("easy", ["0000", "1234", "4321", "567890"])
def test_a_pin_that_a_pupil_tries_first_is_refused(client, key_worker, pupil, easy):
    client.force_login(key_worker)
    assert "the first thing that anybody would try" in client.post(start_url(pupil), START | {"pin": easy}).text


def test_the_pin_stays_until_another_is_chosen(client, key_worker, pupil):
    client.force_login(key_worker)
    for typed, holds in ((PIN, PIN), ("", PIN), ("70319", "70319")):
        client.post(start_url(pupil), START | {"pin": typed})
        assert client.post(reverse("take-back"), {"pin": holds}).headers["Location"] == at("pupil-voice", pupil)


def test_whether_an_adult_helps_is_asked_and_kept(client, key_worker, pupil):
    client.force_login(key_worker)
    refused = client.post(start_url(pupil), {"scale": "three", "pin": PIN})
    assert "Choose whether you will help." in refused.text
    client.post(start_url(pupil), START)
    assert visit_of(pupil).given == "help"
    assert visit_of(pupil).adult == key_worker


def test_the_scale_is_chosen_for_the_pupil_and_offered_next_time(client, key_worker, pupil):
    client.force_login(key_worker)
    client.post(start_url(pupil), START | {"scale": "two"})
    client.post(reverse("take-back"), {"pin": PIN})
    assert Scale.TWO.label in client.get(at("pupil-voice", pupil)).text
    with in_school(pupil.school):
        assert VoiceScale.objects.get(pupil=pupil).chosen_by == key_worker
    client.post(start_url(pupil), START | {"scale": "two"})
    assert audited(pupil.school, "voice.scale-chosen") == 1


def test_from_a_one_to_one_the_adult_comes_out_there_again(client, hand_over, pupil, take_back):
    hand_over("?from=one-to-one")
    assert take_back().headers["Location"] == at("one-to-one-new", pupil)


def test_nobody_is_led_astray(client, hand_over, pupil, take_back):
    hand_over("?from=https://elsewhere.example/")
    assert take_back().headers["Location"] == at("pupil-voice", pupil)


def test_a_pupil_who_has_left_is_not_asked(client, senco, pupil):
    with in_school(pupil.school):
        type(pupil).objects.filter(pk=pupil.pk).update(left_on=timezone.localdate() - timedelta(days=1))
    client.force_login(senco)
    for name in ("voice-start", "voice-noticed"):
        assert client.get(at(name, pupil)).status_code == 302
        assert "Nothing was saved." in client.post(at(name, pupil), START | {"good": "x"}).text
    with in_school(pupil.school):
        assert not VoiceVisit.objects.exists()


def test_a_visit_in_which_nothing_was_said_leaves_no_trace_after_its_hour(client, hand_over, pupil, take_back):
    VoiceVisitFactory(pupil=pupil, told_at=timezone.now() - timedelta(hours=2), said=[{"question": "good"}])
    young = VoiceVisitFactory(pupil=pupil, told_at=timezone.now() - timedelta(minutes=2), said=[{"question": "good"}])
    hand_over()
    with in_school(pupil.school):
        assert VoiceVisit.objects.filter(pupil=pupil).order_by("pk").first() == young
        assert VoiceVisit.objects.count() == 2


# --------------------------------------------------------------------------------------------------- noticed, and done


def test_what_adults_noticed_is_marked_as_their_reading(client, key_worker, pupil, targets):
    client.force_login(key_worker)
    sent = {"good": "Smiles at music", f"going-{targets[1].public_id}": "Reached out twice", "helps": "", "else": ""}
    text = client.post(at("voice-noticed", pupil), sent, follow=True).text
    assert "An adult’s reading" in text
    assert f"What we noticed, by {key_worker}" in text
    assert [(each.question, each.target, each.words) for each in voices(pupil)] == [
        ("good", None, "Smiles at music"),
        ("going", targets[1], "Reached out twice"),
    ]
    assert visit_of(pupil).given == "observed"


def test_nothing_noticed_is_nothing_to_keep(client, key_worker, pupil):
    client.force_login(key_worker)
    assert "Write at least one thing that you noticed." in client.post(at("voice-noticed", pupil), {"good": " "}).text
    with in_school(pupil.school):
        assert not VoiceVisit.objects.exists()


def test_what_is_too_long_comes_back_whole(client, key_worker, pupil, visit):
    client.force_login(key_worker)
    long = "y" * 301
    did = reverse("voice-did", args=[pupil.school.slug, visit.public_id])
    for url, field in ((at("voice-noticed", pupil), "good"), (did, "we_did")):
        text = client.post(url, {field: long}).text
        assert long in text
        assert "301 characters" in text


def test_what_was_done_is_written_changed_and_taken_back(client, key_worker, pupil, visit):
    client.force_login(key_worker)
    url = reverse("voice-did", args=[pupil.school.slug, visit.public_id])
    for words in ("You sit by the window.", "You sit by the door.", ""):
        text = client.post(url, {"we_did": words}, follow=True).text
        assert (f"<b>We did:</b> {words}" in text) is bool(words)
    assert visit_of(pupil).we_did_by is None


def test_another_key_workers_pupil_is_not_found(client, key_worker, school):
    other = VoiceVisitFactory(pupil=PupilFactory(school=school), said=[{"question": "good", "pictures": "art"}])
    KeyWorkerFactory(pupil=PupilFactory(school=school), user=key_worker)
    client.force_login(key_worker)
    url = reverse("voice-did", args=[school.slug, other.public_id])
    assert (client.get(url).status_code, client.post(url, {"we_did": "x"}).status_code) == (404, 404)


# ----------------------------------------------------------------------------------------------------------- a worry


def test_a_worry_leads_to_the_schools_own_route_and_stores_nothing(client, senco, school, django_assert_num_queries):
    client.force_login(senco)
    url = reverse("safeguarding", args=[school.slug])
    assert "Tell your designated safeguarding lead now" in client.get(url).text
    school.safeguarding_route = "Ask for Ms Oak at extension 12."
    school.save()
    assert "Ask for Ms Oak at extension 12." in client.get(url).text
    assert client.post(url, {"what": "was said"}).status_code == 405


def test_the_route_is_written_in_the_settings(client, head, school):
    client.force_login(head)
    page = client.get(reverse("school-settings", args=[school.slug]))
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields}
    values = {name: "" if value is None or value is False else value for name, value in values.items()}
    client.post(reverse("school-settings", args=[school.slug]), values | {"safeguarding_route": "Tell Ms Oak."})
    school.refresh_from_db()
    assert school.safeguarding_route == "Tell Ms Oak."


def test_a_target_that_was_closed_keeps_what_was_said_about_it(client, senco, pupil):
    target = TargetFactory.closed(pupil=pupil, wording="I closed this")
    VoiceVisitFactory(pupil=pupil, said=[{"question": "going", "target": target, "answer": "well"}])
    client.force_login(senco)
    assert "I closed this" in client.get(at("pupil-voice", pupil)).text
