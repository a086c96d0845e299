"""Reads the outcomes of a cycle from a file: a table with a column for each measure, or a transfer file's attendance."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from types import SimpleNamespace
from typing import Any

import tablib
from django.core.exceptions import ValidationError
from import_export.fields import Field
from import_export.resources import Resource

from assessments.outcomes.values import Kind, attended_share, read_value
from pupils.importing import cells, headings, safety
from pupils.importing.draft import RowDraft
from pupils.importing.duplicates import mark_duplicates
from pupils.importing.reading import read_roll_file
from pupils.importing.records import AttendanceRecord, CellError, RollRow
from pupils.importing.safety import RollFileRefused
from pupils.importing.sheets import RollCSV, open_workbook
from pupils.importing.tables import CellWidget
from pupils.importing.workbook_guard import check_workbook

ATTENDANCE_SPELLINGS = ("Attendance", "Attendance %", "% Attendance", "Percentage Attendance", "Attendance Percentage", "% Attend")
_IDENTITY = ("upn", "surname", "forename", "dob")
_NO_PUPIL = "To find the pupil a row needs the UPN, or surname, forename and date of birth."
_NO_COLUMN = "No column of this table is one of your measures. Name a column after a measure: {names}."
_NO_ATTENDANCE = "This transfer file holds no attendance. Include attendance when you export it."


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure that the file is looked through for."""

    id: int
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """One pupil as the file has it: who it is, with errors, and the values by measure. Empty cells are left out."""

    who: RollRow
    values: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class OutcomeFile:
    rows: tuple[OutcomeRow, ...]
    warnings: tuple[str, ...] = ()


def _field(name: str, read: Any) -> Field:
    return Field(attribute=name, column_name=name, widget=CellWidget(read))


class IdentityResource(Resource):
    """The cells that say whose row it is."""

    upn = _field("upn", cells.read_upn)
    surname = _field("surname", cells.read_text)
    forename = _field("forename", cells.read_text)
    dob = _field("dob", cells.read_date)


_READER = IdentityResource()


def read_outcomes(name: str, data: bytes, *, laestab: str, today: date, measures: Sequence[Measure]) -> OutcomeFile:
    """Check the file as every uploaded one, and read it. Raises RollFileRefused."""
    safety.check_size(len(data))
    kind = safety.kind_of(name, data)
    if kind == safety.Kind.XML:
        return _from_transfer(name, data, laestab, today, measures)
    if kind == safety.Kind.WORKBOOK:
        check_workbook(data)
        return _from_table(open_workbook(data), measures)
    return _from_table(RollCSV().create_dataset(safety.decode(data)), measures)


def _from_transfer(name: str, data: bytes, laestab: str, today: date, measures: Sequence[Measure]) -> OutcomeFile:
    """The newest year that the file tells of goes into the school's measure of attendance."""
    measure = next((measure for measure in measures if measure.kind == Kind.ATTENDANCE), None)
    if measure is None:
        raise RollFileRefused("Add a measure of attendance first: a transfer file holds nothing else that is read here.")
    roll = read_roll_file(name, data, laestab=laestab, today=today)
    newest = max((record.year for row in roll.rows for record in row.attendance), default=None)
    if newest is None:
        raise RollFileRefused(_NO_ATTENDANCE)
    rows = tuple(OutcomeRow(row, _share_of(row.attendance, newest, measure)) for row in roll.rows)
    said = [f"The newest attendance in this file is that of {newest}."]
    if without := sum(not row.values for row in rows):
        said.append(f"Of {without} of its {len(rows)} pupils it holds none of that year that can be read.")
    return OutcomeFile(rows, (*said, *roll.warnings))


def _share_of(records: Iterable[AttendanceRecord], year: int, measure: Measure) -> dict[int, str]:
    share = next((attended_share(record.attended, record.possible) for record in records if record.year == year), "")
    return {measure.id: share} if share else {}


def _from_table(dataset: tablib.Dataset, measures: Sequence[Measure]) -> OutcomeFile:
    head = dataset.headers[1:-1]
    used = {field: place for field, place in headings.match(head).items() if field in _IDENTITY}
    if "upn" not in used and not used.keys() >= {"surname", "forename", "dob"}:
        raise RollFileRefused(f"{_NO_PUPIL} Add these columns to your export.")
    columns = _columns_of(head, measures)
    if not columns:
        raise RollFileRefused(_NO_COLUMN.format(names=", ".join(measure.name for measure in measures)))
    read = [_read_row(values, head, used, columns) for values in dataset]
    marked = mark_duplicates(row.who for row in read)
    rows = tuple(replace(row, who=who) for row, who in zip(read, marked, strict=True))
    if not rows:
        raise RollFileRefused("There are headings in this table, but no pupil. Export it again.")
    unread = headings.unread(head, [*headings.match(head).values(), *columns])
    return OutcomeFile(rows, (f"Columns that were not read: {', '.join(unread)}.",) if unread else ())


def _columns_of(head: Sequence[object], measures: Sequence[Measure]) -> dict[int, Measure]:
    """Place of a column → its measure, by the measure's name; attendance in any of its usual spellings."""
    wanted = {headings.plain(measure.name): measure for measure in measures}
    for measure in measures:
        if measure.kind == Kind.ATTENDANCE:
            wanted = {headings.plain(spelling): measure for spelling in ATTENDANCE_SPELLINGS} | wanted
    found: dict[int, Measure] = {}
    for place, cell in enumerate(head):
        meant = wanted.get(headings.plain(cell))
        if meant and meant not in found.values():
            found[place] = meant
    return found


def _read_row(values: tuple[Any, ...], head: Sequence[object], used: Mapping[str, int], columns: Mapping[int, Measure]) -> OutcomeRow:
    draft, row = RowDraft(values[0]), values[1:-1]
    if values[-1]:
        draft.fail("Row", "This row has more cells than there are headings, so its values may stand in the wrong columns.")
    draft.values |= dict(_identity(draft, {field: row[place] for field, place in used.items()}))
    found = {}
    for place, measure in columns.items():
        value = draft.take(cells.tidy(head[place])[:40], partial(read_value, measure.kind), row[place])
        if value:
            found[measure.id] = value
    return OutcomeRow(draft.finish(), found)


def _identity(draft: RowDraft, row: Mapping[str, object]) -> Iterator[tuple[str, Any]]:
    """Who the row is about, through the resource; its errors stand at their column."""
    read = SimpleNamespace()
    try:
        _READER.import_instance(read, row)
    except ValidationError as problems:
        for field, messages in problems.message_dict.items():
            draft.fail(headings.SPELLINGS[field][0], messages[0])
    known = {field: getattr(read, field, None) for field in _IDENTITY}
    if not draft.errors and not known["upn"] and not all(known[field] for field in ("surname", "forename", "dob")):
        draft.errors.append(CellError("Pupil", _NO_PUPIL))
    yield from known.items()
