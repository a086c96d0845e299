"""A step is shown by shape and word, wherever it is drawn, and a step back is said kindly."""

import pytest

from config.ui.steps import NOT_SEEN, STEPS, ladder_words, step_of
from tests.look.drawing import drawn

ALL = (*STEPS, NOT_SEEN)


@pytest.mark.parametrize("step", ALL, ids=lambda step: step.key)
@pytest.mark.parametrize("tag", ["step_tag", "step_word"])
def test_each_step_has_shape_and_word(tag, step):
    html = drawn(f"{{% {tag} value %}}", value=step.value)
    assert f"#{step.shape}" in html
    assert step.short in html
    assert 'aria-hidden="true"' in html


def test_the_ladder_shows_shape_and_word_of_every_stair():
    html = drawn("{% ladder 1 3 4 %}")
    for step in STEPS:
        assert f"#{step.shape}" in html
        assert f'<span class="visually-hidden">{step.word}</span>' in html
    assert "not seen" not in html.lower()


def test_the_picker_offers_every_step_with_shape_and_word_and_chooses_nothing_itself():
    html = drawn('{% step_picker "now" "Take turns" %}')
    for step in ALL:
        assert f"#{step.shape}" in html
        assert step.short in html
    assert "checked" not in html


def test_the_picker_keeps_what_was_chosen_and_marks_last_time():
    html = drawn('{% step_picker "now" "Take turns" chosen="3" last=2 %}')
    assert 'value="3" checked' in html
    assert html.count(", last time") == 1


def test_not_seen_can_be_chosen():
    assert 'value="x" checked' in drawn('{% step_picker "now" "Take turns" chosen="x" %}')
    assert 'value="x" checked' in drawn('{% step_picker "now" "Take turns" chosen=None %}')


def test_the_picker_names_its_error():
    html = drawn('{% step_picker "now" "Take turns" error="Choose a step" %}')
    assert 'aria-describedby="now-error"' in html
    assert 'id="now-error"' in html


@pytest.mark.parametrize("name", [2, "2", "G", "g"])
def test_a_step_is_found_by_number_and_letter(name):
    assert step_of(name).word == "Getting there"


@pytest.mark.parametrize("name", [None, "", "x", "X"])
def test_nothing_means_not_seen(name):
    assert step_of(name) is NOT_SEEN


@pytest.mark.parametrize("name", [5, -1, "5", "Z"])
def test_there_is_no_sixth_step(name):
    with pytest.raises(KeyError):
        step_of(name)


@pytest.mark.parametrize(
    ("start", "now", "aim", "words"),
    [
        (1, 3, 4, "two steps from the start. One step to the aim."),
        (1, 1, 3, "this is where it began. Two steps to the aim."),
        (2, 1, 3, "one step back from the start. That can happen. Two steps to the aim."),
        (1, 4, 4, "three steps from the start. The aim is reached."),
        (0, 4, 3, "four steps from the start. The aim is reached."),
        (1, None, 3, "not seen this time."),
    ],
)
def test_the_ladder_says_what_it_shows(start, now, aim, words):
    assert ladder_words(start, now, aim) == words


def test_a_code_cell_shows_the_code_and_its_word_or_the_suggestion():
    filled = drawn('{% code_cell "now-91" 3 "r-91 c-now" %}')
    assert 'value="3"' in filled
    assert "Almost" in filled
    assert 'value="X"' in drawn('{% code_cell "now-91" None "r-91 c-now" %}')
    empty = drawn('{% code_cell "now-91" "" "r-91 c-now" 2 %}')
    assert 'value=""' in empty
    assert "= Getting there" in empty
