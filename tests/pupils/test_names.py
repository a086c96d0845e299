"""A name is found however it is typed."""

import pytest

from pupils.names import fold, search_key, words_of


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
