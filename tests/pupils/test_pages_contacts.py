"""Contacts: what contradicts itself is refused at the field, and two people who change one contact lose nothing."""

from datetime import date

import pytest

from pupils.forms.contacts import ContactForm
from pupils.models import Contact
from pupils.services import contacts as services
from schools.tenancy import in_school
from tests.factories.pupils import ContactFactory, PupilFactory
from tests.pupils.pages import at, audited, hidden, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def pupil(school):
    return PupilFactory(school=school, forename="Ravi", surname="Patel")


@pytest.fixture
def contact(pupil):
    return ContactFactory(pupil=pupil, surname="Patel", forename="Meena", phone="01632 960001", letter_language="guj")


def now(contact):
    with in_school(contact.school):
        return Contact.objects.get(pk=contact.pk)


def filled(client, url):
    """What the form sends back unless something is typed."""
    form = client.get(url).context["form"]
    values = {name: form[name].value() for name in (*form.names, "opened")}
    return {name: "on" if value is True else value for name, value in values.items() if value not in (None, False)}


@pytest.fixture
def edit(contact, pupil):
    return at("contact-edit", pupil, contact.public_id)


def test_a_contact_is_added_without_letters_unless_somebody_says_so(client, office, school, pupil, contact):
    client.force_login(office)
    url = at("contact-new", pupil)
    sent = filled(client, url)
    assert (sent["may_receive"], sent["priority"]) == ("none", 2)
    response = client.post(url, sent | {"surname": "Bell", "relationship": "REL"})
    assert response.url == at("pupil-contacts", pupil)
    assert "Bell" in said(client.get(response.url))
    assert audited(school, "contact.add") == 1


def test_a_change_is_saved_and_noted_once(client, senco, school, contact, edit):
    client.force_login(senco)
    client.post(edit, filled(client, edit) | {"phone": "01632 960002", "letter_format": "large"})
    assert (now(contact).phone, now(contact).letter_format, now(contact).version) == ("01632 960002", "large", 2)
    assert audited(school, "contact.edit") == 1
    client.post(edit, filled(client, edit))
    assert audited(school, "contact.edit") == 1


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"no_contact": "on"}, "may_receive", "“No contact” is ticked, so choose “No letters”."),
        ({"order_reference": "TB24P00317"}, "order", "You gave a reference or dates of an order. Say whether it has been read."),
        ({"order": "read", "order_from": "2026-02-01", "order_to": "2026-01-01"}, "order_to", "The order ends before it begins."),
        ({"surname": ""}, "surname", "This field is required."),
        ({"relationship": "XXX"}, "relationship", "Select a valid choice. XXX is not one of the available choices."),
        ({"letter_language": "tlh"}, "letter_language", "Select a valid choice. tlh is not one of the available choices."),
        ({"email": "no address"}, "email", "Enter a valid email address."),
        ({"order_from": "31/02/2026", "order": "read"}, "order_from", "Enter a valid date."),
        ({"priority": "0"}, "priority", "Ensure this value is greater than or equal to 1."),
    ],
)
def test_what_cannot_be_is_said_at_the_field_and_nothing_typed_is_lost(client, senco, contact, edit, typed, field, words):
    client.force_login(senco)
    response = client.post(edit, filled(client, edit) | {"phone": "01632 960009"} | typed)
    assert response.status_code == 200
    assert response.context["form"].errors == {field: [words]}
    assert "01632 960009" in response.content.decode()
    assert now(contact).version == 1


def test_a_code_from_elsewhere_stays_until_somebody_chooses(client, senco, contact, edit):
    with in_school(contact.school):
        Contact.objects.filter(pk=contact.pk).update(relationship="ZZZ", letter_language="tlh")
    client.force_login(senco)
    assert client.post(edit, filled(client, edit) | {"phone": "01632 960003"}).status_code == 302
    assert (now(contact).relationship, now(contact).letter_language, now(contact).phone) == ("ZZZ", "tlh", "01632 960003")


@pytest.fixture
def clash(client, senco, office, contact, edit):
    """The office bars the contact and changes the phone, while the SENCO types another phone and an e-mail."""
    client.force_login(senco)
    sent = filled(client, edit)
    barred = {"no_contact": True, "may_receive": "none", "order": "read", "order_from": date(2026, 1, 5), "phone": "01632 960007"}
    with in_school(contact.school):
        values = {name: getattr(contact, name) for name in ContactForm.Meta.fields}
        services.change_contact(contact=contact, base=values, values=values | barred, by=office)
    return client.post(edit, sent | {"phone": "01632 960008", "email": "meena@family.example"})


def test_one_field_that_both_changed_is_asked_about_and_no_other(client, contact, edit, clash):
    assert clash.status_code == 409
    assert "Theirs 01632 960007 Yours 01632 960008" in said(clash)
    assert clash.content.decode().count('type="radio"') == 2
    client.post(edit, hidden(clash) | {"keep-phone": "mine"})
    saved = now(contact)
    assert (saved.phone, saved.email) == ("01632 960008", "meena@family.example")
    assert (saved.no_contact, saved.may_receive, saved.order, saved.order_from) == (True, "none", "read", date(2026, 1, 5))


def test_a_bar_set_meanwhile_is_never_lifted_by_an_older_page(client, contact, edit, clash):
    client.post(edit, hidden(clash) | {"keep-phone": "theirs"})
    assert (now(contact).phone, now(contact).no_contact, now(contact).may_receive) == ("01632 960007", True, "none")


def test_changes_that_contradict_each_other_are_given_back(client, senco, office, contact, edit):
    client.force_login(senco)
    with in_school(contact.school):
        Contact.objects.filter(pk=contact.pk).update(may_receive="none")
    sent = filled(client, edit)
    with in_school(contact.school):
        Contact.objects.filter(pk=contact.pk).update(no_contact=True, version=2)
    response = client.post(edit, sent | {"may_receive": "all"})
    assert response.context["form"].errors == {"may_receive": ["“No contact” is ticked, so choose “No letters”."]}
    assert (now(contact).may_receive, now(contact).version) == ("none", 2)


def test_a_contact_is_removed_after_a_question(client, senco, school, pupil, contact):
    url = at("contact-remove", pupil, contact.public_id)
    client.force_login(senco)
    assert "Remove this contact?" in said(client.get(url))
    with in_school(school):
        assert Contact.objects.filter(pk=contact.pk).exists()
    assert "Contact removed." in said(client.post(url, follow=True))
    with in_school(school):
        assert not Contact.objects.filter(pk=contact.pk).exists()
    assert audited(school, "contact.remove") == 1


def test_a_restriction_is_pointed_out_before_it_goes(client, senco, pupil):
    barred = ContactFactory(pupil=pupil, no_contact=True, may_receive="none")
    client.force_login(senco)
    assert "It is safer to keep the contact" in said(client.get(at("contact-remove", pupil, barred.public_id)))


def test_a_contact_for_whom_something_was_made_stays(client, senco, school, pupil, contact, monkeypatch):
    monkeypatch.setattr(services, "is_in_use", lambda contact: True)
    client.force_login(senco)
    text = said(client.post(at("contact-remove", pupil, contact.public_id), follow=True))
    assert "the contact stays" in text
    assert now(contact) == contact
    assert audited(school, "contact.remove") == 0


@pytest.mark.parametrize("name", ["contact-edit", "contact-remove"])
def test_another_schools_contact_is_not_found_and_not_touched(client, senco, foreign_school, pupil, contact, name):
    foreign = ContactFactory(pupil=PupilFactory(school=foreign_school), surname="Elsewhere")
    client.force_login(senco)
    assert client.post(at(name, pupil, foreign.public_id), {"surname": "Mine"}).status_code == 404
    assert now(foreign).surname == "Elsewhere"


def test_a_pupil_who_left_keeps_contacts_as_they_are(client, senco, school, pupil, contact, edit):
    client.force_login(senco)
    sent = filled(client, edit)
    with in_school(school):
        type(pupil).objects.filter(pk=pupil.pk).update(left_on=date(2026, 1, 1))
    assert "Nothing was saved" in said(client.post(edit, sent | {"phone": "01632 960009"}))
    assert "01632 960009" in client.post(edit, sent | {"phone": "01632 960009"}).content.decode()
    client.post(at("contact-remove", pupil, contact.public_id))
    assert now(contact).version == 1
    page = said(client.get(at("pupil-contacts", pupil)))
    assert "Ravi left on 1 January 2026." in page
    assert "Add a contact" not in page


@pytest.mark.parametrize("name", ["contact-edit", "contact-remove", "contact-new"])
def test_forms_of_a_pupil_who_left_lead_back(client, office, school, pupil, contact, name):
    with in_school(school):
        type(pupil).objects.filter(pk=pupil.pk).update(left_on=date(2026, 1, 1))
    client.force_login(office)
    url = at(name, pupil, *([] if name == "contact-new" else [contact.public_id]))
    assert client.get(url).url == at("pupil-contacts", pupil)


def test_a_torn_seal_asks_in_words_about_every_difference(client, senco, contact, edit):
    client.force_login(senco)
    typed = {"opened": "torn", "no_contact": "on", "may_receive": "none", "order": "read", "order_from": "2026-01-05"}
    response = client.post(edit, filled(client, edit) | typed)
    text = said(response)
    assert response.status_code == 409
    assert "Theirs All letters Yours No letters" in text
    assert "Theirs No Yours Yes" in text
    assert "Theirs (nothing) Yours 5 January 2026" in text
    choices = {f"keep-{name}": "mine" for name in ("no_contact", "may_receive", "order", "order_from")}
    client.post(edit, hidden(response) | choices)
    assert (now(contact).no_contact, now(contact).order_from) == (True, date(2026, 1, 5))


def test_a_question_that_somebody_tampered_with_is_refused_at_the_field(client, contact, edit, clash):
    sent = hidden(clash) | {"clash": ["phone", "priority"], "priority": ["many"], "keep-phone": "mine"}
    again = client.post(edit, sent)
    assert again.status_code == 409
    assert "Yours many" in said(again)
    response = client.post(edit, sent | {"keep-priority": "mine"})
    assert response.context["form"].errors == {"priority": ["Enter a whole number."]}
