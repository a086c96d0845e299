"""A thousand families, as rows, against an oracle written apart from `recipients()`."""

from dataclasses import replace

import pytest

from pupils import recipients as module
from pupils.models import Contact
from pupils.recipients import Decision, PupilFacts, decide, facts_of, recipients
from schools.tenancy import in_school
from tests.pupils.families import FAMILIES, TODAY, Answer, Family, families, family, mistakes, overlooking, saved_families
from tests.pupils.recipients_oracle import HOLD, NEVER, SEND, verdicts

NO_MISTAKE = {"barred": 0, "withheld": 0, "unheard": 0}


def from_rows(each: Family) -> Decision:
    return recipients(each.pupil, "letter", TODAY)


def test_a_thousand_saved_families_agree_with_the_oracle_down_to_what_is_printed(school):
    """Nobody barred, nobody wrongly withheld; each letter carries its recipient's own name, address, language and format."""
    with in_school(school):
        every = saved_families(school)
        answers = {id(each): from_rows(each) for each in every}
    rows = {contact.pk: contact for each in every for contact in each.contacts}
    letters = [one for answer in answers.values() for one in answer.recipients if one.contact_id is not None]
    assert mistakes(lambda each: answers[id(each)], every) == NO_MISTAKE
    assert [one for one in letters if not is_for(one, rows[one.contact_id])] == []
    assert len(letters) > FAMILIES / 2


def is_for(letter: module.Recipient, row: Contact) -> bool:
    address = tuple(part for part in (*row.address.split("\n"), row.postcode) if part)
    return (letter.names, letter.address) == ((row.surname,), address) and (letter.language, letter.format) == (
        row.letter_language,
        row.letter_format,
    )


def test_the_thousand_families_hold_every_verdict_often():
    every = [verdict for each in families() for verdict in verdicts(each.pupil, each.contacts, TODAY).values()]
    assert min(every.count(verdict) for verdict in (SEND, HOLD, NEVER)) > 200


def as_a_child(each: Family) -> Decision:
    return decide(PupilFacts("Ravi Pillai", TODAY, tuple(facts_of(contact) for contact in each.contacts)), "letter", TODAY)


@pytest.mark.parametrize(
    "broken",
    [
        overlooking(order="none", order_from=None, order_to=None),
        overlooking(no_contact=False),
        overlooking(may_receive="all"),
        overlooking(address="", postcode=""),
        overlooking(postcode=""),
        overlooking(is_confidential=False),
        overlooking(has_parental_responsibility=True),
        overlooking(relationship="PAM"),
        overlooking(order_from=None),
        overlooking(order_to=None),
        as_a_child,
        overlooking(on=TODAY.replace(year=2027, month=6)),
        lambda each: Decision(),
    ],
    ids=["orders", "no contact", "flags", "homes", "codes", "confidential", "responsible", "kin", "from", "to", "age", "day", "nobody"],
)
def test_control_who_overlooks_something_is_caught(broken: Answer):
    assert any(mistakes(broken, families()).values())


def test_control_overlooking_orders_would_send_letters_to_the_barred():
    assert mistakes(overlooking(order="none", no_contact=False, may_receive="all"), families())["barred"] > 100


def test_control_a_field_that_is_misread_from_the_rows_is_caught(school, monkeypatch):
    with in_school(school):
        every = saved_families(school, 400)
        for misread in ({"is_confidential": False}, {"has_parental_responsibility": True}, {"order_from": None}):
            monkeypatch.setattr(module, "facts_of", lambda contact, misread=misread: replace(facts_of(contact), **misread))
            assert any(mistakes(from_rows, every).values()), misread


def test_a_family_is_the_same_each_time_it_is_generated():
    assert [facts_of(each) for each in family(7).contacts] == [facts_of(each) for each in family(7).contacts]
