"""Django's admin: one door, no pupil's data, no way to a role."""

from urllib.parse import unquote

import pytest
from django.contrib.admin import site as unused
from django.test import Client
from django.urls import reverse

from schools.admin import site
from schools.models import Membership, Programme, Role, School, User
from tests.factories.schools import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

SHOWN = ["user", "partnership", "programme", "school", "membership"]


@pytest.fixture
def superuser(db: None) -> User:
    return UserFactory(email="root@partnership.example", is_staff=True, is_superuser=True)


def test_it_knows_no_table_of_pupils() -> None:
    assert {model._meta.label for model in site._registry} == {f"schools.{name.capitalize()}" for name in SHOWN}
    assert site is not unused


def test_it_is_signed_into_through_the_one_door(client: Client) -> None:
    for address in ("/admin/", "/admin/login/", "/admin/schools/user/"):
        assert unquote(client.get(address, follow=True).redirect_chain[-1][0]).startswith("/signin/?next=/admin/")


def test_whoever_may_use_it_gets_there_from_sign_in(client: Client, superuser: User) -> None:
    client.force_login(superuser)
    assert client.get("/admin/login/?next=/admin/schools/user/").headers["Location"] == "/admin/schools/user/"
    assert client.get("/admin/login/?next=https://evil.example/").headers["Location"] == "/admin/"


@pytest.mark.parametrize("address", ["/admin/", "/admin/schools/user/", "/admin/schools/membership/"])
def test_staff_of_a_school_do_not_find_it(client: Client, head: User, address: str) -> None:
    client.force_login(head)
    assert client.get(address, follow=True).status_code == 404


def test_its_own_ways_to_sign_out_and_to_change_a_password_lead_to_the_door(client: Client, superuser: User) -> None:
    client.force_login(superuser)
    assert client.get(reverse("admin:password_change")).headers["Location"] == reverse("account_reset_password")
    assert client.post(reverse("admin:logout")).headers["Location"] == reverse("account_logout")


@pytest.mark.parametrize("name", SHOWN)
def test_rows_are_looked_at_and_neither_added_nor_removed(client: Client, superuser: User, school: School, head: User, name: str) -> None:
    client.force_login(superuser)
    rows = {
        "user": head,
        "partnership": school.partnership,
        "programme": school.programme,
        "school": school,
        "membership": Membership.objects.get(),
    }
    assert client.get(reverse(f"admin:schools_{name}_changelist")).status_code == 200
    assert client.get(reverse(f"admin:schools_{name}_change", args=[rows[name].pk])).status_code == 200
    assert client.get(reverse(f"admin:schools_{name}_add")).status_code == 403
    assert client.post(reverse(f"admin:schools_{name}_delete", args=[rows[name].pk]), {"post": "yes"}).status_code == 403


def test_it_gives_nobody_a_role_and_no_school_to_a_superuser(client: Client, superuser: User, school: School) -> None:
    membership = MembershipFactory(school=school, role=Role.TEACHER)
    client.force_login(superuser)
    client.post(reverse("admin:schools_membership_change", args=[membership.pk]), {"role": Role.HEAD, "user": superuser.pk})
    membership.refresh_from_db()
    assert (membership.role, Membership.objects.count()) == (Role.TEACHER, 1)
    assert client.get(reverse("staff-list", args=[school.slug])).status_code == 404


def test_a_user_is_closed_there_but_not_made_mighty(client: Client, superuser: User, head: User) -> None:
    client.force_login(superuser)
    client.post(reverse("admin:schools_user_change", args=[head.pk]), {"name": "New Name", "is_superuser": "on", "is_staff": "on"})
    head.refresh_from_db()
    assert (head.name, head.is_active, head.is_staff, head.is_superuser) == ("New Name", False, False, False)


def test_a_programme_is_mended(client: Client, superuser: User, school: School) -> None:
    client.force_login(superuser)
    colours = {"main_colour": "#000000", "second_colour": "#FFFFFF"}
    client.post(
        reverse("admin:schools_programme_change", args=[school.programme_id]),
        {"name": "OURS", "look": "horizons", "age": "primary", **colours},
    )
    assert Programme.objects.get(pk=school.programme_id).name == "OURS"
