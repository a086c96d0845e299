"""A letter has at most 200 words, as printed: shortened by our own words alone, and said where even that is too little."""

import re
from dataclasses import replace
from itertools import product

import pytest

from reports import lengths, wording
from reports.content import LetterContent, TargetLine
from reports.rendering import render_letter
from tests.reports.papers import LETTER, TARGETS, letter, words

WORDY = "a bit at a time and then I do it by myself each day in my own way as I go on and on and I ask for the help I need from all"
LONGEST_WORDING, LONGEST_VIEW = 160, 300
VIEW = " ".join(["I like it when we do it and we laugh."] * 8)
BESIDE = 75  # words of the letterhead, of the address, of two feet, and below the drawings


def at_the_limits(how_many: int, view: str = VIEW, **changes: object) -> LetterContent:
    """Every target as long as its field, in 36 words; the pupil's view as long as its field."""
    wordings = [f"{WORDY} now {number}"[:LONGEST_WORDING] for number in range(how_many)]
    lines = tuple(TargetLine(wording, 1, 2, 1, 3, "communicating") for wording in wordings)
    return replace(LETTER, targets=lines, pupil_says=view[:LONGEST_VIEW], happens_next=LETTER.happens_next[1:], **changes)


def printed(content: LetterContent) -> str:
    return words(render_letter(content))


def test_the_longest_fields_are_long():
    content = at_the_limits(5)
    assert {len(target.words.split()) for target in content.targets} == {36}
    assert len(content.pupil_says.split()) > 60


@pytest.mark.parametrize("how_many", [1, 2, 3, 4, 5])
def test_the_usual_letter_has_at_most_200_words_and_tells_of_every_target(how_many):
    said = lengths.said(letter(how_many))
    assert (said.count <= 200, said.left_out, said.more) == (True, 0, "")


@pytest.mark.parametrize(("how_many", "is_to_pupil"), list(product([1, 2, 3, 4, 5], [False, True])))
def test_whatever_is_typed_at_most_200_words_are_printed(how_many, is_to_pupil):
    content = at_the_limits(how_many, is_to_pupil=is_to_pupil)
    said = lengths.said(content)
    paper = printed(content)
    assert (said.count <= 200, said.is_too_long) == (True, False)
    assert len(paper.split()) <= said.count + BESIDE
    assert all(line in paper for line in lengths.lines(content, said))


def test_no_target_and_no_view_is_cut_and_the_letter_says_how_many_more_there_are():
    content = at_the_limits(5)
    said, paper = lengths.said(content), printed(content)
    assert content.pupil_says in paper
    assert [target.words in paper for target in content.targets] == [place < len(said.targets) for place in range(5)]
    assert said.left_out == 5 - len(said.targets) > 0
    assert said.more in paper
    assert str(said.lead).startswith("Ravi went down on five targets.")


def test_our_own_sentences_go_first_and_those_that_somebody_wrote_stay():
    wordy = replace(LETTER, pupil_says="I like it. " * 17)
    said = lengths.said(wordy)
    assert [target.sentence for target in said.targets] == ["Ravi now asks in most lessons.", "", ""]
    assert (said.left_out, said.at_home) == (0, lengths.said(LETTER).at_home)


def test_then_the_idea_for_home_and_the_line_to_tear_get_shorter_but_not_an_idea_that_somebody_wrote():
    wordy = replace(LETTER, pupil_says="I like it. " * 20)
    assert lengths.said(wordy).at_home == "Ask Ravi about one target each week."
    assert lengths.said(wordy).tear_line == "Tear here. Letter: Ravi, Autumn review."
    assert (
        lengths.said(replace(wordy, is_to_pupil=True, pupil_says="I like it. " * 22)).at_home
        == "Talk to someone about one target each week."
    )
    assert lengths.said(replace(wordy, at_home="Read a book.")).at_home == "Read a book."


def test_then_the_reply_slip_goes_and_only_then_a_target():
    wordy = replace(LETTER, pupil_says="I like it. " * 25)
    assert (lengths.said(wordy).tear_line, lengths.said(wordy).left_out) == ("", 0)
    assert "Is there anything" not in printed(wordy)


@pytest.mark.parametrize(
    ("left_out", "says"), [(1, "There is one more target. Ask us about it."), (3, "There are three more targets. Ask us about them.")]
)
def test_the_letter_says_how_many_targets_are_not_told(left_out, says):
    assert wording.more(left_out) == says


def test_a_letter_of_one_target_that_is_still_too_long_says_so_and_loses_nothing():
    content = at_the_limits(2, "a " * 150)
    said = lengths.said(content)
    assert (said.is_too_long, len(said.targets), said.left_out) == (True, 1, 1)
    assert content.pupil_says.strip() in printed(content)


def test_control_without_stages_the_longest_letter_would_have_about_400_words():
    content = at_the_limits(5)
    assert lengths._said(content, lengths.Stage(5, has_sentences=True, is_plain=False, has_slip=True)).count > 380


def test_the_nine_words_of_the_key_to_the_drawings_are_counted_too():
    bare = lengths.said(LETTER)
    listed = sum(len(re.findall(r"\S+", line)) for line in lengths.lines(LETTER, bare))
    assert bare.count == listed + 9
    assert lengths.said(replace(LETTER, twin_url="https://x.example/")).count == bare.count + 5


def test_a_letter_that_tells_fewer_targets_draws_their_ladders_alone():
    assert printed(at_the_limits(5)).count("From") + printed(at_the_limits(5)).count("Still") == len(lengths.said(at_the_limits(5)).targets)
    assert len(TARGETS) == 5
