"""How the text of a spreadsheet's clipboard is cut into rows: a note of two lines is one cell, whatever stands in it."""

import csv
import io
from contextlib import suppress
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.filling.clipboard import UnclearQuotes, rows_of
from tests.clipboard import CUT, UNCLEAR


@pytest.mark.parametrize("text", CUT)
def test_a_cell_in_quotation_marks_stays_one_cell_and_other_marks_stay_marks(text):
    assert rows_of(text) == CUT[text]


@pytest.mark.parametrize("text", UNCLEAR)
def test_what_can_be_read_in_two_ways_is_refused_with_its_row(text):
    with pytest.raises(UnclearQuotes, match=f"^Row {UNCLEAR[text]}: it cannot be seen where a cell ends"):
        rows_of(text)


cells = st.text(alphabet='ab"\n\t ', max_size=6).filter(lambda cell: cell[:1] not in ("\n", "\t") and not {"\n", "\t"} <= set(cell))


@given(st.lists(st.lists(cells, min_size=1, max_size=3), min_size=1, max_size=4))
def test_what_the_usual_dialect_writes_reads_back_equal(rows):
    written = io.StringIO()
    csv.writer(written, dialect="excel-tab", lineterminator="\n").writerows(rows)
    assert rows_of(written.getvalue()) == [*rows, [""]]


@pytest.mark.parametrize("piece", ['"', '""', '"a\t', '""a\t', '"""a\t', '"a""\t', '"\n', 'a"\n'])
def test_no_text_takes_long_to_cut(piece):
    began = perf_counter()
    with suppress(UnclearQuotes):
        rows_of(piece * (100_000 // len(piece)))
    assert perf_counter() - began < 5
