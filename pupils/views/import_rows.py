"""How a row of a plan looks in the preview: first name and initial, what changes, what is wrong. No UPN, no address."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator

from pupils.services.roll_diff import Change
from pupils.services.roll_plan import Choices, Item, ItemKind, Plan

ROWS_A_PAGE = 200
_TOLD_OF_NEW = frozenset({"SEN status", "Needs", "New contact", "Preferred forename"})
_HEADINGS = {
    ItemKind.PROBLEM: ("Problems", "These rows cannot be imported as they are. Mend them in your system, or leave them out for now."),
    ItemKind.CHANGED: ("Changes", "Pupils who are here already. Tick a row to leave it as it is."),
    ItemKind.NEW: ("New pupils", "Children with SEN support or a plan. Tick a row to leave it out."),
    ItemKind.NOT_KEPT: (
        "Not kept",
        "Children without SEN support or a plan. Tick those who should be in the programme; the rest is dropped.",
    ),
    ItemKind.UNCHANGED: ("Unchanged, with a note", "Nothing changes for these pupils."),
}


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One line of the preview."""

    number: int
    name: str
    year: str
    group: str
    changes: tuple[Change, ...]
    problems: tuple[Any, ...]
    notes: tuple[str, ...]
    is_ticked: bool
    may_be_ticked: bool


@dataclass(frozen=True, slots=True)
class PreviewPart:
    """The rows of one kind on this page, under their heading."""

    kind: str
    title: str
    lead: str
    rows: list[PreviewRow]

    @property
    def table_name(self) -> str:
        """Another name than the section's, for people who hear where they are."""
        return f"Table: {self.title.lower()}"


def listed(plan: Plan) -> list[Item]:
    """Everything that a person should see: unchanged rows only where there is something to say."""
    return [item for item in plan.items if item.kind != ItemKind.UNCHANGED or item.diff.warnings]


def page_of(plan: Plan, number: str | None) -> Page:
    return Paginator(listed(plan), ROWS_A_PAGE).get_page(number)


def parts_of(page: Page, choices: Choices) -> list[PreviewPart]:
    """The rows of one page, grouped by kind in the order of the plan."""
    grouped: dict[ItemKind, list[PreviewRow]] = {}
    for item in page.object_list:
        grouped.setdefault(item.kind, []).append(_row(item, choices))
    return [PreviewPart(kind.value, *_HEADINGS[kind], rows) for kind, rows in grouped.items()]


def _row(item: Item, choices: Choices) -> PreviewRow:
    is_chosen = item.kind == ItemKind.NOT_KEPT and choices.keeps(item)
    is_left_out = item.row.number in choices.leave_out
    return PreviewRow(
        number=item.row.number,
        name=_name(item),
        year=item.row.nc_year or item.pupil.nc_year or "",
        group=item.row.registration_group or item.pupil.registration_group or "",
        changes=_changes(item),
        problems=item.errors,
        notes=item.warnings,
        is_ticked=is_chosen if item.kind == ItemKind.NOT_KEPT else is_left_out,
        may_be_ticked=not item.errors and item.kind in (ItemKind.CHANGED, ItemKind.NEW, ItemKind.NOT_KEPT),
    )


def _name(item: Item) -> str:
    """Of a pupil who is here the name that everybody knows, else the one in the file."""
    if item.pupil.pk:
        return item.pupil.short_name
    first, last = item.row.preferred_forename or item.row.forename, item.row.preferred_surname or item.row.surname
    return f"{first} {last[:1]}." if first and last else ""


def _changes(item: Item) -> tuple[Change, ...]:
    """All of a change; of somebody new what matters for the work."""
    if item.kind in (ItemKind.NEW, ItemKind.NOT_KEPT):
        return tuple(change for change in item.diff.changes if change.what in _TOLD_OF_NEW)
    return tuple(item.diff.changes) if item.kind == ItemKind.CHANGED else ()
