"""A name in a text that would leave the school is found, however it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.naming import names_in

NAMES = st.text(alphabet="abcdeéöñ", min_size=2, max_size=10)


@given(NAMES, st.sampled_from(["{} asked for help.", "Then {}, at last.", "a friend of {}'s", "{}"]))
def test_a_name_is_found_in_any_sentence_in_any_case(name, sentence):
    assert names_in(sentence.format(name.upper()), [name]) == [name]


@pytest.mark.parametrize(
    ("text", "names", "found"),
    [
        ("Zoe put her hand up", ["Zoë"], ["Zoë"]),
        ("OBrien said so", ["O'Brien"], ["O'Brien"]),
        ("at O’Brien’s desk", ["O'Brien"], ["O'Brien"]),
        ("with Mary-Anne", ["Mary-Anne"], ["Mary-Anne"]),
        ("Anne came too", ["Mary-Anne"], ["Mary-Anne"]),
        ("The pupil put a hand up", ["Ravi", "Patel"], []),
        ("The ravine is deep", ["Ravi"], []),
        ("", ["Ravi"], []),
    ],
)
def test_names_in_texts(text, names, found):
    assert names_in(text, names) == found
