"""What a letter says by rule, and that a family can read it."""

import re
from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from reports import lengths, wording
from reports.content import TargetLine
from tests.reports.papers import LETTER, STRANDS, TARGETS
from tests.reports.reading import grade, sentences

HARDEST_GRADE, MEAN_WORDS, MOST_WORDS_IN_A_SENTENCE = 5, 12, 20
AVOID = ("provision", "attainment", "outcome", "strategy", "intervention", "emerging", "baseline", "objective", "review cycle", "judgement")
PLAIN = ("Talk to us", "01632 960117", "senco@ashdown.example", "Dan Achebe, SENCO")


def target(now: int | None, previous: int = 2, start: int = 1, aim: int = 3) -> TargetLine:
    return TargetLine("Pack my own bag", start, previous, now, aim)


def of_steps(*steps: int | None, **changes):
    return replace(LETTER, targets=tuple(target(now) for now in steps), **changes)


@pytest.mark.parametrize(
    ("steps", "says"),
    [
        ((3,), "Ravi moved up on one target."),
        ((3, 4, 2), "Ravi moved up on two targets. One stayed the same."),
        ((2, 2), "Ravi stayed the same on two targets."),
        ((1,), "Ravi went down on one target. That can happen."),
        ((3, 1), "Ravi moved up on one target. One went down. That can happen."),
        ((None,), "We did not see one target this time."),
        ((3, None, None), "Ravi moved up on one target. We did not see two this time."),
    ],
)
def test_the_lead_counts_the_targets(steps, says):
    assert wording.lead(of_steps(*steps)) == says


def test_the_lead_of_a_letter_to_the_pupil_says_you():
    assert wording.lead(of_steps(3, 2, is_to_pupil=True)) == "You moved up on one target. One stayed the same."


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (target(4), "Ravi has done it. Well done!"),
        (target(3), "Ravi has reached the aim. Well done!"),
        (target(3, aim=4), "Ravi has moved up."),
        (target(2), "We keep at it."),
        (target(1), "This was hard. We will help."),
        (target(None), "We will look at this again soon."),
        (replace(target(1), sentence="Our words."), "Our words."),
    ],
)
def test_each_target_gets_one_sentence(line, says):
    assert wording.sentence(LETTER, line) == says


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (target(3), ("From Started to", "Almost")),
        (target(1), ("Still", "Started")),
        (target(None), ("", "Not seen this time")),
    ],
)
def test_the_steps_are_said_in_words(line, says):
    assert wording.from_to(LETTER, line) == says


def test_the_thing_to_do_at_home_belongs_to_the_first_target_that_is_not_reached():
    reached = TargetLine("x", 1, 2, 4, 4, "communicating")
    assert wording.at_home(replace(LETTER, targets=(reached, TARGETS[2]))) == wording.AT_HOME["independence"].format(name="Ravi")
    assert wording.at_home(replace(LETTER, targets=(reached,))) == wording.AT_HOME["communicating"].format(name="Ravi")
    assert wording.at_home(replace(LETTER, targets=(replace(reached, strand_key="unknown"),))) == wording.AT_HOME[""].format(name="Ravi")
    assert wording.at_home(replace(LETTER, at_home="Our words.")) == "Our words."


def test_a_name_that_looks_like_a_slot_is_only_a_name():
    assert "{name}" in wording.at_home(replace(LETTER, first_name="{name}"))


def every_letter():
    """Every strand, direction and reader; our words only, with a short word of the pupil's."""
    for (key, _), steps, to_pupil in product(STRANDS, ((3, 2, 1), (4, None, 2), (2,), (1, 1), (3, 4, None, 1)), (False, True)):
        lines = tuple(replace(target(now, aim=4), strand_key=key) for now in steps)
        yield replace(LETTER, targets=lines, is_to_pupil=to_pupil, happens_next=(wording.looked_at_again(date(2027, 3, 12)),))


def test_a_family_can_read_every_letter():
    for each in every_letter():
        lines = [line for line in lengths.lines(each, lengths.said(each)) if line not in PLAIN]
        said = sentences(lines)
        sizes = [len(sentence) for sentence in said]
        assert grade(lines) <= HARDEST_GRADE
        assert sum(sizes) / len(sizes) <= MEAN_WORDS
        assert max(sizes) <= MOST_WORDS_IN_A_SENTENCE
        assert [word for word in AVOID if re.search(rf"\b{word}", " ".join(lines), re.IGNORECASE)] == []


def test_control_a_paragraph_of_jargon_is_too_hard():
    jargon = (
        "Following multidisciplinary consideration of attainment data, appropriately differentiated provision was implemented "
        "and emerging outcomes were evaluated against individualised baseline objectives."
    )
    assert grade([jargon]) > 15
    assert max(len(sentence) for sentence in sentences([jargon])) > 18
