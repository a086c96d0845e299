"""What a cell means, whoever wrote it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.filling.words import as_words, known_steps, read_cells
from targets.models import Step

LADDER = Step.words({})
KNOWN = known_steps(LADDER, {"emerging": 1, "done it": 0, "X": 3})


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        *[(str(step.value), step.value) for step in Step],
        (3.0, 3),
        ("g", 2),
        (" ALMOST ", 3),
        ("done  it", 4),
        ("x", "x"),
        ("Not seen", "x"),
        ("Emerging", 1),
    ],
)
def test_codes_letters_and_words_are_understood_and_an_old_word_changes_none_of_them(cell, value):
    assert read_cells({"step": cell}, KNOWN) == ({"step": value}, [])


def test_a_programme_that_renames_a_step_is_understood_by_its_own_word():
    assert read_cells({"step": "on the way"}, known_steps(Step.words({"G": "On the way"}), {})) == ({"step": 2}, [])


@pytest.mark.parametrize(
    ("cells", "said"),
    [({"step": "good"}, "This term: “good” is no step"), ({"next": "stop"}, "Next: “stop”"), ({"note": "x" * 201}, "Note: This is longer")],
)
def test_what_is_not_understood_is_said_with_its_column(cells, said):
    values, problems = read_cells(cells, KNOWN)
    assert values == {}
    assert problems[0].startswith(said)


def test_a_bad_cell_does_not_stop_the_others_of_its_row():
    values, problems = read_cells({"step": "good", "next": "Next step", "note": " Once  a week "}, KNOWN)
    assert values == {"next": "next_step", "note": "Once a week"}
    assert len(problems) == 1


@given(st.sampled_from([*range(5), "x"]))
def test_what_a_sheet_says_of_a_step_reads_back_as_that_step(value):
    assert read_cells({"step": as_words("step", value, LADDER)}, KNOWN) == ({"step": value}, [])


@given(st.dictionaries(st.sampled_from(["step", "next", "note"]), st.one_of(st.none(), st.text(max_size=8), st.floats(), st.integers())))
def test_no_cell_is_too_strange_to_be_read(cells):
    values, problems = read_cells(cells, KNOWN)
    assert len(values) + len(problems) <= 3
