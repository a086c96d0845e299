"""Who may receive a letter: a roll file can raise doubt about it, and never settles one."""

from datetime import date

import pytest

from pupils.models import Contact
from tests.factories.pupils import ContactFactory, PupilFactory
from tests.pupils.files.parts import make_upn
from tests.pupils.importing.rolls import bring_in, contact, contacts, row


@pytest.fixture
def robin(school):
    return PupilFactory(school=school, surname="Alder", forename="Robin", date_of_birth=date(2013, 11, 5), upn=make_upn(1), nc_year="7")


class TestContacts:
    def test_a_new_contact_with_responsibility_may_receive_letters(self, school):
        bring_in(school, row(contacts=(contact(address="1 Lane", postcode="TS1 1ST", phones=("01632 960001", "x"), email="a@b.example"),)))
        (mother,) = contacts(school)
        assert (mother.forename, mother.relationship, mother.phone, mother.email) == ("Hazel", "PAM", "01632 960001", "a@b.example")
        assert (mother.has_parental_responsibility, mother.may_receive, mother.order) == (True, "all", "none")

    @pytest.mark.parametrize("responsible", [False, None])
    def test_a_new_contact_without_responsibility_receives_nothing_yet(self, school, responsible):
        bring_in(school, row(contacts=(contact(relationship="SWR", has_responsibility=responsible),)))
        assert contacts(school)[0].may_receive == "none"

    def test_a_court_order_waits_for_somebody_to_read_it(self, school):
        bring_in(school, row(contacts=(contact(court_order=True),)))
        assert contacts(school)[0].order == Contact.Order.TO_CHECK

    def test_a_court_order_reaches_a_contact_who_is_here(self, school, robin):
        ContactFactory(pupil=robin, surname="Alder", forename="Hazel")
        bring_in(school, row(upn=make_upn(1), contacts=(contact(court_order=True),)))
        (mother,) = contacts(school)
        assert (mother.order, mother.version) == (Contact.Order.TO_CHECK, 2)

    @pytest.mark.parametrize("said", [True, False, None])
    def test_an_order_that_somebody_has_read_stays_read(self, school, robin, said):
        ContactFactory(pupil=robin, surname="Alder", forename="Hazel", order=Contact.Order.READ, no_contact=True, may_receive="none")
        bring_in(school, row(upn=make_upn(1), contacts=(contact(court_order=said),)))
        (mother,) = contacts(school)
        assert (mother.order, mother.no_contact, mother.may_receive) == (Contact.Order.READ, True, "none")

    def test_restrictions_follow_a_corrected_name(self, school, robin):
        ContactFactory(pupil=robin, surname="Alder", forename="Hasel", relationship="PAM", priority=1, no_contact=True)
        bring_in(school, row(upn=make_upn(1), contacts=(contact(forename="Hazel"),)))
        (mother,) = contacts(school)
        assert (mother.forename, mother.no_contact) == ("Hazel", True)

    def test_a_new_contact_beside_a_restricted_one_receives_nothing_until_allowed(self, school, robin):
        ContactFactory(pupil=robin, surname="Alder", forename="Rowan", relationship="PAF", priority=2, no_contact=True)
        plan = bring_in(school, row(upn=make_upn(1), contacts=(contact(forename="Jo", surname="New"),)))
        new = next(each for each in contacts(school) if each.forename == "Jo")
        assert new.may_receive == "none"
        assert any("until you allow it" in warning for warning in plan.items[0].warnings)

    def test_a_contact_whom_the_file_does_not_have_stays(self, school, robin):
        ContactFactory(pupil=robin, surname="Other", forename="Person", priority=9)
        bring_in(school, row(upn=make_upn(1), contacts=(contact(),)), is_partial=False)
        assert len(contacts(school)) == 2

    def test_responsibility_that_ends_stops_the_letters_and_one_that_begins_does_not_start_them(self, school, robin):
        ContactFactory(pupil=robin, surname="Alder", forename="Hazel")
        bring_in(school, row(upn=make_upn(1), contacts=(contact(has_responsibility=False),)))
        assert [(each.has_parental_responsibility, each.may_receive) for each in contacts(school)] == [(False, "none")]
        bring_in(school, row(upn=make_upn(1), contacts=(contact(has_responsibility=True),)))
        assert [(each.has_parental_responsibility, each.may_receive) for each in contacts(school)] == [(True, "none")]

    def test_a_vague_relationship_does_not_replace_a_precise_one(self, school, robin):
        ContactFactory(pupil=robin, surname="Alder", forename="Hazel", relationship="PAM")
        bring_in(school, row(upn=make_upn(1), contacts=(contact(relationship="OTH"), contact(2, "New", relationship=""))))
        assert [each.relationship for each in contacts(school)] == ["PAM", "OTH"]

    def test_the_preview_is_no_address_book(self, school, robin):
        ContactFactory(pupil=robin, surname="Alder", forename="Hazel", address="1 Old Lane", phone="01632 960111")
        plan = bring_in(school, row(upn=make_upn(1), contacts=(contact(address="2 New Lane", phones=("01632 960222",)),)))
        said = repr(plan.items[0].diff.changes)
        assert "address, phone as in the file" in said
        assert not any(secret in said for secret in ("Lane", "960", make_upn(1)))
        assert contacts(school)[0].address == "2 New Lane"

    def test_an_empty_text_says_nothing(self, school, robin):
        ContactFactory(pupil=robin, surname="Alder", forename="Hazel", address="1 Old Lane", title="Mrs")
        plan = bring_in(school, row(upn=make_upn(1), contacts=(contact(address="", title=""),)))
        assert plan.kinds["unchanged"] == 1
