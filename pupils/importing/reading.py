"""The door of the package: bytes and a file name in, a RollFile out, or RollFileRefused."""

from dataclasses import replace
from datetime import date

from pupils.importing import safety
from pupils.importing.ctf import read_ctf
from pupils.importing.duplicates import mark_duplicates
from pupils.importing.ownership import check_belongs
from pupils.importing.records import RollFile
from pupils.importing.tables import read_csv, read_xlsx
from pupils.importing.workbook_guard import check_workbook


def read_roll_file(name: str, data: bytes, *, laestab: str, today: date) -> RollFile:
    """Check the file, read it, and check that it belongs to the school with this LAESTAB."""
    safety.check_size(len(data))
    roll = _read(name, data, today)
    cautions = tuple(check_belongs(roll.header, laestab))
    return replace(roll, rows=mark_duplicates(roll.rows), warnings=(*cautions, *roll.warnings))


def _read(name: str, data: bytes, today: date) -> RollFile:
    kind = safety.kind_of(name, data)
    if kind == safety.Kind.XML:
        return read_ctf(data, today)
    if kind == safety.Kind.WORKBOOK:
        check_workbook(data)
        return read_xlsx(data, today)
    return read_csv(safety.decode(data), today)
