"""The class as a workbook: a row a target, the cells to fill in open, everything else locked, and each row's own seal hidden.

Text is written as text: a cell that begins with = is never a formula.
"""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import openpyxl
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, Protection
from openpyxl.worksheet.datavalidation import DataValidation

from assessments.filling.words import NEXTS
from pupils.importing import safety
from pupils.importing.safety import RollFileRefused
from pupils.importing.workbook_guard import check_workbook

HEADINGS = ("Seal: leave it as it is", "Pupil", "Target", "Start", "Last", "This term", "Next", "Note")
OPEN = range(6, 9)  # the columns to fill in
WIDTHS = (4, 18, 48, 16, 16, 16, 14, 60)
HELP = "Fill in This term (0 to 4, or X for not seen), Next and Note. An empty cell leaves what is there as it is."
MOST_ROWS = 2000
NOT_OURS = "This workbook is not the sheet of a class. Download the sheet, fill it in, and bring that file back."


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One row as it is written: its seal, and what people read."""

    seal: str
    pupil: str
    target: str
    start: str
    last: str
    step: str
    next: str
    note: str


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row as it comes back. Whose row it is, the seal says; pupil and target only have to be those of the seal."""

    number: int
    seal: str
    pupil: object
    target: object
    cells: dict[str, object]


def write_workbook(lines: Iterable[SheetLine]) -> bytes:
    """Return the bytes of an .xlsx."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Review"
    sheet.append([])
    _write(sheet.cell(1, 2), HELP, is_open=False)
    for column, heading in enumerate(HEADINGS, start=1):
        _write(sheet.cell(2, column), heading, is_open=False)
        sheet.cell(2, column).font = Font(bold=True)
    last = 2
    for last, line in enumerate(lines, start=3):
        for column, text in enumerate(_texts(line), start=1):
            _write(sheet.cell(last, column), text, is_open=column in OPEN)
    _dress(sheet, last)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _texts(line: SheetLine) -> Sequence[str]:
    return (line.seal, line.pupil, line.target, line.start, line.last, line.step, line.next, line.note)


def _write(cell: Cell, text: str, *, is_open: bool) -> None:
    """Always as text: what begins with = + - or @ stays what it is."""
    cell.value = text or None
    if text:
        cell.data_type = "s"
        cell.quotePrefix = text[0] in "=+-@\t\r"
    cell.protection = Protection(locked=not is_open)
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _dress(sheet: Any, last: int) -> None:
    for column, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[chr(64 + column)].width = width
    sheet.column_dimensions["A"].hidden = True
    sheet.freeze_panes = "D3"
    sheet.protection.sheet = True
    if last > 2:
        choice = DataValidation(type="list", formula1=f'"{",".join(NEXTS.values())}"', allow_blank=True)
        sheet.add_data_validation(choice)
        choice.add(f"G3:G{last}")


def read_workbook(name: str, data: bytes) -> list[SheetRow]:
    """The filled-in rows of a workbook that came back. Raises RollFileRefused."""
    safety.check_size(len(data))
    if safety.kind_of(name, data) != safety.Kind.WORKBOOK:
        raise RollFileRefused(NOT_OURS)
    check_workbook(data)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        try:
            rows = list(_rows(book.worksheets[0]))
        finally:
            book.close()
    except RollFileRefused:
        raise
    except Exception:
        raise RollFileRefused("This workbook is damaged or has no sheet. Save it again as an Excel workbook (.xlsx).") from None
    if not rows:
        raise RollFileRefused(NOT_OURS)
    return rows


def _rows(sheet: Any) -> Iterator[SheetRow]:
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(values_only=True, max_col=len(HEADINGS)), start=1):
        if number > MOST_ROWS:
            raise RollFileRefused(f"This sheet has more than {MOST_ROWS} rows. Bring back the sheet of one class.")
        if number == 2 and tuple(row) != HEADINGS:
            raise RollFileRefused(NOT_OURS)
        if number > 2 and any(cell is not None for cell in row):
            cells = [*row, *[None] * (len(HEADINGS) - len(row))]
            yield SheetRow(number, str(cells[0] or ""), cells[1], cells[2], {"step": cells[5], "next": cells[6], "note": cells[7]})
