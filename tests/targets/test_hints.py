"""Kind hints beside a target's words. What schools really write gets hardly any; what says nothing to do gets one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.demo.words import targets_early, targets_primary, targets_secondary, targets_sensory
from targets.hints import hints_on, listed
from targets.services.language import starter
from targets.verbs import is_doing_word

BANKS = (targets_early, targets_primary, targets_secondary, targets_sensory)
WRITTEN = [wording for bank in BANKS for rows in bank.TARGETS.values() for wording, _ in rows]
OF_THE_LANGUAGE = [getattr(step, age) for skill in starter().skills() for step in skill.steps for age in ("early", "primary", "secondary")]
NO_DOING_WORD = "no doing word"


def said(wording: str, *avoided: str) -> str:
    return " ".join(hints_on(wording, avoided))


@pytest.mark.parametrize("wording", ["I ask for help", "Wait for my turn", "I will try to tell an adult", "Stopping in time"])
def test_good_words_get_no_hint(wording):
    assert said(wording) == ""


def test_every_wording_of_the_demo_and_of_the_language_says_something_to_do():
    assert len(WRITTEN) + len(OF_THE_LANGUAGE) > 500
    assert [wording for wording in (*WRITTEN, *OF_THE_LANGUAGE) if NO_DOING_WORD in said(wording)] == []


@pytest.mark.parametrize(
    "wording", ["Better manners", "Friends", "Maths", "More confident in class", "Kind hands", "Good listening", "Homework on time"]
)
def test_words_with_nothing_to_do_get_a_hint(wording):
    assert NO_DOING_WORD in said(wording)


def test_more_than_fifteen_words_get_a_hint():
    fifteen = "I " + "ask " * 14
    assert "words" not in said(fifteen)
    assert "16 words. Up to 15 are easy to remember." in said(fifteen + "again")


def test_a_second_and_gets_a_hint():
    assert "“and”" not in said("I stop and think")
    assert "“and” more than once" in said("I stop and think and breathe")


def test_labels_and_words_that_families_would_have_to_ask_about_get_a_hint():
    assert "It says “naughty”. Say what the pupil does instead." in said("I stop being Naughty")
    assert said("I ask for the strategy") != ""


def test_a_schools_own_list_is_added_words_and_phrases_alike():
    own = listed(" golden time ,, good ")
    assert own == ["golden time", "good"]
    assert "“golden time”" in said("I earn Golden Time", *own)
    assert said("I earn golden  times goodness", *own) == ""


def test_an_apostrophe_is_one_however_it_is_typed():
    assert said("I do what I can't yet", "can’t") == said("I do what I can’t yet", "can't") != ""


@given(st.text(max_size=200), st.lists(st.text(max_size=20), max_size=3))
def test_any_text_is_looked_at_without_falling_over(wording, avoided):
    assert all(isinstance(hint, str) for hint in hints_on(wording, avoided))


def test_forms_of_a_doing_word_are_known():
    words = ("tries", "tried", "stopped", "making", "sees", "went", "need", "good", "table")
    assert [word for word in words if not is_doing_word(word)] == ["good", "table"]
