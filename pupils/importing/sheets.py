"""Turns a CSV file or a workbook into one tablib dataset with the row number in front, through django-import-export's formats."""

import csv
import io
import warnings
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any

import openpyxl
import tablib
from import_export.formats import base_formats

from pupils.importing import headings
from pupils.importing.safety import RollFileRefused

MAX_ROWS = 100_000
MAX_COLUMNS = 200
_LOOK_FOR_HEADINGS = 10
_END = "\x1eend"
_DELIMITERS = ",;\t"

_TOO_LONG = f"This table has more than {MAX_ROWS:,} rows, perhaps empty ones far down. Copy the pupils of one school into a new table."
_UNCLOSED = "A quotation mark in row {row} is never closed, so the rows after it cannot be told apart. Export the table again."

Cells = Sequence[Any]


class RollCSV(base_formats.CSV):
    """A text table with a comma, semicolon or tab between the cells, whichever gives most headings."""

    def create_dataset(self, in_stream: str, **_: object) -> tablib.Dataset:
        delimiter = max(_DELIMITERS, key=lambda each: _score(in_stream, each))
        return _dataset(_records(in_stream, delimiter))


class RollXLSX(base_formats.XLSX):
    """The sheet of a workbook that has most headings: values instead of formulas, read in a stream."""

    def create_dataset(self, in_stream: bytes, **_: object) -> tablib.Dataset:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of every extension that it does not keep
            book = openpyxl.load_workbook(io.BytesIO(in_stream), read_only=True, data_only=True, keep_links=False)
            try:
                return _dataset(_sheet_rows(max(book.worksheets, key=_sheet_score)))
            finally:
                book.close()


def open_workbook(data: bytes) -> tablib.Dataset:
    """The table of a workbook that has passed the guard. What openpyxl cannot open is damaged, whichever of its many errors it raises."""
    try:
        return RollXLSX().create_dataset(data)
    except RollFileRefused:
        raise
    except Exception:
        raise RollFileRefused("This workbook is damaged or has no sheet. Save it again as an Excel workbook (.xlsx).") from None


def _sheet_score(sheet: Any) -> int:
    rows = sheet.iter_rows(values_only=True, max_row=_LOOK_FOR_HEADINGS, max_col=MAX_COLUMNS)
    return max((len(headings.match(row)) for row in rows), default=0)


def _sheet_rows(sheet: Any) -> Iterator[Cells]:
    """All rows whatever size the sheet claims to have, without the empty cells that pad them."""
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS), start=1):
        if number > MAX_ROWS:
            raise RollFileRefused(_TOO_LONG)
        width = max((place for place, cell in enumerate(row, start=1) if cell is not None), default=0) if any(row) else 0
        yield row[:width]


def _score(text: str, delimiter: str) -> int:
    first = islice(csv.reader(io.StringIO(text[:20_000], newline=""), delimiter=delimiter), _LOOK_FOR_HEADINGS)
    return max((len(headings.match(row)) for row in first), default=0)


def _records(text: str, delimiter: str) -> Iterator[Cells]:
    """Every record; an unclosed quotation mark, which would swallow the rest of the file, is refused."""
    number = 0
    try:
        for number, record in enumerate(csv.reader(io.StringIO(f"{text}\n{_END}\n", newline=""), delimiter=delimiter), start=1):
            if number > MAX_ROWS:
                raise RollFileRefused(_TOO_LONG)
            if record == [_END]:
                return
            if any(_END in cell for cell in record):
                raise RollFileRefused(_UNCLOSED.format(row=number))
            yield record
    except csv.Error:
        raise RollFileRefused(_UNCLOSED.format(row=number + 1)) from None


def _dataset(records: Iterable[Cells]) -> tablib.Dataset:
    """Headings first, then every row that has a cell, each with its number in front and padded to one width."""
    numbered = enumerate(records, start=1)
    first = list(islice(numbered, _LOOK_FOR_HEADINGS))
    place = headings.find([row for _, row in first])
    head = list(first[place][1]) if first else []
    dataset = tablib.Dataset(headers=["row", *head, "beyond"])
    for number, row in chain(first[place + 1 :], numbered):
        if any(_is_filled(cell) for cell in row):
            beyond = any(_is_filled(cell) for cell in row[len(head) :])
            dataset.append([number, *row[: len(head)], *[None] * (len(head) - len(row)), beyond])
    return dataset


def _is_filled(cell: object) -> bool:
    return cell is not None and str(cell).strip() != ""
