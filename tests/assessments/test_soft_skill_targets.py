"""A soft-skill target keeps its skill: in the judgement that figures read, and in the row that carries it on."""

import pytest

from assessments.models import Judgement
from schools.tenancy import in_school
from targets.models import Skill, Target
from tests.factories.targets import TargetFactory, strand_of


@pytest.fixture
def target(pupil) -> Target:
    skill = Skill.objects.get(strand=strand_of(pupil.school.partnership), key="asking-for-help")
    return TargetFactory(pupil=pupil, start=1, aim=3, kind="soft-skill", skill=skill)


@pytest.mark.parametrize(
    "action", [{"next": "next_step", "next_aim": 3}, {"next": "change", "reason": "too_big", "next_wording": "I point"}]
)
def test_a_soft_skill_target_is_carried_on_with_its_skill(review, target, save, complete, action):
    save(review, target, step=2, **action)
    complete(review)
    with in_school(target.school):
        new = Target.objects.get(carried_on_from=target)
        assert (new.kind, new.skill, new.strand) == ("soft-skill", target.skill, target.strand)


def test_its_judgement_stores_the_key_of_the_skill(review, target, save, complete):
    save(review, target, step=2)
    complete(review)
    with in_school(target.school):
        kept = Judgement.objects.get(target=target)
    assert (kept.strand_key, kept.skill_key) == ("communicating", "asking-for-help")


def test_a_personal_targets_judgement_has_no_skill(pupil, review, target, save, complete):
    own = TargetFactory(pupil=pupil, slot=2)
    save(review, target, step=2)
    save(review, own, step=2)
    complete(review)
    with in_school(target.school):
        assert Judgement.objects.get(target=own).skill_key == ""
