"""manage.py start_language --partnership SLUG: publishes the language with which a partnership begins."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from targets.management.choosing import partnership_of
from targets.services import start_language
from targets.services.language import LanguageRefused


class Command(BaseCommand):
    help = "Publish the shipped target language for a partnership that has none yet. A partnership that has one keeps it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--partnership", required=True, metavar="SLUG")

    def handle(self, *args: Any, **options: Any) -> None:
        partnership = partnership_of(options["partnership"])
        try:
            language = start_language(partnership=partnership, by=None)
        except LanguageRefused as refused:
            raise CommandError(refused.message) from None
        self.stdout.write(f"{partnership.name}: target language version {language.version}, {language.strands.count()} strands.")
