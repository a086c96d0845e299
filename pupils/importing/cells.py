"""Reads one cell. Each function returns the value, None for an empty cell, or raises CellProblem in plain words."""

import re
from datetime import date, datetime

from pupils.importing import codes, upn

MAX_NAME = 60
MAX_GROUP = 20
_MAX_QUOTED = 20
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ][0-9:.+Z-]*)?", re.ASCII)
_BRITISH = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: 0?0:00(?::00)?)?", re.ASCII)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_YES = {"y", "yes", "true", "t", "1", "1.0"}
_NO = {"n", "no", "false", "f", "0", "0.0"}


class CellProblem(ValueError):
    """A value that cannot be read; the text says how to mend it and never repeats the value, because it may be kept."""


def tidy(value: object) -> str:
    """One line of text without stray spaces; whole numbers from a spreadsheet lose their ".0"."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).split())


def quoted(value: object) -> str:
    """The beginning of a cell, fit to be shown beside what is wrong with it."""
    text = "".join(each for each in tidy(value) if each.isprintable())
    return text if len(text) <= _MAX_QUOTED else f"{text[:_MAX_QUOTED]}…"


def read_text(value: object, longest: int = MAX_NAME) -> str | None:
    """Short text such as a name or a class."""
    text = tidy(value)
    if not text:
        return None
    if len(text) > longest:
        raise CellProblem(f"This is longer than {longest} characters.")
    if _CONTROL.search(text):
        raise CellProblem("This holds characters that cannot be read. Type it again.")
    return text


def read_date(value: object) -> date | None:
    """DD/MM/YYYY or YYYY-MM-DD, or a date cell of a workbook."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = tidy(value)
    if not text:
        return None
    return _date_from_text(text)


def _date_from_text(text: str) -> date:
    if iso := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in iso.groups())
    elif british := _BRITISH.fullmatch(text):
        day, month, year = (int(part) for part in british.groups())
    else:
        raise CellProblem("This is not a date that we can read. Write it as DD/MM/YYYY.")
    try:
        return date(year, month, day)
    except ValueError:
        raise CellProblem("There is no such day in the calendar. Write the date as DD/MM/YYYY.") from None


def read_birth_date(value: object, today: date) -> date | None:
    """A day on which somebody in a school, nursery to 25, can have been born."""
    born = read_date(value)
    if born is not None and born > today:
        raise CellProblem("This date of birth is in the future.")
    if born is not None and born.year < today.year - 27:
        raise CellProblem("This date of birth is more than 27 years ago.")
    return born


def read_upn(value: object) -> str | None:
    """A UPN with the right shape and the right check letter."""
    number = upn.normalise(tidy(value))
    if not number:
        return None
    if wrong := upn.problem(number):
        raise CellProblem(wrong)
    return number


def read_flag(value: object) -> bool | None:
    """Yes or no in the spellings that exports use."""
    text = tidy(value).casefold()
    if not text:
        return None
    if text not in _YES | _NO:
        raise CellProblem("Write Y for yes or N for no.")
    return text in _YES


def read_code(value: object, code_set: codes.CodeSet) -> codes.Code | None:
    """A code of a set, by its code or its words."""
    text = tidy(value)
    if not text:
        return None
    found = code_set.find(text)
    if found is None:
        raise CellProblem(f"This is not a code for {code_set.name}. We know {code_set.listed()}.")
    return found


def read_nc_year(value: object) -> str | None:
    """A national curriculum year, "Year 7" and the like included."""
    text = tidy(value)
    if not text:
        return None
    year = codes.find_nc_year(text)
    if year is None:
        raise CellProblem("This is not a year that we know. Write N1, N2, R, 1 to 14 or X.")
    return year


def read_email(value: object) -> str | None:
    """An address that could work; the rest of the world's mistakes are not ours to keep."""
    text = read_text(value, longest=254)
    if text and not _EMAIL.fullmatch(text):
        raise CellProblem("This is not an e-mail address.")
    return text
