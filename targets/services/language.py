"""A partnership's target language: a draft is written from a file as often as need be, then published, and from there on it is final."""

from functools import cache
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from schools import audit
from schools.models import Partnership, User
from targets.language import Content, SkillWords, StrandWords, Wording, read
from targets.models import Descriptor, Skill, Strand, TargetLanguage

STARTER = Path(__file__).resolve().parents[1] / "data" / "demo-language.json"


class LanguageRefused(Exception):
    """A target language cannot be started or published like this."""

    message = ""


class NoDraft(LanguageRefused):
    message = "There is no draft to publish. Import a file first."


class DraftIsWaiting(LanguageRefused):
    message = "There is a draft already. Publish that one, or import another file over it."


@transaction.atomic
def start_language(*, partnership: Partnership, by: User | None) -> TargetLanguage:
    """Publish the shipped language as a beginning. A partnership that has a published one keeps it: safe to run twice."""
    _hold(partnership)
    published = TargetLanguage.objects.published_for(partnership.pk)
    if published:
        return published
    if TargetLanguage.objects.draft_for(partnership.pk):
        raise DraftIsWaiting
    import_language(partnership=partnership, content=starter(), by=by)
    return publish_language(partnership=partnership, by=by)


@cache
def starter() -> Content:
    """The language with which a new partnership begins, and which it then makes its own."""
    return read(STARTER.read_bytes())


@transaction.atomic
def import_language(*, partnership: Partnership, content: Content, by: User | None) -> TargetLanguage:
    """Make the partnership's draft say this. There is one draft: the next import rewrites it. Published versions stay as they are."""
    _hold(partnership)
    draft = TargetLanguage.objects.draft_for(partnership.pk)
    if draft:
        _empty(draft)
    else:
        version = TargetLanguage.objects.newest_version(partnership.pk) + 1
        draft = TargetLanguage.objects.create(partnership=partnership, version=version)
    _fill(draft, content)
    audit.record(by=by, action="language.drafted", row=draft)
    return draft


@transaction.atomic
def publish_language(*, partnership: Partnership, by: User | None) -> TargetLanguage:
    """Make the draft the language of the partnership's schools; it is final from here on. Targets keep the version they were set in."""
    _hold(partnership)
    draft = TargetLanguage.objects.draft_for(partnership.pk)
    if draft is None:
        raise NoDraft
    draft.state, draft.published_on = TargetLanguage.State.PUBLISHED, timezone.localdate()
    draft.save(update_fields=["state", "published_on"])
    audit.record(by=by, action="language.published", row=draft)
    return draft


def content_of(language: TargetLanguage) -> Content:
    """What a version says, in three queries."""
    return Content(tuple(_strand_words(strand) for strand in language.strands.with_descriptors()))


def _strand_words(strand: Strand) -> StrandWords:
    return StrandWords(strand.key, strand.name, tuple(_skill_words(skill) for skill in strand.skills.all()))


def _skill_words(skill: Skill) -> SkillWords:
    steps = (Wording(each.staff, each.early, each.primary, each.secondary) for each in skill.descriptors.all())
    return SkillWords(skill.key, skill.name, tuple(steps))


def _hold(partnership: Partnership) -> None:
    """One at a time: whoever imports or publishes meanwhile waits."""
    Partnership.objects.select_for_update().get(pk=partnership.pk)


def _empty(draft: TargetLanguage) -> None:
    Descriptor.objects.filter(skill__strand__language=draft).delete()
    Skill.objects.filter(strand__language=draft).delete()
    Strand.objects.filter(language=draft).delete()


def _fill(draft: TargetLanguage, content: Content) -> None:
    """Write a draft's rows, in three statements."""
    strands = [Strand(language=draft, key=one.key, name=one.name, order=order) for order, one in enumerate(content.strands, start=1)]
    Strand.objects.bulk_create(strands)
    skills = [
        Skill(strand=strand, key=one.key, name=one.name, order=order)
        for strand, words in zip(strands, content.strands, strict=True)
        for order, one in enumerate(words.skills, start=1)
    ]
    Skill.objects.bulk_create(skills)
    Descriptor.objects.bulk_create(
        Descriptor(skill=skill, step=step, staff=one.staff, early=one.early, primary=one.primary, secondary=one.secondary)
        for skill, words in zip(skills, content.skills(), strict=True)
        for step, one in enumerate(words.steps)
    )
