"""The adults around a pupil. Whether one of them may receive a letter hangs on what is written here."""

from collections.abc import Mapping

from django.db import transaction

from pupils.models import Contact, Pupil
from pupils.services.merging import merge_into
from pupils.services.pupils import refuse_if_left
from schools import audit
from schools.merge import Merge
from schools.models import User


class ContactInUse(Exception):
    """Something that was made for this contact, such as a letter, would go with it."""


def contact_problems(values: Mapping[str, object]) -> dict[str, str]:
    """What contradicts itself in a contact, by field."""
    problems = {}
    if values["no_contact"] and values["may_receive"] == Contact.MayReceive.ALL:
        problems["may_receive"] = "“No contact” is ticked, so choose “No letters”."
    has_details = values["order_reference"] or values["order_from"] or values["order_to"]
    if has_details and values["order"] == Contact.Order.NONE:
        problems["order"] = "You gave a reference or dates of an order. Say whether it has been read."
    first, last = values["order_from"], values["order_to"]
    if first and last and last < first:  # type: ignore[operator]
        problems["order_to"] = "The order ends before it begins."
    return problems


@transaction.atomic
def add_contact(*, pupil: Pupil, values: Mapping[str, object], by: User) -> Contact:
    refuse_if_left(pupil)
    contact = Contact.objects.create(pupil=pupil, **values)
    audit.record(by=by, action="contact.add", row=contact)
    return contact


@transaction.atomic
def change_contact(*, contact: Contact, base: Mapping[str, object], values: Mapping[str, object], by: User) -> Merge:
    """Change a contact, merged with what others changed since `base`."""
    refuse_if_left(contact.pupil)
    before, merged = merge_into(Contact.objects.filter(pk=contact.pk), base=base, values=values, problems=contact_problems)
    if before is not None:
        audit.record(by=by, action="contact.edit", row=contact)
    return merged


@transaction.atomic
def remove_contact(*, contact: Contact, by: User) -> None:
    """Remove a contact for whom nothing was made yet. Raises ContactInUse otherwise: forbid letters to such a one instead."""
    refuse_if_left(contact.pupil)
    if is_in_use(contact):
        raise ContactInUse
    audit.record(by=by, action="contact.remove", row=contact)
    contact.delete()


def is_in_use(contact: Contact) -> bool:
    """Whether rows of any app, also of those above this one, would go with the contact."""
    names = [relation.get_accessor_name() for relation in contact._meta.related_objects]
    return any(getattr(contact, name).exists() for name in names if name)
