"""A transfer file of any supplier and version gives the same records."""

from datetime import date
from pathlib import Path

import pytest

from pupils.importing.reading import read_roll_file
from pupils.importing.records import NeedRecord, SupportRecord
from tests.pupils.files import make_files as files
from tests.pupils.files import parts

TODAY = date(2025, 11, 22)
HERE = Path(files.__file__).parent


def read(name, laestab="8387772"):
    return read_roll_file(name, (HERE / name).read_bytes(), laestab=laestab, today=TODAY)


def read_one(*sections, **fields):
    (row,) = read_roll_file("one.xml", files.one_pupil(*sections, **fields), laestab="8387772", today=TODAY).rows
    return row


@pytest.fixture(scope="module")
def full():
    return read("ctf_full_v26.xml")


def test_the_header_says_who_wrote_the_file(full):
    assert (full.header.source.laestab, full.header.source.name) == ("8387772", "Ashdown Test School")
    assert full.header.destination.laestab is None
    assert (full.header.version, full.header.is_partial) == ("26.0", False)


def test_identity_and_basics_are_read(full):
    row = full.rows[0]
    assert (row.surname, row.forename, row.preferred_forename, row.sex) == ("Alder", "Robin", "Rob", "M")
    assert (row.dob, row.upn, row.nc_year, row.enrolment) == (date(2013, 11, 5), parts.make_upn(1), "7", "C")
    assert (row.language, row.is_eal, row.pupil_premium, row.looked_after) == ("ENG", False, None, None)
    assert not any(row.errors for row in full.rows)


def test_needs_come_in_order_of_rank(full):
    assert full.rows[0].needs == (NeedRecord("SLCN", 1, date(2022, 1, 10)), NeedRecord("ASD", 2))


def test_old_codes_are_read_as_what_replaced_them(full):
    assert [need.code for need in full.rows[1].needs] == ["SEMH", "HI"]
    assert full.rows[4].current_support(TODAY) == SupportRecord("E", date(2012, 9, 1))
    assert any("Statement" in warning for warning in full.rows[4].warnings)


def test_a_pupil_who_is_now_n_still_has_the_old_row(full):
    assert full.rows[2].support == (SupportRecord("K", date(2022, 9, 5), date(2024, 9, 1)), SupportRecord("N", date(2024, 9, 2)))
    assert full.rows[2].current_support(TODAY).provision == "N"


def test_the_current_status_is_the_row_without_an_end(full):
    assert full.rows[1].current_support(TODAY) == SupportRecord("E", date(2023, 2, 1))


def test_contacts_come_in_their_order_with_what_decides_about_letters(full):
    first, second, third = full.rows[0].contacts
    assert (first.forename, first.relationship, first.has_responsibility, first.court_order) == ("Hazel", "PAM", True, None)
    assert (second.forename, second.relationship, second.has_responsibility, second.court_order) == ("Rowan", "PAF", True, True)
    assert (third.relationship, third.has_responsibility) == ("SWR", False)
    assert any("Contact 2 has a court order" in warning for warning in full.rows[0].warnings)


def test_addresses_of_both_kinds_are_read_and_the_pupils_is_shared(full):
    first, second, _ = full.rows[0].contacts
    assert (first.address, first.postcode) == ("Flat 2\n14 Example Terrace\nLower Test\nTestbury", "TS1 4AB")
    assert (second.address, second.postcode) == ("Rose Cottage\nSample Lane\nTestford", "TS9 9ZZ")
    assert full.rows[1].contacts[0].postcode == "00000"


def test_odd_phones_are_kept_as_people_typed_them(full):
    assert full.rows[0].contacts[0].phones == ("+44 (0)1632 960001", "ex-directory")
    assert full.rows[0].contacts[1].phones == ("01632 960 002 (works nights)",)


def test_an_unknown_relationship_or_a_wrong_address_does_not_lose_the_contact(full):
    (contact,) = full.rows[1].contacts
    assert (contact.relationship, contact.email) == ("OTH", "")
    assert len(full.rows[1].warnings) == 2


def test_looked_after_is_a_flag_and_a_foreign_language_is_eal(full):
    assert full.rows[1].looked_after is True
    assert (full.rows[1].language, full.rows[1].is_eal) == ("PNJ", True)


@pytest.mark.parametrize(
    ("section", "flag"),
    [("<LookedAfter>false</LookedAfter>", False), ("<LookedAfter><CareAuthority>838</CareAuthority></LookedAfter>", True)],
)
def test_looked_after_comes_as_text_or_as_a_section(section, flag):
    assert read_one(section).looked_after is flag


def test_what_a_partial_file_leaves_out_is_not_said():
    partial = read("ctf_partial_v19.xml")
    assert partial.header.is_partial
    assert any("partial" in warning for warning in partial.warnings)
    first, second = partial.rows
    assert (first.sex, first.needs, first.contacts) == ("F", None, None)
    assert (second.support, second.enrolment) == (None, None)
    assert any("another provider" in warning for warning in second.warnings)


def test_temporary_former_and_missing_numbers_are_read():
    temporary, former, missing = read("ctf_temporary_and_former_upn.xml").rows
    assert temporary.upn[-1] == "A"
    assert "temporary" in temporary.warnings[0]
    assert (former.upn, former.former_upn) == (parts.make_upn(22), parts.make_upn(22, "7773"))
    assert missing.upn is None
    assert "No UPN" in missing.warnings[0]


def test_tags_count_in_any_case_and_an_unknown_version_is_a_warning():
    other = read("ctf_other_case_v31.xml")
    assert other.rows[0].surname == "Maple"
    assert any("version 31.0" in warning for warning in other.warnings)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("ctf_full_v26.xml", None),
        ("ctf_partial_v19.xml", None),
        ("ctf_other_case_v31.xml", "does not say which school"),
        ("ctf_temporary_and_former_upn.xml", "comes from Birchwood Test School (838/7773)"),
    ],
)
def test_a_file_from_or_for_the_school_passes_and_an_unknown_one_with_a_warning(name, words):
    warnings = " ".join(read(name).warnings)
    assert "Check that it is" not in warnings if words is None else words in warnings


def test_a_school_without_a_number_is_told_that_nothing_was_checked():
    assert "no LAESTAB" in read("ctf_full_v26.xml", laestab="").warnings[0]


@pytest.mark.parametrize(
    ("name", "column", "words"),
    [
        ("bad_upn_letter.xml", "UPN", "should be G, not A"),
        ("bad_code.xml", "SENprovision", "not a code for SEN provision"),
        ("bad_code.xml", "SENprovision", "The file says “Q”."),
        ("bad_code.xml", "SENtype", "The file says “ABC”."),
        ("bad_date.xml", "DOB", "no such day"),
        ("bad_duplicate.xml", "UPN", "more than once: see row 2"),
    ],
)
def test_an_error_names_its_row_and_column(name, column, words):
    row = read(name).rows[0]
    assert row.number == 1
    assert any(error.column == column and words in error.in_full for error in row.errors)


def test_missing_parts_of_a_name_are_errors():
    row = read_roll_file(
        "x.xml", parts.document(parts.header(parts.OURS, parts.UNKNOWN, "full", "26.0"), "<Pupil/>"), laestab="8387772", today=TODAY
    ).rows[0]
    assert {error.column for error in row.errors} == {"Surname", "Forename", "DOB"}


def test_a_history_that_ends_before_it_starts_is_an_error():
    row = read_one(parts.sen(("K", "2024-09-01", "2023-09-01")))
    assert [error.column for error in row.errors] == ["SENhistory EndDate"]


def test_a_contact_without_a_name_is_left_out_with_a_word():
    row = read_one("<Contacts><Contact><Order>1</Order></Contact></Contacts>")
    assert row.contacts == ()
    assert "no name" in row.warnings[0]


@pytest.mark.parametrize(("said", "flag"), [("false", False), ("0", False), ("true", True), ("see file", True), ("", None)])
def test_anything_but_a_plain_no_is_a_court_order(said, flag):
    order = f"<SuppInfo><CourtOrder>{said}</CourtOrder></SuppInfo>"
    row = read_one(parts.contacts(parts.contact(1, "A", "B", "PAM", order)))
    assert row.contacts[0].court_order is flag


def test_a_contact_who_does_not_live_with_the_pupil_has_no_shared_address():
    away = f"<Address>{parts.tags(AddressAsPupil='false')}</Address>"
    row = read_one(parts.HOME, parts.contacts(parts.contact(1, "A", "B", "PAM", away)))
    assert row.contacts[0].address == ""


def test_a_current_status_that_starts_in_the_future_is_not_yet_current():
    row = read_one(parts.sen(("E", "2026-01-01", None), ("K", "2024-01-01", "2025-12-31")))
    assert row.current_support(TODAY).provision == "K"
