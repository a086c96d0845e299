"""Contacts out of columns such as "Contact 1 Surname"; the same rules as in a transfer file."""

from collections.abc import Mapping

from pupils.importing import cells
from pupils.importing.ctf_contact import read_email, read_relationship
from pupils.importing.draft import RowDraft
from pupils.importing.records import ContactRecord


def read_contacts(draft: RowDraft, cell: Mapping[tuple[int, str], object]) -> tuple[ContactRecord, ...] | None:
    """None when the table has no column about contacts or this row's are empty: then they are left alone."""
    numbers = sorted({number for number, _ in cell})
    found = (_contact(draft, number, {field: value for (which, field), value in cell.items() if which == number}) for number in numbers)
    return tuple(contact for contact in found if contact) or None


def _contact(draft: RowDraft, number: int, cell: Mapping[str, object]) -> ContactRecord | None:
    def text(field: str, longest: int = cells.MAX_NAME) -> str:
        return draft.take(f"Contact {number} {field}", lambda value: cells.read_text(value, longest), cell.get(field)) or ""

    def flag(field: str) -> bool | None:
        return draft.take(f"Contact {number} {field.replace('_', ' ')}", cells.read_flag, cell.get(field))

    surname, forename = text("surname"), text("forename")
    if not surname and not forename:
        return None
    return ContactRecord(
        order=number,
        surname=surname or forename,
        forename=forename if surname else "",
        title=text("title", 20),
        relationship=read_relationship(draft, cell.get("relationship")),
        has_responsibility=flag("has_responsibility"),
        court_order=flag("court_order"),
        phones=tuple(each for each in (text("phone", 40), text("mobile", 40)) if each),
        email=read_email(draft, cell.get("email")),
        address=text("address", 400).replace(", ", "\n"),
        postcode=text("postcode", 10).upper(),
    )
