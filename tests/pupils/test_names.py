"""A name is found however it is typed."""

import pytest

from pupils.names import fold, initials_of, search_key, with_initials, words_of


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Zoë", "zoe"),
        ("ŁUKASZ", "lukasz"),
        ("Straße", "strasse"),
        ("Søren", "soren"),
        ("İpek", "ipek"),
        ("Nguyễn", "nguyen"),
        ("علی", "علی"),
    ],
)
def test_accents_and_case_fall_away(typed, folded):
    assert fold(typed) == folded


def test_an_apostrophe_joins_and_a_hyphen_parts():
    assert words_of("O'Brien-Smith, Mary") == ["obrien", "smith", "mary"]
    assert words_of("O’Brien") == ["obrien"]


def test_a_key_holds_each_word_once_and_both_spellings_of_an_apostrophe():
    assert search_key(["Ravi", "O'Neill", "Ravindra", "O'Neill"]) == " ravi oneill ravindra o neill"


def test_nothing_but_signs_is_no_word():
    assert words_of(" %_-' ") == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ravi asks. Ravi’s friend helps Patel.", "R. asks. R.’s friend helps P."),
        ("Ravindra and Raviolis stay", "Ravindra and Raviolis stay"),
        ("will ravi come?", "will ravi come?"),
        ("", ""),
    ],
)
def test_a_name_in_a_text_is_cut_to_its_initial_where_it_stands_alone(text, shown):
    assert with_initials(text, ["Ravi", "Patel", ""]) == shown


def test_without_names_a_text_stays():
    assert with_initials("Ravi (7B).", []) == "Ravi (7B)."


def test_signs_in_a_name_are_no_pattern():
    assert with_initials("A.J. and AxJx", ["A.J."]) == "A. and AxJx"


def test_initials_leave_out_what_is_empty():
    assert initials_of(["ravi", "", "Patel"]) == "R.P."
