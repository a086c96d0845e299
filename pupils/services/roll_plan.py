"""What a roll file would do to a school's roll. Read here, shown in the preview, and read again when it is applied."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from django.db.models import QuerySet

from pupils.importing.records import CellError, RollFile, RollRow
from pupils.models import Contact, Need, Pupil, SupportStatus
from pupils.services.roll_contacts import compare_contacts
from pupils.services.roll_diff import Diff, Here, compare_pupil, day
from pupils.services.roll_match import Roll
from pupils.services.roll_support import compare_needs, compare_support
from schools.tenancy import SchoolOwned

_FOLLOWED = frozenset({"K", "E"})
_WHY_KEPT = "Chosen when the roll was imported"
_LEFT = "This pupil left on {day}, so nothing changes. Importing brings nobody back: do that on the pupil’s page first."
_NEEDED = (("dob", "Date of birth"), ("nc_year", "Year"))

Row = TypeVar("Row", bound=SchoolOwned)


class ItemKind(StrEnum):
    """Where a row stands in the preview; the order is the order of the page."""

    PROBLEM = "problem"
    CHANGED = "changed"
    NEW = "new"
    NOT_KEPT = "not-kept"
    UNCHANGED = "unchanged"


@dataclass(slots=True)
class Item:
    """One row of the file beside the pupil it means."""

    kind: ItemKind
    row: RollRow
    pupil: Pupil
    diff: Diff
    errors: tuple[CellError, ...] = ()

    @property
    def warnings(self) -> tuple[str, ...]:
        return (*self.row.warnings, *self.diff.warnings)

    @property
    def fingerprint(self) -> tuple[object, ...]:
        return self.kind, self.row.number, self.pupil.pk, self.errors, tuple(self.diff.changes)


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person decided in the preview, by the numbers of rows."""

    leave_out: frozenset[int] = frozenset()
    keep: frozenset[int] = frozenset()
    keep_all: bool = False

    def keeps(self, item: Item) -> bool:
        """Whether a row is to be written."""
        if item.kind == ItemKind.NOT_KEPT:
            return not item.errors and (self.keep_all or item.row.number in self.keep)
        return item.kind in (ItemKind.CHANGED, ItemKind.NEW) and item.row.number not in self.leave_out


@dataclass(frozen=True, slots=True)
class Plan:
    """All rows of a file, in the order of the preview."""

    items: tuple[Item, ...]
    warnings: tuple[str, ...]
    kinds: Counter[ItemKind] = field(default_factory=Counter)

    @property
    def digest(self) -> str:
        """Changes when anything that the preview shows has changed, in the file or here."""
        return hashlib.sha256(repr([item.fingerprint for item in self.items]).encode()).hexdigest()

    @property
    def has_something_to_apply(self) -> bool:
        """Whether any row could be written, now or once somebody ticks it."""
        return any(item.kind in (ItemKind.CHANGED, ItemKind.NEW, ItemKind.NOT_KEPT) for item in self.items)

    @property
    def problems(self) -> list[Item]:
        return [item for item in self.items if item.kind == ItemKind.PROBLEM]

    def to_write(self, choices: Choices) -> list[Item]:
        return [item for item in self.items if choices.keeps(item)]

    def counts(self, choices: Choices) -> dict[str, int]:
        """The figures of the history: what is written, left out, not kept, wrong."""
        writing = Counter(item.kind for item in self.to_write(choices))
        chosen = writing[ItemKind.NOT_KEPT]
        return {
            "new": writing[ItemKind.NEW] + chosen,
            "changed": writing[ItemKind.CHANGED],
            "unchanged": self.kinds[ItemKind.UNCHANGED],
            "left_out": sum(self.kinds[kind] - writing[kind] for kind in (ItemKind.CHANGED, ItemKind.NEW)),
            "not_kept": self.kinds[ItemKind.NOT_KEPT] - chosen,
            "errors": self.kinds[ItemKind.PROBLEM],
            "warnings": len(self.warnings) + sum(len(item.warnings) for item in self.items),
        }


def plan_import(roll: RollFile, today: date, *, for_writing: bool = False) -> Plan:
    """Compare a file with the roll of the school in scope, in four queries. `for_writing` locks what it read."""
    here = _load(for_writing)
    finder = Roll(each.pupil for each in here.values())
    items = [_item(row, finder, here, roll.header.is_partial, today) for row in roll.rows]
    _refuse_twice(items)
    items.sort(key=lambda item: (list(ItemKind).index(item.kind), item.row.number))
    return Plan(tuple(items), roll.warnings, Counter(item.kind for item in items))


def _load(for_writing: bool) -> dict[int, Here]:
    here = {pupil.pk: Here(pupil) for pupil in _rows(Pupil.objects.order_by("pk"), for_writing)}
    for status in _rows(SupportStatus.objects.all(), for_writing):
        here[status.pupil_id].support.append(status)
    for need in _rows(Need.objects.all(), for_writing):
        here[need.pupil_id].needs.append(need)
    for contact in _rows(Contact.objects.all(), for_writing):
        here[contact.pupil_id].contacts.append(contact)
    return here


def _rows(rows: QuerySet[Row], for_writing: bool) -> Iterable[Row]:
    return rows.select_for_update() if for_writing else rows


def _item(row: RollRow, finder: Roll, everybody: dict[int, Here], is_partial: bool, today: date) -> Item:
    pupil, unclear, caution = finder.find(row)
    here = everybody[pupil.pk] if pupil else Here(Pupil())
    diff = Diff(warnings=[caution] if caution else [])
    if here.pupil.has_left(today):
        diff.warnings.append(_LEFT.format(day=day(here.pupil.left_on)))
    else:
        compare_pupil(row, here, diff)
        compare_support(row, here, today, diff)
        compare_needs(row, here, is_partial, today, diff)
        compare_contacts(row, here, diff)
    errors = (*row.errors, *((unclear,) if unclear else ()))
    if errors:
        return Item(ItemKind.PROBLEM, row, here.pupil, diff, errors)
    if pupil:
        return Item(ItemKind.CHANGED if diff.changes or diff.updated else ItemKind.UNCHANGED, row, pupil, diff)
    return _new_item(row, here.pupil, diff, today)


def _new_item(row: RollRow, pupil: Pupil, diff: Diff, today: date) -> Item:
    """Kept are children with SEN support or a plan; somebody else chooses the rest by hand."""
    status = row.current_support(today)
    is_followed = status is not None and status.provision in _FOLLOWED
    errors = tuple(
        CellError(words, "This is missing, and a new pupil needs it.") for field, words in _NEEDED if getattr(row, field) is None
    )
    if not is_followed:
        diff.update(pupil, followed_because=_WHY_KEPT, followed_since=today)
        return Item(ItemKind.NOT_KEPT, row, pupil, diff, errors)
    return Item(ItemKind.PROBLEM if errors else ItemKind.NEW, row, pupil, diff, errors)


def _refuse_twice(items: Collection[Item]) -> None:
    """Two rows that mean one pupil: neither is written."""
    rows: dict[int, list[Item]] = defaultdict(list)
    for item in items:
        if item.pupil.pk is not None:
            rows[item.pupil.pk].append(item)
    for twice in (group for group in rows.values() if len(group) > 1):
        for item in twice:
            other = next(each.row.number for each in twice if each is not item)
            item.errors = (*item.errors, CellError("UPN", f"This row and row {other} mean the same pupil here. Keep one of them."))
            item.kind = ItemKind.PROBLEM
