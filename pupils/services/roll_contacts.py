"""Contacts of one row against what is here. A file can raise doubt about who may receive a letter; it never settles one."""

from typing import Any

from pupils.importing import codes
from pupils.importing.records import ContactRecord, RollRow
from pupils.models import Contact
from pupils.services.roll_diff import Diff, Here

Order, MayReceive = Contact.Order, Contact.MayReceive
# fields that are shown as changed, but not with their values: the preview is no address book
_QUIET = {"address": "address", "postcode": "postcode", "phone": "phone", "email": "e-mail"}
_UNSAID = "OTH"
_SHOWN = {"title": "title", "surname": "surname", "forename": "forename"}


def compare_contacts(row: RollRow, here: Here, diff: Diff) -> None:
    """Found by name, else by place, relationship and half the name. A contact that the file does not have stays."""
    left = list(here.contacts)
    for record in row.contacts or ():
        contact = _find(record, left)
        if contact is None:
            _add(record, here, diff)
        else:
            left.remove(contact)
            _compare(record, contact, diff)


def _find(record: ContactRecord, contacts: list[Contact]) -> Contact | None:
    named = [contact for contact in contacts if _name(contact) == _name(record)]
    placed = [contact for contact in contacts if _is_same_place(record, contact)]
    return next(iter(named), None) or (placed[0] if len(placed) == 1 else None)


def _name(person: Contact | ContactRecord) -> tuple[str, str]:
    return person.surname.casefold(), person.forename.casefold()


def _is_same_place(record: ContactRecord, contact: Contact) -> bool:
    """A new surname or a corrected forename: the restrictions of the contact go on holding."""
    (surname, forename), (surname_here, forename_here) = _name(record), _name(contact)
    is_half = surname == surname_here or (forename == forename_here and bool(forename))
    return is_half and (record.order, record.relationship) == (contact.priority, contact.relationship)


def _add(record: ContactRecord, here: Here, diff: Diff) -> None:
    """A new contact receives letters only with parental responsibility, and not where others of this pupil may not."""
    contact = Contact(
        **{"relationship": _UNSAID, **_values(record)},
        has_parental_responsibility=bool(record.has_responsibility),
        order=Order.TO_CHECK if record.court_order else Order.NONE,
        may_receive=MayReceive.ALL if record.has_responsibility else MayReceive.NONE,
    )
    if any(_is_restricted(each) for each in here.contacts):
        contact.may_receive = MayReceive.NONE
        diff.warnings.append("A new contact beside restricted ones receives no letters until you allow it on the pupil’s page.")
    diff.created.append(contact)
    note = ", court order to check" if record.court_order else ""
    diff.say("New contact", "", f"{codes.RELATIONSHIP.words(contact.relationship)}{note}", _short(contact))


def _is_restricted(contact: Contact) -> bool:
    """Somebody who could receive letters and may not, or about whom a court has spoken."""
    is_barred = contact.has_parental_responsibility and contact.may_receive == MayReceive.NONE
    return is_barred or contact.no_contact or contact.order != Order.NONE


def _values(record: ContactRecord) -> dict[str, Any]:
    """What a record says about a contact; an empty text says nothing."""
    said = {
        "priority": record.order,
        "title": record.title,
        "surname": record.surname,
        "forename": record.forename,
        "relationship": record.relationship,
        "address": record.address,
        "postcode": record.postcode,
        "phone": record.phones[0] if record.phones else "",
        "email": record.email,
    }
    return {name: value for name, value in said.items() if value}


def _short(contact: Contact) -> str:
    return f"{contact.forename} {contact.surname[:1]}." if contact.forename else contact.surname


def _compare(record: ContactRecord, contact: Contact, diff: Diff) -> None:
    said = _values(record)
    if record.relationship == _UNSAID:  # a vague word never replaces a precise one
        del said["relationship"]
    values = {name: value for name, value in said.items() if value != getattr(contact, name)}
    _say(values, record, contact, diff)
    values |= _permission(record, contact, diff)
    if values:
        diff.update(contact, version=contact.version + 1, **values)


def _say(values: dict[str, Any], record: ContactRecord, contact: Contact, diff: Diff) -> None:
    who = _short(contact)
    for name, words in _SHOWN.items():
        if name in values:
            diff.say(f"Contact’s {words}", getattr(contact, name), values[name], who)
    if "relationship" in values:
        old, new = (codes.RELATIONSHIP.words(code) for code in (contact.relationship, record.relationship))
        diff.say("Contact’s relationship", old, new, who)
    if "priority" in values:
        diff.say("Contact’s place", str(contact.priority), str(record.order), who)
    if quiet := [words for name, words in _QUIET.items() if name in values]:
        diff.say("Contact’s details", "", f"{', '.join(quiet)} as in the file", who)


def _permission(record: ContactRecord, contact: Contact, diff: Diff) -> dict[str, Any]:
    """An order holds letters back until somebody has read it; responsibility that ends stops them, one that begins does not start them."""
    values: dict[str, Any] = {}
    who = _short(contact)
    if record.court_order and contact.order == Order.NONE:
        values["order"] = Order.TO_CHECK
        diff.say("Contact’s court order", "none", "to check before any letter", who)
    has = record.has_responsibility
    if has is not None and has != contact.has_parental_responsibility:
        values["has_parental_responsibility"] = has
        diff.say("Contact’s parental responsibility", "No" if has else "Yes", "Yes" if has else "No", who)
        if not has and contact.may_receive == MayReceive.ALL:
            values["may_receive"] = MayReceive.NONE
            diff.say("Letters to contact", MayReceive.ALL.label, MayReceive.NONE.label, who)
    return values
