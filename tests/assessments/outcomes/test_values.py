"""What one cell may hold, by the kind of its measure."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.outcomes.values import LONGEST, Kind, attended_share, read_value, words_for
from pupils.importing.cells import CellProblem


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("attendance", "92.5", "92.5"),
        ("attendance", " 92.54 % ", "92.5"),
        ("attendance", 100.0, "100"),
        ("attendance", 0, "0"),
        ("behaviour", "7", "7"),
        ("behaviour", 7.0, "7"),
        ("behaviour", "007", "7"),
        ("attainment", "8y 4m", "8y 4m"),
        ("attainment", "=GDS", "=GDS"),
        *[(kind, empty, "") for kind in Kind for empty in (None, "", "  ")],
    ],
)
def test_a_cell_is_kept_in_one_way(kind, typed, kept):
    assert read_value(kind, typed) == kept


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("attendance", "101"),
        ("attendance", "-1"),
        ("attendance", "good"),
        ("attendance", "٩٢"),
        ("behaviour", "1.5"),
        ("behaviour", "-1"),
        ("behaviour", "10000"),
        ("behaviour", "²"),
        ("attainment", "x" * (LONGEST + 1)),
        ("attainment", "a\x00b"),
    ],
)
def test_what_a_measure_cannot_hold_is_refused_in_plain_words(kind, typed):
    with pytest.raises(CellProblem):
        read_value(kind, typed)


@given(st.sampled_from(list(Kind)), st.text(max_size=30))
def test_what_is_kept_reads_as_itself(kind, text):
    try:
        kept = read_value(kind, text)
    except CellProblem:
        return
    assert read_value(kind, kept) == kept
    assert len(kept) <= LONGEST


@given(st.integers(1, 800), st.data())
def test_a_share_of_sessions_is_a_percentage_that_can_be_read(possible, data):
    attended = data.draw(st.integers(0, possible))
    share = attended_share(attended, possible)
    assert read_value("attendance", share) == share
    assert abs(Decimal(share) - Decimal(100 * attended) / possible) <= Decimal("0.05")


def test_no_session_gives_no_share():
    assert attended_share(0, 0) == ""


def test_only_attendance_has_a_unit():
    assert words_for("attendance", "92.5") == "92.5 %"
    assert words_for("attendance", "") == ""
    assert words_for("behaviour", "3") == "3"
