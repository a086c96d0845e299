"""Brings a roll in from the command line: all of it or none of it."""

import hashlib
import json
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from pupils.importing.safety import MAX_BYTES, RollFileRefused
from pupils.services import roll
from pupils.services.roll_plan import Choices, Item, Plan
from schools.models import School
from schools.tenancy import in_school


class Command(BaseCommand):
    help = "Import a roll file (CTF, CSV or XLSX) into a school. Any error: exit 1, and nothing is written."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--school", required=True, help="slug of the school")
        parser.add_argument("--dry-run", action="store_true", help="say what would change and write nothing")
        parser.add_argument("--json", action="store_true", help="answer in JSON")
        parser.add_argument("--all", action="store_true", help="keep everybody, not only pupils with SEN support or a plan")

    def handle(self, *args: object, file: Path, school: str, dry_run: bool, json: bool, all: bool, **options: object) -> None:
        self._as_json = json
        try:
            plan = self._import(_school(school), file, dry_run, all)
        except RollFileRefused as refusal:
            raise self._failure(str(refusal), []) from None
        except roll.RollHasProblems as refusal:
            raise self._failure("There are rows with problems; nothing was written.", refusal.problems) from None
        self._answer(plan, plan.counts(Choices(keep_all=all)), is_written=not dry_run)

    def _import(self, school: School, file: Path, is_rehearsal: bool, keep_all: bool) -> Plan:
        """The file is read before the school is locked."""
        data = _bytes(file)
        rows = roll.read_for(school, file.name, data)
        with in_school(school):
            return roll.import_whole_roll(roll=rows, sha256=hashlib.sha256(data).hexdigest(), keep_all=keep_all, is_rehearsal=is_rehearsal)

    def _answer(self, plan: Plan, counts: dict[str, int], *, is_written: bool) -> None:
        rows = [(item.row.number, warning) for item in plan.items for warning in item.warnings]
        if self._as_json:
            warned = [{"row": number, "message": warning} for number, warning in rows]
            self._write_json({"written": is_written, "counts": counts, "warnings": list(plan.warnings), "rows": warned})
            return
        words = ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in counts.items())
        self.stdout.write(f"{'Imported' if is_written else 'Would be imported'}: {words}")
        for line in [*plan.warnings, *(f"row {number}: {warning}" for number, warning in rows)]:
            self.stdout.write(f"  {line}")

    def _write_json(self, said: dict[str, object]) -> None:
        self.stdout.write(json.dumps(said, indent=2, ensure_ascii=False))

    def _failure(self, message: str, problems: Sequence[Item]) -> CommandError:
        errors = [{"row": item.row.number, "column": error.column, "message": error.in_full} for item in problems for error in item.errors]
        if self._as_json:
            self._write_json({"written": False, "message": message, "errors": errors})
        lines = [f"row {error['row']}, {error['column']}: {error['message']}" for error in errors]
        return CommandError("\n  ".join([message, *lines]))


def _school(slug: str) -> School:
    try:
        return School.objects.get(slug=slug)
    except School.DoesNotExist:
        raise CommandError("There is no school with this slug.") from None


def _bytes(file: Path) -> bytes:
    """At most one byte more than the cap, so that a huge file is refused without being read."""
    try:
        with file.open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise CommandError(f"The file cannot be read: {error.strerror}.") from None
