"""What the lead reads of moderation asks as much of the database for thirty rows as for one."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now

from assessments.models import ModerationMark, ModerationRound
from schools.models import Partnership, School, User
from schools.tenancy import in_school
from tests.counting import assert_does_not_grow
from tests.factories.schools import SchoolFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(partnership: Partnership, lead: User) -> ModerationRound:
    return round_of(partnership, lead)


def round_of(partnership: Partnership, by: User, **fields: object) -> ModerationRound:
    day = localdate() + timedelta(days=30)
    return ModerationRound.objects.create(partnership=partnership, name="Spring", closes_on=day, opened_by=by, opened_at=now(), **fields)


def mark_in(school: School, found: ModerationRound, number: int) -> None:
    with in_school(school):
        ModerationMark.objects.create(
            round=found,
            sample=uuid4(),
            first=1,
            step=2,
            skill_key=f"skill-{number}",
            skill=f"Skill {number}",
            wording="I try",
            evidence="x",
        )


def test_rounds_and_schools_do_not_grow_in_queries(client: Client, partnership, lead, school, found):
    def more() -> None:
        SchoolFactory.create_batch(29, partnership=partnership)
        for _ in range(29):
            round_of(partnership, lead, closed_at=now())

    client.force_login(lead)
    assert_does_not_grow(client, reverse("partnership-moderation", args=[partnership.slug]), more, at_most=15)


def test_marks_of_a_round_do_not_grow_in_queries(client: Client, partnership, lead, school, found):
    mark_in(school, found, 0)

    def more() -> None:
        for number in range(1, 30):
            mark_in(school, found, number)

    client.force_login(lead)
    assert_does_not_grow(client, reverse("partnership-round", args=[partnership.slug, found.public_id]), more, at_most=15)
