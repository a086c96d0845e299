"""manage.py start_language --partnership SLUG: publishes the six strands with which a partnership begins."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from schools.models import Partnership
from targets.services import start_language


class Command(BaseCommand):
    help = "Publish the first target language of a partnership: its six strands. A partnership that has one keeps it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--partnership", required=True, metavar="SLUG")

    def handle(self, *args: Any, **options: Any) -> None:
        slug = options["partnership"]
        partnership = Partnership.objects.filter(slug=slug).first()
        if partnership is None:
            raise CommandError(f"There is no partnership {slug!r}. `manage.py create_partnership` makes one.")
        language = start_language(partnership=partnership, by=None)
        self.stdout.write(f"{partnership.name}: target language version {language.version}, {language.strands.count()} strands.")
