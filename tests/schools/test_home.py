"""Where a person starts, and what somebody without a role is told."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from schools.models import Role, School, User
from schools.places import memberships_of, places_for
from tests.factories.schools import MembershipFactory, SchoolFactory, UserFactory

pytestmark = pytest.mark.django_db


def home(client: Client, user: User) -> str:
    client.force_login(user)
    return client.get("/").headers["Location"]


@pytest.mark.parametrize("role", [Role.TEACHER, Role.SENCO, Role.HEAD, Role.OFFICE])
def test_staff_start_at_their_pupils(client: Client, school: School, member, role: str) -> None:
    assert home(client, member(school, role)) == reverse("pupil-list", args=[school.slug])


def test_a_key_worker_starts_with_the_day(client: Client, school: School, key_worker: User) -> None:
    assert home(client, key_worker) == reverse("today", args=[school.slug])


def test_a_governor_starts_at_the_figures(client: Client, school: School, governor: User) -> None:
    assert home(client, governor) == reverse("school-published", args=[school.slug])
    MembershipFactory(user=governor, school=school, role=Role.TEACHER)
    assert home(client, governor) == reverse("pupil-list", args=[school.slug])


@pytest.mark.parametrize("role", [Role.LEAD, Role.GOVERNOR])
def test_a_partnerships_people_start_at_its_figures(client: Client, partnership, member, role: str) -> None:
    assert home(client, member(partnership, role)) == reverse("partnership-dashboard", args=[partnership.slug])


def test_of_several_places_the_first_by_name_and_then_the_last_used(client: Client, senco: User, school: School) -> None:
    second = SchoolFactory(slug="aspen", name="aspen")
    MembershipFactory(user=senco, school=second, role=Role.SENCO)
    client.force_login(senco)
    assert client.get("/").headers["Location"] == reverse("pupil-list", args=["aspen"])
    client.get(reverse("staff-list", args=[school.slug]))
    assert client.get("/").headers["Location"] == reverse("pupil-list", args=[school.slug])
    client.get(reverse("staff-list", args=["aspen"]))
    assert client.get("/").headers["Location"] == reverse("pupil-list", args=["aspen"])


def test_a_place_that_refused_a_person_is_not_remembered(client: Client, senco: User, school: School, foreign_school: School) -> None:
    client.force_login(senco)
    client.get(reverse("staff-list", args=[school.slug]))
    client.get(reverse("staff-list", args=[foreign_school.slug]))
    assert client.get("/").headers["Location"] == reverse("pupil-list", args=[school.slug])


def test_a_place_that_one_has_left_is_home_no_more(client: Client, senco: User, school: School, sister_school: School) -> None:
    MembershipFactory(user=senco, school=sister_school, role=Role.SENCO)
    client.force_login(senco)
    client.get(reverse("staff-list", args=[school.slug]))
    senco.memberships.filter(school=school).update(ended_at=timezone.now())
    assert client.get("/").headers["Location"] == reverse("pupil-list", args=[sister_school.slug])


def said(client: Client, user: User) -> str:
    client.force_login(user)
    page = client.get("/")
    assert page.status_code == 200
    return page.content.decode()


def test_somebody_without_a_role_is_told_whom_to_ask(client: Client) -> None:
    assert "Ask the head or the office of your school to invite you" in said(client, UserFactory())


def test_somebody_whose_role_has_ended_is_told_the_heads_name(client: Client, school: School, head: User) -> None:
    gone = MembershipFactory(school=school, role=Role.TEACHER, ends_on=date(2024, 7, 20)).user
    body = said(client, gone)
    assert "Your role has ended" in body
    assert head.name in body


def test_somebody_who_is_early_is_told_the_day(client: Client, school: School) -> None:
    day = timezone.localdate() + timedelta(days=10)
    early = MembershipFactory(school=school, role=Role.TEACHER, starts_on=day).user
    assert f"begins on {day:%-d %B %Y}" in said(client, early)


@pytest.mark.parametrize("how_many", [1, 30])
def test_places_are_found_in_one_query(django_assert_num_queries, how_many: int) -> None:
    person = UserFactory()
    for place in SchoolFactory.create_batch(how_many):
        MembershipFactory(user=person, school=place)
    with django_assert_num_queries(1):
        assert len(places_for(memberships_of(person, timezone.localdate()))) == how_many
