"""manage.py export_language --partnership SLUG [--draft]: writes a target language to standard output."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from schools.models import Partnership
from targets.language import write
from targets.management.choosing import partnership_of
from targets.models import TargetLanguage
from targets.services.language import content_of


class Command(BaseCommand):
    help = "Write a partnership's published target language (or its draft) as JSON; importing it again gives the same bytes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--partnership", required=True, metavar="SLUG")
        parser.add_argument("--draft", action="store_true", help="the draft instead of the published version")

    def handle(self, *args: Any, **options: Any) -> None:
        partnership = partnership_of(options["partnership"])
        language = _draft(partnership) if options["draft"] else _published(partnership)
        self.stdout.write(write(content_of(language)), ending="")


def _draft(partnership: Partnership) -> TargetLanguage:
    draft = TargetLanguage.objects.draft_for(partnership.pk)
    if draft is None:
        raise CommandError("This partnership has no draft of its target language.")
    return draft


def _published(partnership: Partnership) -> TargetLanguage:
    published = TargetLanguage.objects.published_for(partnership.pk)
    if published is None:
        raise CommandError("This partnership has no published target language. `manage.py start_language` publishes the shipped one.")
    return published
