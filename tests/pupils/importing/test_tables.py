"""Exports of three systems and a workbook give the same records as a transfer file."""

from datetime import date, datetime
from pathlib import Path

import pytest

from pupils.importing import cells, headings
from pupils.importing.reading import read_roll_file
from tests.pupils.files import make_files as files
from tests.pupils.files import parts

TODAY = date(2025, 11, 22)
HERE = Path(files.__file__).parent


def read(name, data=None):
    return read_roll_file(name, data or (HERE / name).read_bytes(), laestab="8387772", today=TODAY)


def read_row(heading, value, head="Surname,Forename,DOB,Year"):
    data = files.table(f"{head},{heading}", f'Alder,Robin,05/11/2013,7,"{value}"')
    return read("one.csv", data).rows[0]


def test_windows_1252_with_commas():
    rows = read("sims_windows_1252.csv").rows
    assert [(row.surname, row.forename) for row in rows] == [("Núñez", "Beatriz"), ("D’Arcy", "Noël"), ("Poplar", "Finch")]
    first, second, third = rows
    assert (first.number, first.preferred_forename, first.nc_year, first.registration_group) == (2, "Bea", "7", "7B")
    assert (first.pupil_premium, first.is_eal, first.looked_after, first.dob) == (True, True, False, date(2013, 11, 5))
    assert [need.code for need in first.needs] == ["SLCN"]
    assert [(need.code, need.rank) for need in second.needs] == [("ASD", 1), ("SLD", 2)]
    assert (third.needs, third.pupil_premium) == (None, None)
    assert third.current_support(TODAY).provision == "N"


def test_semicolons_with_contacts():
    first, second = read("arbor_semicolon.csv").rows
    assert (first.surname, first.dob, first.language, first.is_eal) == ("Spruce", date(2012, 9, 1), "ENG", False)
    assert [need.code for need in first.needs] == ["MLD", "SEMH"]
    assert (first.contacts[0].relationship, first.contacts[0].court_order) == ("PAM", False)
    assert (second.contacts[0].court_order, second.contacts[0].has_responsibility) == (True, True)
    assert second.current_support(TODAY).provision == "E"


def test_tabs_with_a_byte_order_mark():
    first, second = read("bromcom_tab_bom.txt").rows
    assert (first.upn, first.preferred_forename, first.language) == (parts.make_upn(61), "Sky", "SOM")
    assert [need.code for need in first.needs] == ["SEMH", "SPLD"]
    assert (second.surname, second.nc_year) == ("Żuk", "R")


def test_a_workbook_with_a_title_above_its_headings():
    first, second = read("roll.xlsx").rows
    assert (first.number, first.dob, first.nc_year, first.pupil_premium) == (4, date(2016, 4, 23), "4", True)
    assert (second.dob, second.nc_year) == (date(2020, 1, 31), "N2")


@pytest.mark.parametrize(
    ("name", "row", "column", "words"),
    [
        ("bad_upn_letter.csv", 2, "UPN", "should be G"),
        ("bad_code.csv", 2, "Year", "not a year"),
        ("bad_code.csv", 2, "Year", "The file says “Year 77”."),
        ("bad_code.csv", 2, "SEN Status", "not a code"),
        ("bad_date.csv", 2, "DOB", "no such day"),
        ("bad_date.csv", 3, "DOB", "in the future"),
        ("bad_duplicate.csv", 3, "UPN", "see row 2"),
        ("bad_wide_row.csv", 2, "Row", "more cells than there are headings"),
    ],
)
def test_an_error_names_the_row_of_the_spreadsheet_and_its_heading(name, row, column, words):
    found = {line.number: line for line in read(name).rows}[row]
    assert any(error.column == column and words in error.in_full for error in found.errors)


@pytest.mark.parametrize(
    "text", ["05/11/2013", "5/11/2013", "2013-11-05", "05-11-2013", "05.11.2013", "2013-11-05T00:00:00", "05/11/2013 00:00"]
)
def test_dates_are_british_or_iso(text):
    assert cells.read_date(text) == date(2013, 11, 5)


@pytest.mark.parametrize(
    "text", ["11/13/2013", "31/02/2013", "2013-02-30", "5 November 2013", "05/11/13", "41583", "٠٥/١١/٢٠١٣", "00/00/0000"]
)
def test_other_dates_are_refused(text):
    with pytest.raises(cells.CellProblem):
        cells.read_date(text)


def test_date_cells_of_a_workbook_are_dates():
    assert cells.read_date(datetime(2013, 11, 5, 12)) == cells.read_date(date(2013, 11, 5)) == date(2013, 11, 5)
    assert cells.read_date("  ") is None


@pytest.mark.parametrize("born", ["22/11/2026", "01/01/1990"])
def test_an_impossible_date_of_birth_is_an_error(born):
    with pytest.raises(cells.CellProblem):
        cells.read_birth_date(born, TODAY)


@pytest.mark.parametrize(
    ("heading", "value", "field", "expected"),
    [
        ("PP", "Y", "pupil_premium", True),
        ("Pupil Premium", "false", "pupil_premium", False),
        ("LAC", "Yes", "looked_after", True),
        ("EAL", "", "is_eal", None),
        ("Form", "7B", "registration_group", "7B"),
        ("Gender", "Girl", "sex", "F"),
        ("Enrolment Status", "Guest", "enrolment", "G"),
        ("Former UPN", "B801200005001", "former_upn", "B801200005001"),
    ],
)
def test_headings_and_words_of_exports_are_understood(heading, value, field, expected):
    row = read_row(heading, value)
    assert getattr(row, field) == expected
    assert not row.errors


@pytest.mark.parametrize(
    ("heading", "value"),
    [
        ("PP", "perhaps"),
        ("Gender", "X"),
        ("SEN Need(s)", "SLCN, WHAT"),
        ("Form", "x" * 21),
        ("Enrolment Status", "Q"),
        ("Preferred Name", "A\x9bB"),
    ],
)
def test_a_value_that_cannot_be_read_is_an_error_at_its_heading(heading, value):
    assert [error.column for error in read_row(heading, value).errors] == [heading]


def test_an_empty_cell_says_nothing():
    row = read_row("SEN Status", "")
    assert (row.support, row.needs, row.upn, row.sex, row.contacts) == (None,) * 5


def test_flag_beside_a_language_wins():
    row = read_row("First Language,EAL", 'Polish","N')
    assert (row.language, row.is_eal) == ("POL", False)


def test_a_language_that_cannot_be_read_is_left_alone():
    row = read_row("First Language", "Not at all a language")
    assert (row.language, row.errors) == (None, ())
    assert any("first language" in warning for warning in row.warnings)


def test_legal_names_win_over_plain_ones():
    data = files.table("Surname,Legal Surname,Forename,DOB", "Known,Lawful,Robin,05/11/2013")
    read_file = read("two.csv", data)
    assert read_file.rows[0].surname == "Lawful"
    assert any("Surname" in warning for warning in read_file.warnings)


def test_columns_that_were_not_read_are_named():
    data = files.table("Surname,Forename,DOB,Shoe Size,Ethnicity", "Alder,Robin,05/11/2013,38,x")
    assert "Columns that were not read: Shoe Size." in read("one.csv", data).warnings


def test_without_upn_and_date_of_birth_nobody_can_be_found():
    row = read("one.csv", files.table("Surname,Forename", "Alder,Robin")).rows[0]
    assert [error.column for error in row.errors] == ["Date of Birth"]
    missing = read("one.csv", files.table("Surname,Forename,DOB", ",Robin,05/11/2013")).rows[0]
    assert [(error.column, error.message) for error in missing.errors] == [("Surname", "This is missing.")]


def test_two_children_may_share_a_name_and_a_birthday_when_their_upns_differ():
    twins = files.table("Surname,Forename,DOB,UPN", f"Alder,Jo,05/11/2013,{parts.make_upn(1)}", f"Alder,Jo,05/11/2013,{parts.make_upn(2)}")
    assert not any(row.errors for row in read("twins.csv", twins).rows)
    unclear = files.table("Surname,Forename,DOB,UPN", f"Alder,Jo,05/11/2013,{parts.make_upn(1)}", "alder,JO,05/11/2013,")
    assert all(row.errors for row in read("unclear.csv", unclear).rows)


def test_blank_lines_do_not_move_the_row_numbers():
    data = files.table("sep=,", "Surname,Forename,DOB", "", ",,", "Alder,Robin,05/11/2013")
    assert [row.number for row in read("gaps.csv", data).rows] == [5]


def test_a_start_date_belongs_to_the_status():
    row = read_row("SEN Status,SEN Start Date", 'S","01/09/2012')
    assert (row.support[0].provision, row.support[0].starts_on) == ("E", date(2012, 9, 1))
    assert any("Statement" in warning for warning in row.warnings)


def test_no_spelling_means_two_things():
    spellings = [each for spelled in headings.SPELLINGS.values() for each in {headings.plain(spelling) for spelling in spelled}]
    assert len(spellings) == len(set(spellings))


def test_a_contact_needs_a_name_and_keeps_only_what_can_be_read():
    head = "Contact 1 Surname,Contact 1 Email,Contact 1 Address,Contact 2 Surname"
    row = read_row(head, 'Alder","nonsense","1 Lane, Town","')
    assert [(contact.surname, contact.email, contact.address) for contact in row.contacts] == [("Alder", "", "1 Lane\nTown")]
