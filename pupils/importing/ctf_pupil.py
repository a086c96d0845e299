"""Reads one pupil of a Common Transfer File; the element's tags are in lower case."""

from datetime import date
from functools import partial
from xml.etree.ElementTree import Element

from pupils.importing import cells, codes, languages, upn
from pupils.importing.ctf_attendance import read_attendance
from pupils.importing.ctf_contact import read_contacts
from pupils.importing.draft import RowDraft
from pupils.importing.records import NeedRecord, RollRow, SupportRecord


def read_pupil(element: Element, number: int, today: date) -> RollRow:
    """One pupil with everything that we keep; an absent section stays None, which means leave alone."""
    draft = RowDraft(number)
    _read_identity(draft, element, today)
    _read_basics(draft, element)
    draft.values["looked_after"] = _looked_after(draft, element)
    draft.values["support"] = _support(draft, element)
    draft.values["needs"] = _needs(draft, element)
    draft.values["contacts"] = read_contacts(draft, element)
    draft.values["attendance"] = read_attendance(element)
    return draft.finish()


def _read_identity(draft: RowDraft, element: Element, today: date) -> None:
    draft.put("upn", "UPN", cells.read_upn, element.findtext("upn"))
    draft.put("surname", "Surname", cells.read_text, element.findtext("surname"))
    draft.put("forename", "Forename", cells.read_text, element.findtext("forename"))
    draft.put("dob", "DOB", partial(cells.read_birth_date, today=today), element.findtext("dob"))
    sex = draft.take("Sex", partial(cells.read_code, code_set=codes.SEX), element.findtext("sex") or element.findtext("gender"))
    draft.values["sex"] = sex.code if sex else None
    for field, column in (("surname", "Surname"), ("forename", "Forename"), ("dob", "DOB")):
        if draft.values[field] is None and not any(error.column == column for error in draft.errors):
            draft.fail(column, "This is missing.")
    warn_about_upn(draft)


def warn_about_upn(draft: RowDraft) -> None:
    """A missing, temporary or foreign-looking number is worth a word, no more."""
    number = draft.values.get("upn")
    if number is None:
        if not any(error.column.casefold().endswith("upn") for error in draft.errors):
            draft.warn("No UPN: the pupil is found by name and date of birth.")
        return
    if upn.is_temporary(number):
        draft.warn("The UPN is a temporary one.")
    if caution := upn.authority_warning(number):
        draft.warn(caution)


def _read_basics(draft: RowDraft, element: Element) -> None:
    basics = element.find("basicdetails")
    if basics is None:
        return
    draft.put("former_upn", "FormerUPN", cells.read_upn, basics.findtext("formerupn"))
    draft.put("preferred_surname", "PreferredSurname", cells.read_text, basics.findtext("preferredsurname"))
    draft.put("preferred_forename", "PreferredForename", cells.read_text, basics.findtext("preferredforename"))
    draft.put("nc_year", "NCyearActual", cells.read_nc_year, basics.findtext("ncyearactual"))
    draft.values["enrolment"] = read_enrolment(draft, "EnrolStatus", basics.findtext("enrolstatus"))
    put_language(draft, _first_language(basics))


def read_enrolment(draft: RowDraft, column: str, value: object) -> str | None:
    """C, M, S or G; the codes for a place elsewhere leave the pupil's enrolment alone."""
    if cells.tidy(value).upper() in codes.ENROLMENT_ELSEWHERE:
        draft.warn("The enrolment status speaks of another provider; it was left alone.")
        return None
    found = draft.take(column, partial(cells.read_code, code_set=codes.ENROLMENT), value)
    return found.code if found else None


def put_language(draft: RowDraft, text: str) -> None:
    """The first language decides EAL; one that we cannot read is left alone, with a word about it."""
    if not text:
        return
    code = languages.find(text)
    if code is None:
        draft.warn("The first language could not be read; it was left alone.")
        return
    draft.values["language"], draft.values["is_eal"] = code, languages.is_eal(code)


def _first_language(basics: Element) -> str:
    for each in basics.iterfind("languages/type"):
        if cells.tidy(each.findtext("languagetype")).upper() == "F":
            return cells.tidy(each.findtext("language"))
    return ""


def _looked_after(draft: RowDraft, element: Element) -> bool | None:
    """Either a plain flag, or a section whose presence says it."""
    section = element.find("lookedafter")
    if section is None:
        return None
    said = cells.tidy(section.text) or cells.tidy(section.findtext("incare"))
    return draft.take("LookedAfter", cells.read_flag, said) if said else len(section) > 0


def _support(draft: RowDraft, element: Element) -> tuple[SupportRecord, ...] | None:
    """The SEN history, oldest first. A pupil who is now N still carries old K rows."""
    history = element.find("senhistory")
    if history is None:
        return None
    rows = [row for each in history.iterfind("sen") if (row := _support_row(draft, each))]
    return tuple(sorted(rows, key=lambda row: (row.starts_on or date.min, row.ends_on is None)))


def _support_row(draft: RowDraft, element: Element) -> SupportRecord | None:
    code = draft.take("SENprovision", partial(cells.read_code, code_set=codes.PROVISION), element.findtext("senprovision"))
    starts_on = draft.take("SENhistory StartDate", cells.read_date, element.findtext("startdate"))
    ends_on = draft.take("SENhistory EndDate", cells.read_date, element.findtext("enddate"))
    _check_order(draft, "SENhistory EndDate", starts_on, ends_on)
    if code is None:
        return None
    if code.read_as and ends_on is None:
        draft.warn(f"The old SEN provision {code.code} ({code.words}) is read as {code.read_as}.")
    return SupportRecord(code.current, starts_on, ends_on)


def _needs(draft: RowDraft, element: Element) -> tuple[NeedRecord, ...] | None:
    section = element.find("senhistory/senneeds")
    section = element.find("senneeds") if section is None else section
    if section is None:
        return None
    rows = (_need(draft, each, place) for place, each in enumerate(section.iterfind("senneed"), start=1))
    return tuple(sorted((row for row in rows if row), key=lambda row: row.rank))


def _need(draft: RowDraft, element: Element, place: int) -> NeedRecord | None:
    code = draft.take("SENtype", partial(cells.read_code, code_set=codes.NEED), element.findtext("sentype"))
    starts_on = draft.take("NeedStartDate", cells.read_date, element.findtext("needstartdate"))
    ends_on = draft.take("NeedEndDate", cells.read_date, element.findtext("needenddate"))
    _check_order(draft, "NeedEndDate", starts_on, ends_on)
    rank = cells.tidy(element.findtext("sentyperank"))
    if code is None:
        return None
    return NeedRecord(code.current, int(rank) if rank.isdecimal() and 0 < len(rank) < 3 else place, starts_on, ends_on)


def _check_order(draft: RowDraft, column: str, starts_on: date | None, ends_on: date | None) -> None:
    if starts_on and ends_on and ends_on < starts_on:
        draft.fail(column, "The end is before the start.")
