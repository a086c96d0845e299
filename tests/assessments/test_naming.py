"""A name or a day in a text that would leave the school is found, however it is written."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.naming import days_in, names_in

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


@pytest.mark.parametrize(
    "written", ["{0:%d/%m/%Y}", "{0:%d.%m.%y}", "{0:%Y-%m-%d}", "{0.day} {0:%B %Y}", "{0.day}th of {0:%b %Y}", "{0:%B} {0.day}, {0:%Y}"]
)
@given(day=st.dates(date(1990, 1, 1), date(2039, 12, 31)))
def test_a_day_is_found_however_it_is_written(written, day):
    assert days_in(f"Born on {written.format(day)}, in the night.") == [written.format(day)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("born in April 2014", ["April 2014"]),
        ("BORN\n3  APRIL 2014", ["3 APRIL 2014"]),
        ("did 3/4 of the page in 10-15 minutes", []),
        ("on 3 April, and she may 2 times a week", []),
        ("rated 1.2 and 2-3-4 claps", []),
        ("used 2014 bricks", []),
    ],
)
def test_only_a_day_with_its_year_is_a_day(text, found):
    assert days_in(text) == found
