"""import_language, export_language, start_language: a draft, then a version that is final; a bad file writes nothing."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings

from schools.models import AuditEvent, Partnership
from targets.language import read, write
from targets.models import Descriptor, Skill, Strand, TargetLanguage
from targets.services import import_language, publish_language, start_language
from targets.services.language import STARTER, DraftIsWaiting, NoDraft, content_of
from tests.factories.schools import PartnershipFactory
from tests.targets.languages import changed, contents, small


def command(name: str, partnership: Partnership, *words: object) -> str:
    """Run a command for a partnership and return what it wrote."""
    out = StringIO()
    call_command(name, f"--partnership={partnership.slug}", *map(str, words), stdout=out)
    return out.getvalue()


@pytest.fixture
def file(tmp_path: Path):
    """Write a file and return its path."""

    def make(data: bytes) -> Path:
        path = tmp_path / "language.json"
        path.write_bytes(data)
        return path

    return make


def everything() -> list:
    """Every row that an import could write."""
    tables = (TargetLanguage, Strand, Skill, Descriptor)
    return [list(table.objects.order_by("pk").values_list()) for table in tables]


def versions(partnership: Partnership) -> list[tuple[int, str]]:
    return list(TargetLanguage.objects.filter(partnership=partnership).order_by("version").values_list("version", "state"))


def test_what_was_exported_and_imported_is_exported_the_same(partnership, file):
    start_language(partnership=partnership, by=None)
    exported = command("export_language", partnership)
    assert exported.encode() == STARTER.read_bytes()
    command("import_language", partnership, file(exported.encode()))
    assert command("export_language", partnership, "--draft") == exported
    command("import_language", partnership, "--publish")
    assert command("export_language", partnership) == exported
    assert versions(partnership) == [(1, "published"), (2, "published")]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(contents())
def test_any_language_goes_in_and_comes_out_byte_for_byte(partnership, content):
    import_language(partnership=partnership, content=content, by=None)
    assert command("export_language", partnership, "--draft") == write(content)


def test_a_file_makes_a_draft_that_schools_do_not_see(partnership, file):
    first = start_language(partnership=partnership, by=None)
    said = command("import_language", partnership, file(write(small()).encode()))
    assert versions(partnership) == [(1, "published"), (2, "draft")]
    assert TargetLanguage.objects.published_for(partnership.pk) == first
    assert "version 2 is a draft, 1 strands, 2 skills." in said
    assert f"import_language --partnership {partnership.slug} --publish" in said


def test_the_next_file_rewrites_the_draft(partnership, file):
    for content in (small("asking"), small("telling")):
        command("import_language", partnership, file(write(content).encode()))
    assert versions(partnership) == [(1, "draft")]
    assert command("export_language", partnership, "--draft") == write(small("telling"))


def test_a_file_can_be_published_at_once(partnership, file):
    said = command("import_language", partnership, file(write(small()).encode()), "--publish")
    assert versions(partnership) == [(1, "published")]
    assert "version 1 is published" in said
    assert command("export_language", partnership) == write(small())


def test_the_import_says_which_keys_come_and_go_and_what_could_be_said_better(partnership, file):
    command("import_language", partnership, file(write(small("asking", "telling")).encode()), "--publish")
    said = command("import_language", partnership, file(write(small("asking", "singing")).encode()))
    assert "new: communicating/singing\n" in said
    assert "no longer in it: communicating/telling\n" in said
    low = changed(lambda document: document["strands"][0]["skills"][0]["steps"][0].update(staff="Fails to ask."))
    assert "hint: strands[0].skills[0].steps[0].staff: says “fails”." in command("import_language", partnership, file(low))


@pytest.mark.parametrize("publish", [(), ("--publish",)])
def test_a_bad_file_is_named_with_its_place_and_nothing_is_written(partnership, file, publish):
    start_language(partnership=partnership, by=None)
    import_language(partnership=partnership, content=small(), by=None)
    before, deeds = everything(), AuditEvent.objects.count()
    bad = changed(lambda document: document["strands"][0]["skills"][0]["steps"][3]["pupil"].update(early="x" * 91))
    with pytest.raises(CommandError, match=r"nothing was written\.\n  strands\[0\]\.skills\[0\]\.steps\[3\]\.pupil\.early: has 91"):
        command("import_language", partnership, file(bad), *publish)
    assert everything() == before
    assert AuditEvent.objects.count() == deeds


def test_an_import_that_breaks_off_leaves_the_draft_as_it_was(partnership, monkeypatch):
    import_language(partnership=partnership, content=small(), by=None)
    before = everything()
    monkeypatch.setattr(Descriptor.objects, "bulk_create", lambda rows: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        import_language(partnership=partnership, content=small("other"), by=None)
    assert everything() == before


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "Name a FILE to make a draft of, or --publish"),
        (("--publish",), "There is no draft to publish. Import a file first."),
        (("/nowhere/language.json",), "The file cannot be read: No such file or directory."),
    ],
)
def test_what_cannot_be_done_is_said(partnership, words, message):
    with pytest.raises(CommandError, match=message):
        command("import_language", partnership, *words)
    assert versions(partnership) == []


@pytest.mark.parametrize("name", ["import_language", "export_language", "start_language"])
@pytest.mark.django_db
def test_a_partnership_that_is_not_there_is_said(name, file):
    words = [file(write(small()).encode())] if name == "import_language" else []
    with pytest.raises(CommandError, match="There is no partnership 'nobody'"):
        command(name, Partnership(slug="nobody"), *words)


@pytest.mark.parametrize(("words", "message"), [((), "no published target language"), (("--draft",), "no draft")])
def test_there_may_be_nothing_to_export(partnership, words, message):
    with pytest.raises(CommandError, match=message):
        command("export_language", partnership, *words)


def test_a_partnership_begins_with_the_shipped_language_and_keeps_what_it_has(partnership):
    assert "version 1, 6 strands." in command("start_language", partnership)
    assert "version 1, 6 strands." in command("start_language", partnership)
    assert content_of(TargetLanguage.objects.get()) == read(STARTER.read_bytes())


def test_starting_does_not_overwrite_a_draft(partnership):
    import_language(partnership=partnership, content=small(), by=None)
    with pytest.raises(DraftIsWaiting):
        start_language(partnership=partnership, by=None)
    with pytest.raises(CommandError, match="There is a draft already"):
        command("start_language", partnership)
    assert versions(partnership) == [(1, "draft")]


def test_partnerships_do_not_share_versions(partnership):
    other = PartnershipFactory()
    import_language(partnership=other, content=small(), by=None)
    with pytest.raises(NoDraft):
        publish_language(partnership=partnership, by=None)
    assert versions(other) == [(1, "draft")]


def test_each_deed_leaves_an_audit_row(partnership, lead):
    draft = import_language(partnership=partnership, content=small(), by=lead)
    publish_language(partnership=partnership, by=lead)
    deeds = AuditEvent.objects.filter(table="targets.targetlanguage").order_by("pk").values_list("action", "by", "row_id")
    assert list(deeds) == [("language.drafted", lead.pk, draft.pk), ("language.published", lead.pk, draft.pk)]


def test_a_partnership_has_one_draft(partnership):
    import_language(partnership=partnership, content=small(), by=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        TargetLanguage.objects.create(partnership=partnership, version=9)
