"""Reads a table out of a management information system: CSV or XLSX in, the same records as a transfer file out."""

import re
from collections.abc import Mapping
from datetime import date
from functools import partial
from types import SimpleNamespace
from typing import Any

import tablib
from django.core.exceptions import ValidationError
from import_export.fields import Field
from import_export.resources import Resource
from import_export.widgets import Widget

from pupils.importing import cells, codes, headings
from pupils.importing.ctf_pupil import put_language, read_enrolment, warn_about_upn
from pupils.importing.draft import RowDraft
from pupils.importing.records import FileHeader, NeedRecord, RollFile, RollRow, SupportRecord
from pupils.importing.safety import RollFileRefused
from pupils.importing.sheets import RollCSV, open_workbook
from pupils.importing.table_contacts import read_contacts

_NO_HEADINGS = "We found no column headings that we know. The first row has to name the columns, such as Surname, Forename, UPN."


class CellWidget(Widget):
    """Reads a cell with one of our functions; a CellProblem is the ValueError that a Resource collects."""

    def __init__(self, read: Any) -> None:
        super().__init__()
        self._read = read

    def clean(self, value: object, row: object = None, **_: object) -> object:
        return self._read(value)


def _field(name: str, read: Any) -> Field:
    return Field(attribute=name, column_name=name, widget=CellWidget(read))


def _code(code_set: codes.CodeSet) -> Any:
    return partial(cells.read_code, code_set=code_set)


class RollResource(Resource):
    """The cells of one row that stand for themselves; what needs several cells is put together afterwards."""

    upn = _field("upn", cells.read_upn)
    former_upn = _field("former_upn", cells.read_upn)
    surname = _field("surname", cells.read_text)
    forename = _field("forename", cells.read_text)
    preferred_surname = _field("preferred_surname", cells.read_text)
    preferred_forename = _field("preferred_forename", cells.read_text)
    dob = _field("dob", cells.read_date)
    sex = _field("sex", _code(codes.SEX))
    nc_year = _field("nc_year", cells.read_nc_year)
    registration_group = _field("registration_group", partial(cells.read_text, longest=cells.MAX_GROUP))
    is_eal = _field("is_eal", cells.read_flag)
    pupil_premium = _field("pupil_premium", cells.read_flag)
    looked_after = _field("looked_after", cells.read_flag)
    provision = _field("provision", _code(codes.PROVISION))
    provision_from = _field("provision_from", cells.read_date)

    def __init__(self, today: date) -> None:
        super().__init__()
        self.fields["dob"].widget = CellWidget(partial(cells.read_birth_date, today=today))


_PLAIN_FIELDS = frozenset(RollResource.fields) - {"provision", "provision_from", "sex"}


def read_csv(text: str, today: date) -> RollFile:
    """A decoded text table."""
    return _read("csv", RollCSV().create_dataset(text), today)


def read_xlsx(data: bytes, today: date) -> RollFile:
    """A workbook that has passed the guard."""
    return _read("xlsx", open_workbook(data), today)


def _read(kind: str, dataset: tablib.Dataset, today: date) -> RollFile:
    head = dataset.headers[1:-1]
    used, contacts = headings.match(head), headings.match_contacts(head)
    _check_headings(used)
    reader = RowReader(head, used, contacts, today)
    rows = tuple(reader.read(values) for values in dataset)
    if not rows:
        raise RollFileRefused("There are headings in this table, but no pupil. Export it again.")
    unread = headings.unread(head, [*used.values(), *contacts.values()])
    warnings = (f"Columns that were not read: {', '.join(unread)}.",) if unread else ()
    return RollFile(kind, FileHeader(), rows, warnings)


def _check_headings(used: Mapping[str, int]) -> None:
    if not used:
        raise RollFileRefused(_NO_HEADINGS)
    missing = [words for field, words in headings.REQUIRED.items() if field not in used]
    if missing:
        raise RollFileRefused(f"These columns are missing: {', '.join(missing)}. Add them to your export; the order does not matter.")


class RowReader:
    """Reads rows of one table; it knows where each field stands and what its heading says there."""

    def __init__(self, head: list[Any], used: dict[str, int], contacts: dict[tuple[int, str], int], today: date) -> None:
        self._head, self._used, self._contacts = head, used, contacts
        self._resource = RollResource(today)

    def read(self, values: tuple[Any, ...]) -> RollRow:
        number, row, is_too_long = values[0], values[1:-1], values[-1]
        draft = RowDraft(number)
        if is_too_long:
            draft.fail("Row", "This row has more cells than there are headings, so its values may stand in the wrong columns.")
        cell = {field: row[place] for field, place in self._used.items()}
        read = self._clean(draft, cell)
        draft.values |= {field: getattr(read, field, None) for field in _PLAIN_FIELDS}
        self._put_together(draft, cell, read)
        draft.values["contacts"] = read_contacts(draft, {key: row[place] for key, place in self._contacts.items()})
        self._check_identity(draft)
        return draft.finish()

    def _clean(self, draft: RowDraft, cell: dict[str, object]) -> SimpleNamespace:
        """Every plain cell through the Resource; its errors come back by field and are shown at the heading."""
        read = SimpleNamespace()
        try:
            self._resource.import_instance(read, cell)
        except ValidationError as problems:
            for field, messages in problems.message_dict.items():
                draft.fail(self._heading(field), messages[0], cell.get(field))
        return read

    def _heading(self, field: str) -> str:
        place = self._used.get(field)
        return cells.tidy(self._head[place])[:40] if place is not None else headings.SPELLINGS[field][0]

    def _put_together(self, draft: RowDraft, cell: dict[str, object], read: SimpleNamespace) -> None:
        sex, provision = getattr(read, "sex", None), getattr(read, "provision", None)
        draft.values["sex"] = sex.code if sex else None
        draft.values["enrolment"] = read_enrolment(draft, self._heading("enrolment"), cell.get("enrolment"))
        draft.values["support"] = _support(draft, provision, getattr(read, "provision_from", None))
        draft.values["needs"] = self._needs(draft, cell)
        said = draft.values["is_eal"]
        put_language(draft, cells.tidy(cell.get("language")))
        if said is not None:
            draft.values["is_eal"] = said

    def _needs(self, draft: RowDraft, cell: dict[str, object]) -> tuple[NeedRecord, ...] | None:
        """One cell with one or several needs, or two cells; the order is the rank."""
        found: list[str] = []
        for field in ("needs", "second_need"):
            for text in _split_needs(cells.tidy(cell.get(field))):
                code = draft.take(self._heading(field), _code(codes.NEED), text)
                if code and code.current not in found:
                    found.append(code.current)
        return tuple(NeedRecord(code, rank) for rank, code in enumerate(found, start=1)) or None

    def _check_identity(self, draft: RowDraft) -> None:
        failed = {error.column for error in draft.errors}
        for field in headings.REQUIRED:
            if draft.values[field] is None and self._heading(field) not in failed:
                draft.fail(self._heading(field), "This is missing.")
        unknown = draft.values["upn"] is None and draft.values["dob"] is None
        if unknown and not failed & {self._heading("upn"), self._heading("dob")}:
            draft.fail(self._heading("dob"), "Without a UPN the date of birth is needed to find the pupil.")
        warn_about_upn(draft)


def _split_needs(text: str) -> list[str]:
    """ "SLCN; ASD", "SLCN, ASD" and "1. SLCN / 2. ASD"; words with commas of their own stay whole."""
    if not text or codes.NEED.find(text):
        return [text] if text else []
    parts = re.split(r"[;|/\n]", text) if re.search(r"[;|/\n]", text) else text.split(",")
    return [tidied for part in parts if (tidied := re.sub(r"^\d\s*[.):-]?\s*", "", part.strip()))]


def _support(draft: RowDraft, provision: codes.Code | None, starts_on: date | None) -> tuple[SupportRecord, ...] | None:
    if provision is None:
        return None
    if provision.read_as:
        draft.warn(f"The old SEN provision {provision.code} ({provision.words}) is read as {provision.read_as}.")
    return (SupportRecord(provision.current, starts_on),)
