"""Reads the contacts of one pupil. Doubt about who may receive a letter is never settled here: it is carried on as a flag."""

from collections.abc import Iterator
from functools import partial
from xml.etree.ElementTree import Element

from pupils.importing import cells, codes
from pupils.importing.draft import RowDraft
from pupils.importing.records import ContactRecord

_LONGEST_PHONE = 40
_LONGEST_LINE = 80


def read_contacts(draft: RowDraft, pupil: Element) -> tuple[ContactRecord, ...] | None:
    """In the order that the file gives them, whatever order they stand in."""
    section = pupil.find("contacts")
    if section is None:
        return None
    home = pupil.find("address")
    rows = (_contact(draft, each, place, home) for place, each in enumerate(section.iterfind("contact"), start=1))
    return tuple(sorted((row for row in rows if row), key=lambda row: row.order))


def _contact(draft: RowDraft, element: Element, place: int, home: Element | None) -> ContactRecord | None:
    text = partial(_text, draft, element)
    surname, forename = text("Surname"), text("Forename")
    if not surname and not forename:
        draft.warn(f"Contact {place} has no name and was left out.")
        return None
    order = _order(element, place)
    address, postcode = _address(element.find("address"), home)
    return ContactRecord(
        order=order,
        surname=surname or forename,
        forename=forename if surname else "",
        title=text("Title")[:20],
        relationship=read_relationship(draft, element.findtext("relationship")),
        has_responsibility=draft.take("Contact Responsibility", cells.read_flag, element.findtext("responsibility")),
        court_order=_court_order(draft, element, order),
        phones=tuple(_phones(element)),
        email=read_email(draft, element.findtext("email")),
        address=address,
        postcode=postcode,
    )


def _order(element: Element, place: int) -> int:
    said = cells.tidy(element.findtext("order"))
    return int(said) if said.isdecimal() and 0 < len(said) < 4 else place


def _text(draft: RowDraft, element: Element, tag: str) -> str:
    return draft.take(f"Contact {tag}", cells.read_text, element.findtext(tag.lower())) or ""


def read_relationship(draft: RowDraft, value: object) -> str:
    """An unknown relationship is no reason to lose a contact; one that is not said stays empty."""
    text = cells.tidy(value)
    found = codes.RELATIONSHIP.find(text) if text else None
    if text and found is None:
        draft.warn("A contact’s relationship is not one that we know; it is kept as “Other contact”.")
    return found.code if found else "OTH" * bool(text)


def read_email(draft: RowDraft, value: object) -> str:
    """An address that cannot work is dropped with a word, so that the contact comes in."""
    try:
        return cells.read_email(value) or ""
    except cells.CellProblem:
        draft.warn("A contact’s e-mail address cannot be right and was left out.")
        return ""


def _court_order(draft: RowDraft, element: Element, order: int) -> bool | None:
    """Anything but a plain no counts as an order: a person has to look."""
    said = [cells.tidy(each.text).casefold() for each in element.iter("courtorder")]
    said = [each for each in said if each]
    if not said:
        return None
    is_order = any(each not in {"false", "0", "n", "no", "none"} for each in said)
    if is_order:
        draft.warn(f"Contact {order} has a court order: somebody has to check who may receive letters.")
    return is_order


def _phones(element: Element) -> Iterator[str]:
    """Numbers as people typed them, notes and all; only emptiness and endless ones are cut."""
    for each in element.iterfind("phones/phone"):
        number = cells.tidy(each.findtext("phoneno"))[:_LONGEST_PHONE].strip()
        if number:
            yield number


def _address(address: Element | None, home: Element | None) -> tuple[str, str]:
    """The contact's own address, or the pupil's where the file says that they live together."""
    if address is not None and (shared := address.find("addressaspupil")) is not None:
        address = None if cells.tidy(shared.text).casefold() in {"false", "0", "n", "no"} else home
    if address is None:
        return "", ""
    postcode = cells.tidy(address.findtext("postcode") or address.findtext("zip")).upper()[:10]
    return "\n".join(_lines(address)), postcode


def _lines(address: Element) -> Iterator[str]:
    for line in _bs7666(address) if address.find("bs7666address") is not None else _plain_lines(address):
        if tidied := cells.tidy(line)[:_LONGEST_LINE]:
            yield tidied


def _bs7666(address: Element) -> Iterator[str]:
    part = {each.tag: each.text or "" for each in address.iterfind("bs7666address/*")}
    yield part.get("saon", "")
    yield f"{part.get('paon', '')} {part.get('street', '')}"
    yield from (part.get(tag, "") for tag in ("locality", "town", "administrativearea", "posttown"))


def _plain_lines(address: Element) -> Iterator[str]:
    yield from (address.findtext(f"addresslines/addressline{number}") or "" for number in range(1, 6))
