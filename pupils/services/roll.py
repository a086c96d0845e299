"""The import of a roll: staged, looked at, applied in one transaction or set aside. Each works inside the school's scope."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone

from pupils.importing.reading import read_roll_file
from pupils.importing.records import RollFile
from pupils.models import RollImport
from pupils.services import roll_files
from pupils.services.roll_plan import Choices, Item, ItemKind, Plan, plan_import
from pupils.services.roll_write import write_items
from schools import audit
from schools.models import School, User
from schools.tenancy import in_school

KEPT_FOR = timedelta(hours=24)
_LISTED_PROBLEMS = 500
_ENDINGS = {RollImport.Kind.CTF: ".xml", RollImport.Kind.CSV: ".csv", RollImport.Kind.XLSX: ".xlsx"}
_STAGED, _APPLIED, _DISCARDED = RollImport.State.STAGED, RollImport.State.APPLIED, RollImport.State.DISCARDED


class RollAlreadySettled(Exception):
    """Somebody has applied this import, or set it aside, in the meantime."""


class RollChangedSince(Exception):
    """The preview no longer says what applying would do: somebody has changed a pupil in the meantime."""


class RollHasProblems(Exception):
    """Rows with problems stand in a file that has to come in whole, or were not left out knowingly."""

    def __init__(self, problems: Sequence[Item]) -> None:
        super().__init__(f"{len(problems)} rows with problems")
        self.problems = problems


def read_for(school: School, name: str, data: bytes) -> RollFile:
    """Read a file as one of this school's. Raises RollFileRefused."""
    return read_roll_file(name, data, laestab=school.laestab, today=timezone.localdate())


@transaction.atomic
def stage_roll(*, school: School, name: str, data: bytes, by: User) -> RollImport:
    """Keep a readable file for the preview; nothing of the roll changes. Raises RollFileRefused."""
    roll = read_for(school, name, data)
    plan = plan_import(roll, timezone.localdate())
    staged = RollImport.objects.create(
        kind=roll.kind, by=by, file_sha256=_hash(data), staged_file=roll_files.keep(data), counts=plan.counts(Choices())
    )
    audit.record(by=by, action="roll.staged", row=staged)
    return staged


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def plan_staged(roll_import: RollImport, school: School, *, for_writing: bool = False) -> Plan:
    """What applying a staged file would do now. Raises RollFileGone."""
    data = roll_files.read(roll_import.staged_file)
    roll = read_for(school, f"staged{_ENDINGS[RollImport.Kind(roll_import.kind)]}", data)
    return plan_import(roll, timezone.localdate(), for_writing=for_writing)


def applied_before(roll_import: RollImport) -> RollImport | None:
    """The last time that this very file was applied, if it was."""
    return RollImport.objects.filter(file_sha256=roll_import.file_sha256, state=_APPLIED).order_by("applied_at").last()


def choices_of(roll_import: RollImport) -> Choices:
    """What has been chosen so far on the pages of the preview."""
    chosen = roll_import.choices
    return Choices(frozenset(chosen.get("leave_out", ())), frozenset(chosen.get("keep", ())))


def save_choices(*, roll_import: RollImport, shown: Iterable[int], leave_out: Iterable[int], keep: Iterable[int]) -> Choices:
    """Remember the ticks of one page; rows that were not on it keep theirs. Raises RollAlreadySettled."""
    page, before = frozenset(shown), choices_of(roll_import)
    now = Choices((before.leave_out - page) | frozenset(leave_out), (before.keep - page) | frozenset(keep))
    if now == before:
        return now
    chosen = {"leave_out": sorted(now.leave_out), "keep": sorted(now.keep)}
    if not RollImport.objects.filter(pk=roll_import.pk, state=_STAGED).update(choices=chosen):
        raise RollAlreadySettled
    roll_import.choices = chosen
    return now


@transaction.atomic
def apply_roll(*, roll_import: RollImport, school: School, digest: str, leave_problems_out: bool, by: User) -> Plan:
    """Write the chosen rows of a staged file, all or nothing, if they are still what the person saw.

    Raises RollAlreadySettled, RollChangedSince, RollHasProblems or RollFileGone.
    """
    plan = _claim(roll_import, school)
    if plan.digest != digest:
        raise RollChangedSince
    if plan.problems and not leave_problems_out:
        raise RollHasProblems(plan.problems)
    _write(roll_import, plan, choices_of(roll_import), by)
    return plan


def _claim(roll_import: RollImport, school: School) -> Plan:
    """Settle the import first, so that a second one waits and then finds it settled. The file goes with the commit."""
    name = roll_import.staged_file
    claimed = RollImport.objects.filter(pk=roll_import.pk, state=_STAGED).update(state=_APPLIED, applied_at=timezone.now(), staged_file="")
    if not claimed:
        raise RollAlreadySettled
    plan = plan_staged(roll_import, school, for_writing=True)
    transaction.on_commit(partial(roll_files.remove, name))
    return plan


def _write(roll_import: RollImport, plan: Plan, choices: Choices, by: User | None) -> None:
    items = plan.to_write(choices)
    write_items(items)
    audit.record_each(by=by, action="pupil.imported", rows=[item.pupil for item in items])
    audit.record(by=by, action="roll.applied", row=roll_import)
    RollImport.objects.filter(pk=roll_import.pk).update(counts=plan.counts(choices), outcome=_outcome(plan, items))


def _outcome(plan: Plan, items: Sequence[Item]) -> dict[str, object]:
    """What the history shows: ids, columns and row numbers, no names and no values of pupils."""
    return {
        "new": [item.pupil.pk for item in items if item.kind != ItemKind.CHANGED],
        "changed": {str(item.pupil.pk): _whats(item) for item in items if item.kind == ItemKind.CHANGED},
        "problems": [[item.row.number, error.column, error.message] for item in plan.problems for error in item.errors][:_LISTED_PROBLEMS],
    }


def _whats(item: Item) -> list[str]:
    return list(dict.fromkeys(change.what for change in item.diff.changes))


@transaction.atomic
def discard_roll(*, roll_import: RollImport, by: User) -> None:
    """Set a staged import aside; its file goes. Raises RollAlreadySettled."""
    name = roll_import.staged_file
    if not RollImport.objects.filter(pk=roll_import.pk, state=_STAGED).update(state=_DISCARDED, staged_file=""):
        raise RollAlreadySettled
    audit.record(by=by, action="roll.discarded", row=roll_import)
    transaction.on_commit(partial(roll_files.remove, name))


def discard_stale_imports(*, now: datetime) -> int:
    """Set aside what nobody has applied for a day, school by school, and remove the files. Returns how many files went."""
    for school in School.objects.order_by("pk"):
        with in_school(school):
            RollImport.objects.staged_before(now - KEPT_FOR).update(state=_DISCARDED, staged_file="")
    return roll_files.remove_older_than(now - KEPT_FOR)


@transaction.atomic
def import_whole_roll(*, roll: RollFile, sha256: str, keep_all: bool, is_rehearsal: bool) -> Plan:
    """The command's way: every row or none, nothing at all when nothing would change. Raises RollHasProblems."""
    plan, choices = plan_import(roll, timezone.localdate(), for_writing=True), Choices(keep_all=keep_all)
    problems = plan.problems + ([item for item in plan.items if item.errors and item.kind == ItemKind.NOT_KEPT] if keep_all else [])
    if problems:
        raise RollHasProblems(problems)
    if plan.to_write(choices) and not is_rehearsal:
        applied = RollImport.objects.create(kind=roll.kind, state=_APPLIED, applied_at=timezone.now(), file_sha256=sha256)
        _write(applied, plan, choices, None)
    return plan
