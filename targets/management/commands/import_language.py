"""manage.py import_language --partnership SLUG [FILE] [--publish]: makes a draft from a file, publishes it, or both."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from schools.models import Partnership
from targets.language import Content, LanguageFileRefused, read
from targets.language.advice import advice
from targets.language.reading import MAX_BYTES
from targets.management.choosing import partnership_of
from targets.models import TargetLanguage
from targets.services import import_language, publish_language
from targets.services.language import LanguageRefused, content_of


class Command(BaseCommand):
    help = "Make the draft of a partnership's target language from a JSON file, publish the draft, or both. All of it or none of it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", metavar="FILE", help="docs/target-language.md describes it")
        parser.add_argument("--partnership", required=True, metavar="SLUG")
        parser.add_argument("--publish", action="store_true", help="publish what the file says; without FILE: the draft that is there")

    def handle(self, *args: Any, **options: Any) -> None:
        file, is_to_publish = options["file"], options["publish"]
        if not file and not is_to_publish:
            raise CommandError("Name a FILE to make a draft of, or --publish to publish the draft that is there.")
        partnership = partnership_of(options["partnership"])
        content = _content(file) if file else None
        if content:
            self._compare(partnership, content)
        self._say(partnership, _write(partnership, content, is_to_publish))

    def _compare(self, partnership: Partnership, content: Content) -> None:
        """Say which keys come and go, since figures are compared by them, and what could be said better."""
        published = TargetLanguage.objects.published_for(partnership.pk)
        before = content_of(published).keys() if published else content.keys()
        for words, keys in (("new", content.keys() - before), ("no longer in it", before - content.keys())):
            if keys:
                self.stdout.write(f"  {words}: {', '.join(sorted(keys))}")
        for hint in advice(content):
            self.stdout.write(f"  hint: {hint}")

    def _say(self, partnership: Partnership, language: TargetLanguage) -> None:
        content = content_of(language)
        self.stdout.write(
            f"{partnership.name}: version {language.version} is {'published' if language.published_on else 'a draft'}, "
            f"{len(content.strands)} strands, {len(list(content.skills()))} skills."
        )
        if not language.published_on:
            self.stdout.write(f"Next: manage.py import_language --partnership {partnership.slug} --publish")


def _write(partnership: Partnership, content: Content | None, is_to_publish: bool) -> TargetLanguage:
    try:
        with transaction.atomic():
            draft = import_language(partnership=partnership, content=content, by=None) if content else None
            return publish_language(partnership=partnership, by=None) if is_to_publish or not draft else draft
    except LanguageRefused as refused:
        raise CommandError(refused.message) from None


def _content(file: Path) -> Content:
    """Read a file, at most one byte over the cap."""
    try:
        with file.open("rb") as opened:
            return read(opened.read(MAX_BYTES + 1))
    except OSError as error:
        raise CommandError(f"The file cannot be read: {error.strerror}.") from None
    except LanguageFileRefused as refused:
        lines = [str(problem) for problem in refused.problems]
        raise CommandError("\n  ".join(["This is no target language yet; nothing was written.", *lines])) from None
