"""What only PostgreSQL holds of the target language: a target's skill lies in its strand."""

import pytest
from django.db import IntegrityError, connection, transaction

from schools.models import School
from schools.tenancy import in_school
from targets.models import Skill, Target
from targets.services import start_language
from tests.factories.targets import TargetFactory

pytestmark = pytest.mark.django_db


def skill_of(school: School, strand: str) -> Skill:
    language = start_language(partnership=school.partnership, by=None)
    return Skill.objects.filter(strand__language=language, strand__key=strand)[0]


def set_target(school: School, strand: str) -> None:
    """Set a soft-skill target in Communicating on a skill of a strand, and look at the keys as a commit would."""
    with transaction.atomic():
        TargetFactory(pupil__school=school, kind="soft-skill", skill=skill_of(school, strand))
        connection.check_constraints()


def test_a_targets_skill_lies_in_its_strand(school: School) -> None:
    with pytest.raises(IntegrityError, match="skill_of_its_strand"):
        set_target(school, "relationships")
    with in_school(school):
        assert not Target.objects.exists()


def test_a_skill_of_the_strand_is_taken(school: School) -> None:
    set_target(school, "communicating")
    with in_school(school):
        assert Target.objects.count() == 1
