"""manage.py seed_demo [--today DATE]: fills an empty database with the demo, all or nothing."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from reports.demo.people import LEAD, PASSWORD, ROLES
from reports.demo.places import PLACES
from reports.demo.seeding import DatabaseInUse, is_seeded, seed_demo


class Command(BaseCommand):
    help = "Fill an empty database with four invented schools, their staff and their pupils, for trying out."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--today", type=date.fromisoformat, metavar="DATE", help="the day that the demo plays on (default: today)")

    def handle(self, *args: Any, **options: Any) -> None:
        if is_seeded():
            self.stdout.write("The demo is already there; nothing was changed.")
            return
        try:
            seed_demo(today=options["today"] or timezone.localdate(), say=self.stdout.write)
        except DatabaseInUse as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"The demo is ready. Everybody's password is {PASSWORD}")
        for place in PLACES:
            self.stdout.write("  " + "  ".join(f"{name}@{place.domain}" for name in ROLES))
        self.stdout.write(f"  {LEAD[0]}")
