"""Who receives a letter about a pupil: the one place that decides it, from orders, flags, responsibility, address and age.

`decide` is pure. It sorts each contact into *receives*, *held* (doubt, which only a person can settle, on the contact's page)
or neither (barred, or wants no letters). Each recipient gets a letter of their own, which holds nobody else's address.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from pupils.models import Contact, Pupil

KINDS = ("letter",)
FAMILY = frozenset({"PAM", "PAF", "STM", "STF", "FOM", "FOF", "CAR", "PAR", "REL", "FAM"})
SCHOOL_LEAVING_AGE, JUNE, SEPTEMBER, FRIDAY = 16, 6, 9, 4
MOST_ADDRESS_LINES = 4
POSTCODE_AT_THE_END = re.compile(r"\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\W*$", re.IGNORECASE)


class Reason(StrEnum):
    """Why a letter is held until somebody has decided."""

    ORDER_TO_CHECK = "order_to_check"
    ORDER_OVER = "order_over"
    BARRED_AT_ADDRESS = "barred_at_address"
    CONFIDENTIAL_ADDRESS = "confidential_address"
    NO_RESPONSIBILITY = "no_responsibility"


WORDS = {
    Reason.ORDER_TO_CHECK: "A court order is recorded and nobody has read it yet. Read it, then say so on the contact’s page.",
    Reason.ORDER_OVER: "The court order does not hold today, but “no contact” is still ticked. Say which of the two is right.",
    Reason.BARRED_AT_ADDRESS: "Somebody who may have no contact may live at the same address. Check both addresses.",
    Reason.CONFIDENTIAL_ADDRESS: "Another contact may have this address, and there it is confidential. Check both addresses.",
    Reason.NO_RESPONSIBILITY: "Neither family nor with parental responsibility. Say whether this person shall receive letters.",
}


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """What is recorded of one contact, as far as letters hang on it."""

    contact_id: int
    name: str
    relationship: str = "PAM"
    has_parental_responsibility: bool = True
    may_receive: str = Contact.MayReceive.ALL
    no_contact: bool = False
    order: str = Contact.Order.NONE
    order_from: date | None = None
    order_to: date | None = None
    address: str = ""
    postcode: str = ""
    is_confidential: bool = False
    language: str = "eng"
    format: str = "standard"

    def order_holds(self, on: date) -> bool:
        """Is there an order, read, whose time includes the day? An open end holds for good."""
        started = self.order_from is None or self.order_from <= on
        ended = self.order_to is not None and self.order_to < on
        return self.order == Contact.Order.READ and started and not ended

    def is_barred(self, on: date) -> bool:
        """No contact: by an order that holds, or because the school says so without any."""
        return self.no_contact and (self.order != Contact.Order.READ or self.order_holds(on))

    @property
    def home(self) -> tuple[str, str]:
        """The lines and the postcode for comparing, letters and digits only. A postcode that ends the lines is the postcode."""
        at_the_end = POSTCODE_AT_THE_END.search(self.address)
        postcode = _signs(self.postcode or (at_the_end[0] if at_the_end else ""))
        return _signs(self.address).removesuffix(postcode), postcode

    def may_live_with(self, other: "ContactFacts") -> bool:
        """Could both addresses be one? What is missing in one of them, a postcode or the last lines, fits whatever the other says."""
        (lines, postcode), (their_lines, their_postcode) = self.home, other.home
        if postcode and their_postcode and postcode != their_postcode:
            return False
        if not (lines.startswith(their_lines) or their_lines.startswith(lines)):
            return False
        return bool((lines and their_lines) or (postcode and their_postcode))


def _signs(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


@dataclass(frozen=True, slots=True)
class PupilFacts:
    name: str
    date_of_birth: date
    contacts: tuple[ContactFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who receives a letter of their own. No contact: the pupil, to whom it is given by hand."""

    contact_id: int | None
    names: tuple[str, ...]
    address: tuple[str, ...]
    language: str
    format: str


@dataclass(frozen=True, slots=True)
class Held:
    """A letter that waits for a person's decision."""

    contact_id: int | None
    name: str
    reason: Reason

    @property
    def words(self) -> str:
        return WORDS[self.reason]


@dataclass(frozen=True, slots=True)
class Decision:
    recipients: tuple[Recipient, ...] = ()
    held: tuple[Held, ...] = ()


def decide(pupil: PupilFacts, kind: str, on: date) -> Decision:
    """Decide who receives a letter of this kind on a day. Raises ValueError for an unknown kind."""
    if kind not in KINDS:
        raise ValueError(f"unknown kind of letter: {kind!r}")
    if is_own_recipient(pupil.date_of_birth, on):
        return _to_the_pupil(pupil)
    asked = [(contact, _doubt(contact, pupil.contacts, on)) for contact in pupil.contacts if _is_asked_for(contact, on)]
    return Decision(
        tuple(_recipient(contact) for contact, doubt in asked if doubt is None),
        tuple(Held(contact.contact_id, contact.name, doubt) for contact, doubt in asked if doubt is not None),
    )


def is_own_recipient(date_of_birth: date, on: date) -> bool:
    """From the last Friday in June of Year 11, the school year in which the pupil turns 16, rights pass to the young person."""
    turns_16_in = date_of_birth.year + SCHOOL_LEAVING_AGE
    summer = turns_16_in + 1 if date_of_birth.month >= SEPTEMBER else turns_16_in
    return on >= last_friday_of_june(summer)


def last_friday_of_june(year: int) -> date:
    last = date(year, JUNE, 30)
    return last - timedelta(days=(last.weekday() - FRIDAY) % 7)


def _to_the_pupil(pupil: PupilFacts) -> Decision:
    """An order that nobody has read holds every letter of the pupil, this one too."""
    if _has_unread_order(pupil.contacts):
        return Decision(held=(Held(None, pupil.name, Reason.ORDER_TO_CHECK),))
    return Decision((Recipient(None, (pupil.name,), (), "eng", "standard"),))


def _has_unread_order(contacts: Iterable[ContactFacts]) -> bool:
    return any(contact.order == Contact.Order.TO_CHECK for contact in contacts)


def _is_asked_for(contact: ContactFacts, on: date) -> bool:
    """Is there anything to decide? Not for the barred, nor for those who want no letters, but for one whose order ran out."""
    if contact.no_contact:
        return not contact.is_barred(on)
    return contact.may_receive == Contact.MayReceive.ALL


def _doubt(contact: ContactFacts, family: Sequence[ContactFacts], on: date) -> Reason | None:
    """The first doubt about a letter to this contact; None when it may go."""
    others = [other for other in family if other is not contact and other.may_live_with(contact)]
    if _has_unread_order(family):
        return Reason.ORDER_TO_CHECK
    if contact.no_contact:
        return Reason.ORDER_OVER
    if any(other.no_contact for other in others):
        return Reason.BARRED_AT_ADDRESS
    if not contact.is_confidential and any(other.is_confidential for other in others):
        return Reason.CONFIDENTIAL_ADDRESS
    if not contact.has_parental_responsibility and contact.relationship not in FAMILY:
        return Reason.NO_RESPONSIBILITY
    return None


def _recipient(contact: ContactFacts) -> Recipient:
    address = address_lines(contact.address, contact.postcode)
    return Recipient(contact.contact_id, (contact.name,), address, contact.language, contact.format)


# ------------------------------------------------------------------------------------------------------------- from rows


def recipients(pupil: Pupil, kind: str, on: date) -> Decision:
    """Decide from the rows of the school in scope, in one query. Ask again in the transaction that lets a letter out."""
    contacts = tuple(facts_of(contact) for contact in Contact.objects.filter(pupil=pupil))
    return decide(PupilFacts(pupil.full_name, pupil.date_of_birth, contacts), kind, on)


def facts_of(contact: Contact) -> ContactFacts:
    return ContactFacts(
        contact_id=contact.pk,
        name=contact.name,
        relationship=contact.relationship,
        has_parental_responsibility=contact.has_parental_responsibility,
        may_receive=contact.may_receive,
        no_contact=contact.no_contact,
        order=contact.order,
        order_from=contact.order_from,
        order_to=contact.order_to,
        address=contact.address,
        postcode=contact.postcode,
        is_confidential=contact.address_confidential,
        language=contact.letter_language,
        format=contact.letter_format,
    )


def address_lines(address: str, postcode: str) -> tuple[str, ...]:
    """At most four lines, the postcode last; a window shows no more. Surplus lines share the last but one."""
    lines = [line.strip() for line in address.splitlines() if line.strip()]
    room = MOST_ADDRESS_LINES - bool(postcode)
    if len(lines) > room:
        lines = [*lines[: room - 1], ", ".join(lines[room - 1 :])]
    return (*lines, *([postcode] if postcode else []))
