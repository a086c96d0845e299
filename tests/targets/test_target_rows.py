"""What the database itself refuses about targets, whoever asks."""

import pytest
from django.db import IntegrityError, transaction

from schools.tenancy import in_school
from targets.models import Target
from tests.factories.targets import TargetFactory


@pytest.fixture
def target(school) -> Target:
    return TargetFactory(pupil__school=school)


@pytest.mark.parametrize(
    "columns",
    [
        {"status": "proposed"},  # with a slot
        {"status": "declined", "slot": None},  # without a reason
        {"importance": 0},
        {"importance": 4},
        {"kind": "academic"},  # with a strand, without a subject
        {"kind": "academic", "strand": None},
        {"kind": "academic", "subject": "Maths"},
        {"strand": None},
        {"subject": "Maths"},
    ],
)
def test_a_row_that_cannot_be_is_refused(target, columns):
    with in_school(target.school), pytest.raises(IntegrityError), transaction.atomic():
        Target.objects.filter(pk=target.pk).update(**columns)


@pytest.mark.parametrize(
    "columns",
    [
        {"status": "proposed", "slot": None},
        {"status": "declined", "slot": None, "declined_because": "Later"},
        {"importance": 3},
        {"kind": "academic", "strand": None, "subject": "Maths"},
    ],
)
def test_and_its_allowed_twin_is_kept(target, columns):
    with in_school(target.school):
        assert Target.objects.filter(pk=target.pk).update(**columns) == 1


def test_a_target_is_of_middling_importance_unless_somebody_says_otherwise(target):
    assert target.importance == 2
