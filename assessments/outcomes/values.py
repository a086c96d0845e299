"""What one cell may hold, by the kind of its measure. Pure."""

import re
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from pupils.importing.cells import CellProblem, read_text

LONGEST = 20
MOST_POINTS = 9999
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,4})?", re.ASCII)


class Kind(StrEnum):
    """What a measure is about."""

    ATTENDANCE = "attendance"
    BEHAVIOUR = "behaviour"
    ATTAINMENT = "attainment"


def read_value(kind: str, cell: object) -> str:
    """A cell as it is kept: a percentage with one place, whole points, or the words of an assessment. Empty stays empty.

    Raises CellProblem.
    """
    text = read_text(cell, longest=LONGEST) or ""
    if not text:
        return ""
    return {Kind.ATTENDANCE: _attendance, Kind.BEHAVIOUR: _points}.get(Kind(kind), str)(text)


def _attendance(text: str) -> str:
    number = text.removesuffix("%").strip()
    if not _NUMBER.fullmatch(number) or Decimal(number) > 100:
        raise CellProblem("Write attendance as a percentage from 0 to 100, such as 92.5.")
    return _one_place(Decimal(number))


def _points(text: str) -> str:
    number = text.removesuffix(".0")
    if not (number.isascii() and number.isdigit()) or int(number) > MOST_POINTS:
        raise CellProblem(f"Write a whole number from 0 to {MOST_POINTS}.")
    return str(int(number))


def attended_share(attended: int, possible: int) -> str:
    """Sessions as a percentage with one place; empty where there was no session."""
    return _one_place(Decimal(100 * attended) / possible) if possible else ""


def _one_place(number: Decimal) -> str:
    """92.50 → 92.5, 92.04 → 92."""
    rounded = number.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return str(int(rounded)) if rounded == int(rounded) else str(rounded)


def words_for(kind: str, value: str) -> str:
    """A value with its unit, as a page says it."""
    return f"{value} %" if value and kind == Kind.ATTENDANCE else value
