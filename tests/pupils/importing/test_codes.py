"""Code sets are dated data: old codes are read as what replaced them, unknown ones are not guessed."""

from datetime import date

import pytest

from pupils.importing import codes, languages

TODAY = date(2025, 11, 22)


def found_in(code_set, text):
    found = code_set.find(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("K", "K"),
        ("k", "K"),
        ("K - SEN Support", "K"),
        ("SEN support", "K"),
        ("E", "E"),
        ("EHCP", "E"),
        ("E: EHCP", "E"),
        ("N", "N"),
        ("No SEN", "N"),
    ],
)
def test_provision_is_found_by_code_or_words(text, code):
    assert found_in(codes.PROVISION, text).current == code


@pytest.mark.parametrize(("old", "now"), [("S", "E"), ("A", "K"), ("P", "K")])
def test_legacy_provision_is_read_as_what_replaced_it(old, now):
    found = found_in(codes.PROVISION, old)
    assert found.current == now
    assert not found.was_in_use(TODAY)


@pytest.mark.parametrize("text", ["Q", "KK", "Kitten", "Expected", "none of these", "K nothing"])
def test_an_unknown_provision_is_not_guessed(text):
    assert codes.PROVISION.find(text) is None


def test_besd_reads_as_semh():
    assert found_in(codes.NEED, "BESD").current == "SEMH"
    assert found_in(codes.NEED, "SEMH").area == codes.SOCIAL


def test_down_syndrome_is_a_type_since_2025_without_an_area():
    found = found_in(codes.NEED, "DS")
    assert not found.area
    assert not found.was_in_use(date(2024, 12, 31))
    assert found.was_in_use(date(2025, 1, 1))


def test_codes_to_offer_are_the_ones_in_use():
    assert [row.code for row in codes.PROVISION.in_use(TODAY)] == ["N", "K", "E"]
    assert "BESD" not in codes.NEED.listed()


def test_every_need_with_an_area_has_one_of_four():
    areas = {row.area for row in codes.NEED.rows if row.area}
    assert areas == {codes.COMMUNICATION, codes.COGNITION, codes.SOCIAL, codes.SENSORY}


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("7", "7"),
        ("07", "7"),
        ("Year 7", "7"),
        ("year  7", "7"),
        ("Yr 7", "7"),
        ("Y7", "7"),
        ("NC Year 12", "12"),
        ("R", "R"),
        ("Reception", "R"),
        ("N1", "N1"),
        ("Nursery 2", "N2"),
        ("14", "14"),
        ("X", "X"),
        ("10", "10"),
    ],
)
def test_years_are_read_in_the_words_of_exports(text, year):
    assert codes.find_nc_year(text) == year


@pytest.mark.parametrize("text", ["15", "Year 77", "Nursery", "seven", "7B", "-1", "7.5", "٧"])
def test_a_year_that_does_not_exist_is_not_guessed(text):
    assert codes.find_nc_year(text) is None


def test_years_have_an_order():
    assert sorted(["X", "10", "2", "R", "N2", "N1", "14"], key=codes.NC_YEAR_RANK.__getitem__) == ["N1", "N2", "R", "2", "10", "14", "X"]


@pytest.mark.parametrize(
    ("text", "code", "is_eal"),
    [
        ("ENG", "ENG", False),
        ("ENB", "ENB", False),
        ("English", "ENG", False),
        ("Polish", "POL", True),
        ("pnja", "PNJ", True),
        ("REF", "REF", None),
    ],
)
def test_a_first_language_decides_eal(text, code, is_eal):
    assert languages.find(text) == code
    assert languages.is_eal(code) is is_eal


def test_a_language_that_is_no_language_is_not_read():
    assert languages.find("something else entirely") is None
    assert languages.words("POL") == "Polish"
    assert languages.words("QQQ") == "QQQ"
    assert codes.RELATIONSHIP.words("PAM") == "Mother"
    assert codes.RELATIONSHIP.words("??") == "??"
