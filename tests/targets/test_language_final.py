"""A published version never changes, whoever asks; a draft does. And a target's skill belongs to its kind and strand."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from schools.tenancy import in_school
from targets.models import Descriptor, Skill, Strand, Target, TargetLanguage
from targets.services import import_language, publish_language, start_language
from targets.services.language import content_of
from tests.factories.targets import TargetFactory
from tests.targets.languages import small

CHANGES = {
    "a strand's name": lambda language: Strand.objects.filter(language=language).update(name="Other"),
    "a strand's key": lambda language: Strand.objects.filter(language=language).update(key="other"),
    "a skill's name": lambda language: Skill.objects.filter(strand__language=language).update(name="Other"),
    "a descriptor": lambda language: Descriptor.objects.filter(skill__strand__language=language).update(staff="Other"),
    "a saved row": lambda language: Skill.objects.filter(strand__language=language)[0].save(),
    "one strand more": lambda language: Strand.objects.create(language=language, key="more", name="More", order=9),
    "one skill more": lambda language: Skill.objects.create(strand=language.strands.all()[0], key="more", name="More", order=9),
    "its number": lambda language: TargetLanguage.objects.filter(pk=language.pk).update(version=9),
    "a draft again": lambda language: TargetLanguage.objects.filter(pk=language.pk).update(state="draft"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_published_version_refuses_every_change(partnership, change):
    published = start_language(partnership=partnership, by=None)
    before = content_of(published)
    with pytest.raises(IntegrityError, match="a published target language never changes"), transaction.atomic():
        change(published)
    assert content_of(TargetLanguage.objects.published_for(partnership.pk)) == before


@pytest.mark.parametrize("name", [name for name in CHANGES if name != "a draft again"])
def test_a_draft_takes_the_same_changes(partnership, name):
    """The control: it is being published that refuses them."""
    CHANGES[name](import_language(partnership=partnership, content=small("asking"), by=None))


def test_a_draft_cannot_take_rows_of_a_published_version(partnership):
    published = start_language(partnership=partnership, by=None)
    draft = import_language(partnership=partnership, content=small(), by=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        published.strands.filter(key="relationships").update(language=draft)
    with pytest.raises(IntegrityError), transaction.atomic():
        draft.strands.update(language=published, key="more")


def test_a_targets_words_outlive_the_next_version(partnership, school):
    target = TargetFactory(pupil__school=school, kind="soft-skill", skill=skill_of(school))
    import_language(partnership=partnership, content=small(), by=None)
    publish_language(partnership=partnership, by=None)
    with in_school(school):
        kept = Target.objects.select_related("skill", "strand").get(pk=target.pk)
        assert (kept.strand.key, kept.skill.key) == ("communicating", "asking-for-help")
        assert kept.skill.descriptors.count() == 5


def skill_of(school, strand: str = "communicating") -> Skill:
    language = start_language(partnership=school.partnership, by=None)
    return Skill.objects.filter(strand__language=language, strand__key=strand)[0]


@pytest.mark.parametrize(("kind", "has_skill"), [("soft-skill", False), ("personal", True), ("academic", True)])
def test_a_soft_skill_target_has_a_skill_and_no_other_has(school, kind, has_skill):
    skill = skill_of(school) if has_skill else None
    with pytest.raises(IntegrityError, match="soft_skill_target_has_a_skill"), transaction.atomic():
        TargetFactory(pupil__school=school, kind=kind, skill=skill)


def test_a_skill_that_a_target_works_on_is_kept(school):
    TargetFactory(pupil__school=school, kind="soft-skill", skill=skill_of(school))
    with pytest.raises(ProtectedError), in_school(school):
        skill_of(school).delete()
