"""The check letter is right for every number that exists, and every slip of one key is caught."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pupils.importing import upn

VALID = ["B801200005001", "P207000016049", "H207340225001", "U873300112345", "E838451225001", "B940200126001"]
TEMPORARY = ["M80120000500A", "N20733402501A", "Z38320582500Z"]

digits = st.text("0123456789", min_size=11, max_size=11)
rests = st.builds(lambda body, last: body + last, digits, st.sampled_from("0123456789" + upn.LETTERS))


@pytest.mark.parametrize("number", VALID + TEMPORARY)
def test_published_numbers_are_right(number):
    assert upn.problem(number) is None


@pytest.mark.parametrize("number", TEMPORARY)
def test_a_last_letter_makes_a_number_temporary(number):
    assert upn.is_temporary(number)
    assert not any(upn.is_temporary(each) for each in VALID)


@pytest.mark.parametrize(("number", "right"), [("A801200005001", "B"), ("Q207000016049", "P")])
def test_a_wrong_letter_is_answered_with_the_right_one(number, right):
    assert f"should be {right}, not {number[0]}" in (upn.problem(number) or "")


@pytest.mark.parametrize(
    "number", ["X80120000A001", "I801200005001", "B80120000500O", "B80120000500", "", "B8012000050011", "É801200005001"]
)
def test_a_wrong_shape_is_refused(number):
    assert upn.problem(number)


def test_letters_that_never_occur_are_named():
    assert "I, O or S" in (upn.problem("I801200005001") or "")
    assert "I, O or S" in (upn.problem("B80120000500O") or "")


def test_the_message_says_how_long_the_number_is():
    assert "this one has 12" in (upn.problem("B80120000500") or "")


@pytest.mark.parametrize("text", [" b801200005001 ", "B 801 2000 05001", "b801\u00a02000 05001"])
def test_spaces_and_lower_case_do_not_matter(text):
    assert upn.normalise(text) == "B801200005001"


def test_an_unknown_authority_is_a_warning_only():
    rest = "999200005001"
    number = upn.check_letter(rest) + rest
    assert upn.problem(number) is None
    assert "999" in (upn.authority_warning(number) or "")


@pytest.mark.parametrize("authority", ["838", "839", "940", "941", "942", "943", "201", "660"])
def test_recent_authorities_are_known(authority):
    assert upn.authority_warning(f"A{authority}200005001") is None


@given(rests)
def test_a_number_with_its_check_letter_is_right(rest):
    assert upn.problem(upn.check_letter(rest) + rest) is None


@given(rests, st.sampled_from(upn.LETTERS))
def test_exactly_one_letter_is_right(rest, letter):
    assert (upn.problem(letter + rest) is None) == (letter == upn.check_letter(rest))


@given(digits, st.integers(0, 11), st.integers(1, 9))
def test_every_slip_of_one_digit_is_caught(body, place, slip):
    rest = body + "0"
    slipped = rest[:place] + str((int(rest[place]) + slip) % 10) + rest[place + 1 :]
    assert upn.check_letter(rest) != upn.check_letter(slipped)


@given(st.text(max_size=20))
def test_any_text_gets_an_answer(text):
    number = upn.normalise(text)
    assert upn.problem(number) is None or isinstance(upn.problem(number), str)
