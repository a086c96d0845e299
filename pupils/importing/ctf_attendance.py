"""Reads a pupil's attendance in a Common Transfer File: sessions possible and attended, a year at a time."""

from xml.etree.ElementTree import Element

from pupils.importing.cells import tidy
from pupils.importing.records import AttendanceRecord

MOST_SESSIONS = 800  # a year has about 380


def read_attendance(element: Element) -> tuple[AttendanceRecord, ...]:
    """Every year that can be read; one that cannot never stops the pupil from being imported."""
    years = (_year(year) for year in element.iterfind("attendance/yeardata"))
    return tuple(record for record in years if record)


def _year(element: Element) -> AttendanceRecord | None:
    numbers = [_whole(element.findtext(name)) for name in ("year", "sessionspossible", "sessionsattended")]
    if any(number is None for number in numbers):
        return None
    year, possible, attended = (number or 0 for number in numbers)
    fits = 1990 <= year < 2100 and 0 < possible <= MOST_SESSIONS and attended <= possible
    return AttendanceRecord(year, possible, attended) if fits else None


def _whole(text: str | None) -> int | None:
    number = tidy(text)
    return int(number) if number.isascii() and number.isdigit() and len(number) < 6 else None
