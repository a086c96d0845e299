"""What a pupil meets: a question a page, kept however the page is left; not wanting to say is an answer; stopping loses nothing."""

import re

import pytest

from schools.models import Programme
from schools.services.pins import set_pin
from targets.models import Scale
from targets.voice_words import ASKED, NOT_SAFE, PICTURES, RIGHT, SCALES, THANKS, UNSAID, Asking, usual_scale
from tests.counting import assert_does_not_grow
from tests.factories.pupils import KeyWorkerFactory, PupilFactory
from tests.factories.schools import ProgrammeFactory
from tests.factories.targets import TargetFactory
from tests.targets.voice.visits import (
    ELSE,
    FIRST_TARGET,
    GOOD,
    HELPS,
    LAST_TARGET,
    PIN,
    start_url,
    visit_of,
    voice,
    voices,
)  # fmt: skip
from tests.targets.voice.visits import (
    RIGHT as RIGHT_PAGE,
)
from tests.targets.voice.visits import (
    THANKS as THANKS_PAGE,
)


def went_to(answer, number: int) -> bool:
    return answer.status_code == 302 and answer.headers["Location"].endswith(f"/{number}/")


def test_a_visit_asks_what_goes_well_each_target_what_helps_and_anything_else(ravi, pupil, targets):
    asked = [(each.question, each.target) for each in voices(pupil)]
    assert asked == [("good", None), *(("going", target) for target in targets), ("helps", None), ("else", None)]
    for number, target in enumerate(targets, start=FIRST_TARGET):
        assert target.wording in ravi(number).text


def test_an_answer_is_one_tap_and_leads_on(ravi, pupil):
    assert went_to(ravi(FIRST_TARGET, answer="hard"), FIRST_TARGET + 1)
    assert voice(pupil, FIRST_TARGET).answer == "hard"


@pytest.mark.parametrize("number", range(GOOD, ELSE + 1))
def test_not_wanting_to_say_is_offered_on_every_page_and_kept_alone(ravi, pupil, number):
    assert UNSAID.words in ravi(number).text.replace("&#x27;", "’")
    ravi(number, go="next", words="something", answer="")
    ravi(number, answer="unsaid", words="something typed before", pictures=["art"])
    kept = voice(pupil, number)
    assert (kept.answer, kept.words, kept.pictures) == ("unsaid", "", "")


def test_up_to_three_pictures_and_own_words_are_kept(ravi, pupil):
    assert went_to(ravi(GOOD, go="next", pictures=["music", "art"], words="Chess"), FIRST_TARGET)
    assert (voice(pupil, GOOD).pictures, voice(pupil, GOOD).words) == ("art music", "Chess") or voice(pupil, GOOD).pictures == "music art"


def test_a_fourth_picture_is_asked_about_and_nothing_is_lost(ravi, pupil):
    four = ["art", "music", "sport", "friends"]
    answer = ravi(GOOD, go="next", pictures=four, words="Chess")
    assert answer.status_code == 422
    assert "Please choose up to three." in answer.text
    assert answer.text.count(" checked") == len(four)
    assert "Chess" in answer.text
    assert not voice(pupil, GOOD).is_said


@pytest.mark.parametrize(("go", "leads_to"), [("back", "/take-back/"), ("stop", f"/{THANKS_PAGE}/")])
def test_going_back_and_stopping_keep_what_was_chosen_and_ask_nothing(ravi, pupil, go, leads_to):
    answer = ravi(GOOD, go=go, pictures=["art", "music", "sport", "friends"], words="Chess")
    assert answer.headers["Location"].endswith(leads_to)
    assert set(voice(pupil, GOOD).picture_keys) == {"art", "music", "sport", "friends"}
    assert visit_of(pupil).ended == ("stopped" if go == "stop" else "")


@pytest.mark.parametrize(("go", "leads_to"), [("back", HELPS), ("stop", THANKS_PAGE)])
def test_going_back_and_stopping_keep_words_of_any_length_whole(ravi, pupil, go, leads_to):
    long = "A long story. " * 300
    assert went_to(ravi(ELSE, go=go, words=long), leads_to)
    assert voice(pupil, ELSE).words == long.strip()
    assert long.strip() in ravi(ELSE).text


@pytest.mark.parametrize(("go", "leads_to"), [("back", HELPS), ("stop", THANKS_PAGE)])
def test_nothing_on_a_page_keeps_a_pupil_from_going_back_and_stopping(ravi, pupil, go, leads_to):
    ravi(ELSE, go="next", words="Chess", drawing="1,2")
    assert went_to(ravi(ELSE, go=go, words="Chess and cards", drawing="<svg>", audience="everybody"), leads_to)
    kept = voice(pupil, ELSE)
    assert (kept.words, kept.drawing, kept.audience) == ("Chess and cards", "1,2", "shared"), "what cannot be kept changes nothing"


def test_back_leads_to_the_page_before(ravi):
    assert went_to(ravi(HELPS, go="back"), LAST_TARGET)


def test_a_page_of_choices_that_is_only_passed_keeps_its_answer(ravi, pupil):
    assert 'value="next"' not in ravi(FIRST_TARGET).text
    ravi(FIRST_TARGET, answer="well")
    assert 'value="next"' in ravi(FIRST_TARGET).text
    for go in ("next", "back", "stop"):
        ravi(FIRST_TARGET, go=go)
        assert voice(pupil, FIRST_TARGET).answer == "well"


def test_an_answer_can_be_changed_until_the_device_goes_back(ravi, pupil, take_back):
    ravi(FIRST_TARGET, answer="well")
    ravi(RIGHT_PAGE, go="next")
    ravi(FIRST_TARGET, answer="hard")
    assert voice(pupil, FIRST_TARGET).answer == "hard"
    assert visit_of(pupil).ended == "", "what was said to be right is another answer now"
    take_back()
    assert ravi(FIRST_TARGET, answer="well").status_code == 404
    assert voice(pupil, FIRST_TARGET).answer == "hard"


def test_what_was_said_is_shown_and_asked_about(ravi, pupil, targets):
    ravi(GOOD, go="next", pictures=["music"])
    ravi(FIRST_TARGET, answer="soso")
    ravi(HELPS, answer="unsaid")
    text = ravi(RIGHT_PAGE).text
    for words in ("Music", targets[0].wording, "So-so", UNSAID.words, "Is it right?"):
        assert words in text
    assert targets[1].wording not in text, "it was passed"
    assert went_to(ravi(RIGHT_PAGE, go="next"), THANKS_PAGE)
    assert visit_of(pupil).ended == "agreed"


@pytest.mark.parametrize(("sent", "ended"), [({"answer": "unsaid"}, "unsaid"), ({"go": "stop"}, "stopped"), ({"go": "back"}, "")])
def test_a_pupil_need_not_say_whether_it_is_right(ravi, pupil, sent, ended):
    ravi(RIGHT_PAGE, **sent)
    assert visit_of(pupil).ended == ended


@pytest.mark.parametrize("sent", [{"answer": "alone"}, {"answer": "5"}, {"answer": "well", "drawing": "<svg>"}, {"pictures": ["cards"]}])
def test_what_the_page_did_not_offer_is_not_kept(ravi, pupil, sent):
    assert ravi(FIRST_TARGET, **sent).status_code == 422
    assert not voice(pupil, FIRST_TARGET).is_said


def test_words_that_are_too_long_come_back_whole(ravi, pupil):
    words = "x" * 501
    answer = ravi(ELSE, go="next", words=words)
    assert words in answer.text
    assert "Please write a little less." in answer.text
    assert not voice(pupil, ELSE).is_said


def test_a_drawing_is_kept_as_its_lines_and_shown_as_a_picture(ravi, pupil):
    ravi(ELSE, go="next", drawing="10,10 20,30;400,500")
    assert '<polyline points="10,10 20,30"' in ravi(RIGHT_PAGE).text
    assert voice(pupil, ELSE).strokes == ["10,10 20,30", "400,500"]


@pytest.mark.parametrize("number", [GOOD, HELPS, ELSE])
def test_where_words_are_typed_the_page_says_what_happens_with_a_worry(ravi, number):
    assert all(line in ravi(number).text for line in NOT_SAFE)


def test_looking_at_a_page_again_writes_nothing(ravi, pupil):
    ravi(FIRST_TARGET, answer="well")
    ravi(RIGHT_PAGE, go="next")
    ravi(FIRST_TARGET, go="next")
    assert visit_of(pupil).ended == "agreed"


# --------------------------------------------------------------------------------------------------------- three scales


@pytest.mark.parametrize("scale", Scale.values)
def test_each_scale_offers_its_own_answers_and_no_other(client, hand_over, scale):
    text = client.get(hand_over(scale=scale).replace("/1/", f"/{FIRST_TARGET}/")).text
    offered = re.findall(r'name="answer"\s+value="([\w-]+)"', text)
    assert offered == [*(each.key for each in SCALES[scale]), UNSAID.key]


def test_in_words_there_is_no_picture_and_in_pictures_each_has_its_word(client, hand_over):
    text = client.get(hand_over(scale="words").replace("/1/", f"/{FIRST_TARGET}/")).text
    assert text.count('class="picture"') == 1, "only that of not wanting to say"


@pytest.mark.parametrize(
    ("look", "age_of_wording", "years", "scale"),
    [
        ("dreams", "secondary", 12, Scale.WORDS),
        ("dreams", "secondary", 9, Scale.THREE),
        ("dreams", "early", 15, Scale.THREE),
        ("horizons", "primary", 15, Scale.THREE),
    ],
)
def test_the_usual_scale_hangs_on_symbols_and_on_age(look, age_of_wording, years, scale):
    assert usual_scale(Programme(look=look, age=age_of_wording), years) == scale


# ---------------------------------------------------------------------------------------------------------------- words


def lines_of_ours() -> list[str]:
    asked = [*ASKED["dreams"].values(), *ASKED["horizons"].values(), *RIGHT.values(), *THANKS.values()]
    choices = [each.words for group in (*PICTURES.values(), *SCALES.values()) for each in group]
    return [*(each.heading for each in asked), *(line for each in asked for line in each.lines), *choices, *NOT_SAFE, UNSAID.words]


def too_long() -> list[str]:
    return [line for line in lines_of_ours() if len(line.split()) > 8]


def test_no_line_of_ours_has_more_than_eight_words():
    assert too_long() == []


NINE_WORDS = "Say whatever else you would like to tell us"


@pytest.mark.parametrize("asking", [Asking(NINE_WORDS), Asking("Anything else?", ("Write it or draw it.", NINE_WORDS))])
@pytest.mark.parametrize("look", ["dreams", "horizons"])
def test_a_page_with_a_longer_line_would_be_found(monkeypatch, look, asking):
    monkeypatch.setitem(ASKED[look], "else", asking)
    assert too_long() == [NINE_WORDS]


def test_a_primary_school_asks_in_its_own_voice(client, hand_over, school):
    first = hand_over()
    assert "What I am good at" in client.get(first).text
    school.programme = ProgrammeFactory(partnership=school.partnership, look="horizons")
    school.save()
    text = client.get(first).text
    assert "What am I good at?" in text
    assert 'data-theme="horizons"' in text


def test_only_with_an_adult_tone_can_words_be_for_the_key_worker_alone(client, ravi, pupil, school):
    text = ravi(ELSE).text
    assert "My key worker only" in text
    assert "It stays part of my record." in text
    ravi(ELSE, go="next", words="Just for you", audience="key-worker")
    assert voice(pupil, ELSE).audience == "key-worker"
    school.programme = ProgrammeFactory(partnership=school.partnership, look="horizons")
    school.save()
    assert "My key worker only" not in ravi(ELSE).text


def test_words_for_a_key_worker_are_offered_only_while_there_is_one(client, senco, key_worker, school):
    pupil = PupilFactory(school=school)
    KeyWorkerFactory(pupil=pupil, user=key_worker, starts_on="2025-01-01", ends_on="2026-01-01")
    client.force_login(senco)
    set_pin(user=senco, digits=PIN, by=senco)
    first = client.post(start_url(pupil), {"scale": "three", "given": "own", "pin": ""}).headers["Location"]
    last_question = first.replace("/1/", f"/{len(voices(pupil))}/")
    assert "My key worker only" not in client.get(last_question).text
    KeyWorkerFactory(pupil=pupil, user=key_worker)
    assert "My key worker only" in client.get(last_question).text


def test_a_page_of_pupil_mode_asks_no_more_of_the_database_with_more_targets(client, key_worker, pupil):
    TargetFactory(pupil=pupil, slot=1)
    others = PupilFactory(school=pupil.school)
    KeyWorkerFactory(pupil=others, user=key_worker)
    client.force_login(key_worker)
    set_pin(user=key_worker, digits="8052", by=key_worker)
    values = {"scale": "three", "given": "own", "pin": ""}
    first = client.post(f"/schools/{pupil.school.slug}/pupils/{pupil.public_id}/voice/start/", values).headers["Location"]

    def more() -> None:
        visit = visit_of(pupil)
        for slot in range(2, 6):
            target = TargetFactory(pupil=pupil, slot=slot)
            add_question(visit, target)

    assert_does_not_grow(client, first.replace("/1/", "/2/"), more, at_most=11)


def add_question(visit, target) -> None:
    from schools.tenancy import in_school
    from targets.models import Voice

    with in_school(visit.school):
        Voice.objects.create(visit=visit, question="going", target=target)
