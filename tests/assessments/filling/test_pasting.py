"""How a paste is cut into rows and whom its names mean, without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.filling.pasting import (
    ANOTHER,
    PastedRow,
    Place,
    match_by_name,
    match_in_order,
    name_key,
    names_of,
    read_paste,
    unknown_words,
)

RAVI, SAM = 1, 2
PLACES = [Place(RAVI, 11, "I ask for help"), Place(RAVI, 12, "I wait"), Place(SAM, 21, "I join in")]
CALLED = {name: {RAVI} for name in names_of("Ravi", "Patel")} | {name: {SAM} for name in names_of("Sam", "O’Neill")}
TARGETS = {"i ask for help", "i wait", "i join in"}


def read(text: str):
    return read_paste(text, names=CALLED.keys(), targets=TARGETS)


def found(text: str, chosen=None) -> dict[int, str]:
    matched = match_by_name(read(text), PLACES, CALLED, chosen or {})
    return {place.target: str(row.cells.get("step", "")) for row, place in matched.found}


@pytest.mark.parametrize("name", ["Ravi Patel", "Patel, Ravi", "RAVI P.", "ravi", "  Ravi   P "])
def test_a_name_is_found_in_every_usual_spelling(name):
    assert found(f"{name}\t3") == {11: "3"}


def test_an_apostrophe_of_another_kind_is_the_same_name():
    assert found("Sam O'Neill\t2") == {21: "2"}


def test_the_rows_of_one_pupil_go_to_the_targets_in_their_order_and_a_blank_name_goes_on():
    assert found("Ravi\t1\n\t2\nSam\t3") == {11: "1", 12: "2", 21: "3"}


def test_a_column_of_targets_is_seen_and_used_in_any_order():
    assert found("Ravi\tI wait\t4\nRavi\tI ask for help\t1") == {12: "4", 11: "1"}


def test_headings_say_which_column_is_which():
    pasted = read("Note\tPupil\tThis term\nOnce\tSam\t2")
    assert pasted.rows == (PastedRow(2, "Sam", "", {"note": "Once", "step": "2"}),)


def test_windows_line_ends_and_empty_lines_do_not_count_as_rows():
    assert [row.number for row in read("1\r\n\r\n2\r\n").rows] == [1, 3]
    assert read(" \n\t\n").rows == ()


def test_without_names_the_rows_go_in_order_and_only_where_there_are_as_many():
    assert [place.target for _, place in match_in_order(read("1\n2\n3"), PLACES).found] == [11, 12, 21]
    for text, said in (("1\n2", "It has 2 rows, and the class has 3 targets"), ("1\n2\n3\n4", "It has 4 rows")):
        wrong = match_in_order(read(text), PLACES)
        assert wrong.found == []
        assert wrong.problems[0][1].startswith(said)


def test_a_name_of_nobody_and_a_row_too_many_are_said_at_their_place():
    matched = match_by_name(read("Sam\t1\nSam\t2\nAlex\t3"), PLACES, CALLED, {})
    assert [place for place, _ in matched.problems] == ["Row 2", "Row 3"]


def test_of_two_pupils_of_one_name_none_is_guessed_until_a_person_says_who():
    called = {name_key("Ravi"): {RAVI, SAM}}
    pasted = read("Ravi\t3")
    matched = match_by_name(pasted, PLACES, called, {})
    assert (matched.found, [who for _, who in matched.asked]) == ([], [(RAVI, SAM)])
    assert [place.target for _, place in match_by_name(pasted, PLACES, called, {1: SAM}).found] == [21]
    assert match_by_name(pasted, PLACES, called, {1: 99}).found == []


def test_a_name_that_fits_a_pupil_elsewhere_too_is_guessed_no_more_than_one_of_two_in_the_class():
    pasted = read("Ravi\t3\n\t2\nSam\t1")
    elsewhere = names_of("Ravi", "Singh")
    matched = match_by_name(pasted, PLACES, CALLED, {}, elsewhere=elsewhere)
    assert [place.target for _, place in matched.found] == [21]
    assert [(row.named_in, who) for row, who in matched.asked] == [(1, (RAVI,)), (1, (RAVI,))]
    answered = match_by_name(pasted, PLACES, CALLED, {1: RAVI}, elsewhere=elsewhere)
    assert [place.target for _, place in answered.found] == [11, 12, 21]
    refused = match_by_name(pasted, PLACES, CALLED, {1: ANOTHER}, elsewhere=elsewhere)
    assert ([place.target for _, place in refused.found], [place for place, _ in refused.problems]) == ([21], ["Row 1", "Row 2"])


def test_unknown_words_are_listed_once():
    rows = read("emerging\nEMERGING\n3\nsecure").rows
    assert unknown_words(rows, {"3": 3}) == ["emerging", "secure"]


@given(st.text(alphabet=st.sampled_from("Ravi Sam\t\n\r0123x=I wait"), max_size=80))
def test_whatever_is_pasted_each_row_ends_in_one_place_and_no_target_twice(text):
    pasted = read(text)
    if not pasted.has_names:
        return
    matched = match_by_name(pasted, PLACES, CALLED, {})
    assert len(matched.found) + len(matched.asked) + len(matched.problems) == len(pasted.rows)
    if not any(row.target for row in pasted.rows):
        targets = [place.target for _, place in matched.found]
        assert len(targets) == len(set(targets))
