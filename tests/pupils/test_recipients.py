"""Who receives a letter, rule by rule. A thousand families are in test_recipients_families.py."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pupils.models import Contact
from pupils.recipients import (
    WORDS,
    ContactFacts,
    Decision,
    PupilFacts,
    Reason,
    address_lines,
    decide,
    is_own_recipient,
    last_friday_of_june,
    recipients,
)
from schools.tenancy import in_school
from tests.factories.pupils import ContactFactory, PupilFactory
from tests.pupils.families import TODAY, TOMORROW, YESTERDAY

CHILD_BORN, ADULT_BORN = date(2014, 5, 4), date(2009, 5, 4)


def contact(contact_id: int = 1, **facts) -> ContactFacts:
    return ContactFacts(contact_id, f"Contact {contact_id}", **{"address": f"{contact_id} Test Lane", "postcode": "TS1 1ST", **facts})


def asked(*contacts: ContactFacts, born: date = CHILD_BORN) -> Decision:
    return decide(PupilFacts("Ravi Pillai", born, contacts), "letter", TODAY)


def sent_to(decision: Decision) -> list[int | None]:
    return [each.contact_id for each in decision.recipients]


def held(decision: Decision) -> list[tuple[int | None, str]]:
    return [(each.contact_id, str(each.reason)) for each in decision.held]


def test_each_parent_gets_a_letter_of_their_own_with_their_own_address():
    decision = asked(contact(1, language="urd"), contact(2, format="large"))
    assert [(each.names, each.address) for each in decision.recipients] == [
        (("Contact 1",), ("1 Test Lane", "TS1 1ST")),
        (("Contact 2",), ("2 Test Lane", "TS1 1ST")),
    ]
    assert [(each.language, each.format) for each in decision.recipients] == [("urd", "standard"), ("eng", "large")]
    assert decision.held == ()


@pytest.mark.parametrize(
    "facts",
    [
        {"no_contact": True},
        {"no_contact": True, "may_receive": "none"},
        {"no_contact": True, "order": "read"},
        {"no_contact": True, "order": "read", "order_from": TODAY, "order_to": TODAY},
        {"may_receive": "none"},
        {"may_receive": "none", "order": "read", "order_to": YESTERDAY},
    ],
)
def test_the_barred_and_those_who_want_none_receive_nothing_and_nobody_is_asked(facts):
    decision = asked(contact(1), contact(2, **facts))
    assert sent_to(decision) == [1]
    assert decision.held == ()


@pytest.mark.parametrize("order", [{"order_to": YESTERDAY}, {"order_from": TOMORROW}])
def test_no_contact_without_an_order_that_holds_today_is_for_a_person_to_settle(order):
    decision = asked(contact(1), contact(2, no_contact=True, may_receive="none", order="read", **order))
    assert sent_to(decision) == [1]
    assert held(decision) == [(2, "order_over")]


@pytest.mark.parametrize("order", [{}, {"order_to": YESTERDAY}, {"order_from": YESTERDAY}])
def test_an_order_that_was_read_and_does_not_forbid_letters_lets_them_go(order):
    assert sent_to(asked(contact(1, order="read", **order))) == [1]


def test_an_order_that_nobody_has_read_holds_every_letter_of_the_pupil():
    decision = asked(contact(1), contact(2, order="to_check"), contact(3, may_receive="none"), contact(4, no_contact=True))
    assert sent_to(decision) == []
    assert held(decision) == [(1, "order_to_check"), (2, "order_to_check")]


SAME = [
    (("1 Test Lane", "TS1 1ST"), ("1, TEST LANE", "ts11st")),
    (("1 Test Lane, Fenside", "TS1 1ST"), ("1 Test Lane\nFenside", "")),
    (("1 Test Lane, Fenside", ""), ("1 Test Lane, Fenside", "")),
    (("1 Test Lane, Fenside", "TS1 1ST"), ("1 Test Lane", "TS1 1ST")),
    (("1 Test Lane, Fenside, TS1 1ST", ""), ("1 Test Lane, Fenside", "TS1 1ST")),
    (("1 Test Lane\nFenside\nTS1 1ST.", ""), ("1 Test Lane, Fenside", "")),
    (("1 Test Lane, TS1 1ST", "TS1 1ST"), ("1 Test Lane", "TS1 1ST")),
    (("", "TS1 1ST"), ("", "TS1 1ST")),
    (("1 Test Lane", "TS1 1ST"), ("", "TS1 1ST")),
]
APART = [
    (("1 Test Lane", "TS1 1ST"), ("2 Test Lane", "TS1 1ST")),
    (("1 Test Lane", "TS1 1ST"), ("2 Test Lane", "")),
    (("1 Test Lane", "TS1 1ST"), ("1 Test Lane", "TS2 2ST")),
    (("1 Test Lane, TS1 1ST", ""), ("1 Test Lane", "TS2 2ST")),
    (("1 Test Lane", ""), ("", "TS1 1ST")),
    (("", ""), ("1 Test Lane", "TS1 1ST")),
    (("", ""), ("", "")),
]


@pytest.mark.parametrize(("one", "other", "are_same"), [(*pair, True) for pair in SAME] + [(*pair, False) for pair in APART])
def test_a_barred_person_who_may_live_at_the_same_address_holds_the_letter(one, other, are_same):
    """What is missing, a postcode or the last lines, fits any; whichever of the two it is missing in."""
    for mine, theirs in ((one, other), (other, one)):
        mother, barred = (contact(number, address=lines, postcode=code) for number, (lines, code) in ((1, mine), (2, theirs)))
        decision = asked(mother, replace(barred, no_contact=True))
        assert (sent_to(decision), held(decision)) == (([], [(1, "barred_at_address")]) if are_same else ([1], []))


def test_an_address_that_is_confidential_for_another_holds_the_letter():
    carer = contact(1, is_confidential=True)
    decision = asked(carer, replace(carer, contact_id=2), contact(3, address=carer.address), contact(4))
    assert (sent_to(decision), held(decision)) == ([1, 2, 4], [(3, "confidential_address")])


@pytest.mark.parametrize(
    ("relationship", "responsible", "goes"), [("STF", False, True), ("FOM", False, True), ("SWR", False, False), ("SWR", True, True)]
)
def test_without_responsibility_family_and_carers_go_by_their_flag_and_others_are_for_a_person_to_settle(relationship, responsible, goes):
    decision = asked(contact(1, relationship=relationship, has_parental_responsibility=responsible))
    assert (sent_to(decision), held(decision)) == (([1], []) if goes else ([], [(1, "no_responsibility")]))


def test_every_reason_has_words():
    assert set(WORDS) == set(Reason)
    assert asked(contact(1, order="to_check")).held[0].words.startswith("A court order is recorded")


def test_an_unknown_kind_of_letter_is_refused():
    with pytest.raises(ValueError, match="unknown kind"):
        decide(PupilFacts("Ravi Pillai", CHILD_BORN), "certificate", TODAY)


# -- age


@pytest.mark.parametrize(("year", "day"), [(2024, 28), (2025, 27), (2026, 26), (2027, 25), (2028, 30)])
def test_the_last_friday_in_june(year, day):
    assert last_friday_of_june(year) == date(year, 6, day)


@pytest.mark.parametrize(
    ("born", "first_day"),
    [
        (date(2010, 9, 1), date(2027, 6, 25)),
        (date(2010, 8, 31), date(2026, 6, 26)),
        (date(2011, 8, 31), date(2027, 6, 25)),
        (date(2012, 2, 29), date(2028, 6, 30)),
    ],
)
def test_from_the_last_friday_in_june_of_year_11_the_letter_goes_to_the_pupil(born, first_day):
    assert is_own_recipient(born, first_day)
    assert not is_own_recipient(born, first_day - timedelta(days=1))


def test_the_pupil_gets_it_by_hand_and_no_contact_does():
    decision = asked(contact(1), born=ADULT_BORN)
    assert [(each.contact_id, each.names, each.address) for each in decision.recipients] == [(None, ("Ravi Pillai",), ())]
    assert decision.held == ()


def test_an_unread_order_holds_the_pupils_own_letter_too():
    assert held(asked(contact(1, order="to_check"), born=ADULT_BORN)) == [(None, "order_to_check")]


# -- from rows


@pytest.mark.parametrize(
    ("address", "postcode", "lines"),
    [
        ("1 Lane\nFenside\nThornbeck", "TB1 1AA", ("1 Lane", "Fenside", "Thornbeck", "TB1 1AA")),
        ("Flat 2\n1 Lane\n\nFenside\nThornbeck", "TB1 1AA", ("Flat 2", "1 Lane", "Fenside, Thornbeck", "TB1 1AA")),
        ("1 Lane", "", ("1 Lane",)),
        ("", "", ()),
    ],
)
def test_an_address_has_at_most_four_lines_and_ends_with_the_postcode(address, postcode, lines):
    assert address_lines(address, postcode) == lines


def test_rows_are_read_as_they_are(school, django_assert_num_queries):
    pupil = PupilFactory(school=school, forename="Ravi", surname="Pillai")
    mother = ContactFactory(pupil=pupil, title="Mrs", surname="Pillai", letter_language="urd", letter_format="large")
    ContactFactory(pupil=pupil, no_contact=True, may_receive=Contact.MayReceive.NONE, address="9 Test Lane")
    expired = ContactFactory(pupil=pupil, no_contact=True, order=Contact.Order.READ, order_to=YESTERDAY, address="8 Test Lane")
    with in_school(school), django_assert_num_queries(1):
        decision = recipients(pupil, "letter", TODAY)
    (only,) = decision.recipients
    assert (only.contact_id, only.names, only.address) == (mother.pk, ("Mrs Pillai",), ("1 Test Lane", "TS1 1ST"))
    assert (only.language, only.format) == ("urd", "large")
    assert held(decision) == [(expired.pk, "order_over")]


def test_a_contact_of_another_pupil_is_never_asked(school):
    pupil, other = PupilFactory(school=school), PupilFactory(school=school)
    ContactFactory(pupil=other, order=Contact.Order.TO_CHECK)
    mine = ContactFactory(pupil=pupil)
    with in_school(school):
        assert sent_to(recipients(pupil, "letter", TODAY)) == [mine.pk]
