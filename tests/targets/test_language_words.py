"""The shipped target language: complete, positive, short enough for each age, each step more than the one below."""

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest

from targets.language import Content, read, write
from targets.language.advice import advice
from targets.services.language import STARTER, starter
from tests.targets.languages import small

STRANDS = ["communicating", "relationships", "managing-feelings", "independence", "engagement", "confidence"]
MOST_WORDS = {"staff": 25, "early": 8, "primary": 14, "secondary": 18}
AVOIDED = re.compile(
    r"\b(?:never|not|no|fail\w*|poor(?:ly)?|refus\w+|cannot|can't|\w+n't|bad(?:ly)?|naughty|lazy|low|unable|weak|wrong|struggl\w+|problems?"
    r"|trouble|difficult|disruptive)\b"
)
UNSEEN = re.compile(
    r"\b(?:manag\w+|cop(?:e|es|ing)|(?:am|is|are|be|feels?) ready|notic\w+|understand\w*|aware|realis\w+|believ\w+|enjoy\w*|appreciat\w+)\b"
)
HELP = re.compile(r"\b(?:adult|prompts?|reminded|reminder|cue|guiding|nearby|support)\b")
LITTLE = {"a", "an", "the", "i", "my", "and", "or", "to", "of", "in", "it", "is", "for"}
SKILLS = list(starter().skills())
STEPS = [step for skill in SKILLS for step in skill.steps]


def test_it_has_six_strands_of_three_skills_of_five_steps():
    assert [strand.key for strand in starter().strands] == STRANDS
    assert [len(strand.skills) for strand in starter().strands] == [3] * 6
    assert [len(skill.steps) for skill in SKILLS] == [5] * 18


def test_its_file_is_in_the_form_that_is_written():
    assert write(read(STARTER.read_bytes())).encode() == STARTER.read_bytes()


@pytest.mark.parametrize("voice", MOST_WORDS)
def test_no_wording_is_longer_than_its_readers_like(voice):
    assert [wording for step in STEPS if len((wording := getattr(step, voice)).split()) > MOST_WORDS[voice]] == []


@pytest.mark.parametrize("voice", MOST_WORDS)
def test_no_two_steps_read_the_same(voice):
    said = Counter(getattr(step, voice).casefold() for step in STEPS)
    assert [wording for wording, times in said.items() if times > 1] == []


@pytest.mark.parametrize("voice", MOST_WORDS)
def test_a_step_differs_from_its_neighbours_by_more_than_little_words(voice):
    for skill in SKILLS:
        for below, above in pairwise(getattr(step, voice).casefold() for step in skill.steps):
            assert set(re.findall(r"[a-z’]+", below)) - LITTLE != set(re.findall(r"[a-z’]+", above)) - LITTLE, (skill.key, above)


@pytest.mark.parametrize("voice", MOST_WORDS)
def test_a_step_that_a_pupil_takes_can_be_seen(voice):
    """Somebody who stands by could say whether it happened. In the first step it is the adult who acts."""
    said = [getattr(step, voice) for skill in SKILLS for step in skill.steps[1:]]
    assert [wording for wording in said if UNSEEN.search(wording.casefold())] == []


def test_the_pupil_acts_from_the_second_step_on():
    mine = re.compile(r"\b(I|we)\b", re.IGNORECASE)
    said = [words for skill in SKILLS for step in skill.steps[1:] for words in (step.early, step.primary, step.secondary)]
    assert [words for words in said if not mine.search(words)] == []


def leans_on_help(wording: str) -> bool:
    return bool(HELP.search(re.sub(r"without (?:a |an |adult )?\w+", "", wording)))


def test_each_ladder_leads_from_help_to_none():
    leans = {skill.key: [leans_on_help(step.staff) for step in skill.steps] for skill in SKILLS}
    assert [key for key, helped in leans.items() if not any(helped[:3]) or helped[-1]] == []


@pytest.mark.parametrize("voice", MOST_WORDS)
def test_nothing_says_what_a_pupil_lacks(voice):
    assert AVOIDED.findall(" ".join(getattr(step, voice) for step in STEPS).casefold().replace("’", "'")) == []


def test_the_first_step_is_a_place_to_start_from():
    assert [skill.key for skill in SKILLS if not skill.steps[0].staff.startswith("For now, ")] == []


def test_pupils_speak_for_themselves():
    mine = re.compile(r"\b(I|my|me|we|our|us)\b", re.IGNORECASE)
    assert [words for step in STEPS for words in (step.early, step.primary, step.secondary) if not mine.search(words)] == []


@pytest.mark.parametrize("voice", MOST_WORDS)
def test_every_wording_is_a_sentence(voice):
    assert [words for step in STEPS if not re.fullmatch(r"[A-Z].*\.", words := getattr(step, voice))] == []


def test_nobody_is_he_or_she():
    said = " ".join(f"{step.staff} {step.early} {step.primary} {step.secondary}" for step in STEPS).casefold()
    assert re.findall(r"\b(?:he|she|him|her|his|hers)\b", said) == []


def test_the_hints_of_the_import_find_nothing_in_it():
    assert list(advice(starter())) == []


@pytest.mark.parametrize(
    ("voice", "words", "hint"),
    [
        ("early", "I do one two three four five six seven", "pupil.early: has 9 words"),
        ("staff", "Refuses to come in", "staff: says “refuses”"),
        ("primary", "I can't do it", "pupil.primary: says “can’t”"),
        ("secondary", "I DO ASKING 0 IN MOST LESSONS.", "pupil.secondary: says the same as the step below"),
    ],
)
def test_a_hint_names_its_place(voice, words, hint):
    content = with_wording(small("asking"), voice, words)
    assert [str(one) for one in advice(content)][0].startswith(f"strands[0].skills[0].steps[1].{hint}")


def with_wording(content: Content, voice: str, words: str) -> Content:
    """The same with other words at step 1 of its first skill."""
    strand = content.strands[0]
    steps = list(strand.skills[0].steps)
    steps[1] = replace(steps[1], **{voice: words})
    skills = (replace(strand.skills[0], steps=tuple(steps)), *strand.skills[1:])
    return Content((replace(strand, skills=skills), *content.strands[1:]))
