"""The frame of every page: programme, mode, navigation by what a person may do, and nobody else's school."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from config.ui.context import permission_behind
from schools.models import Role, User
from tests.factories.schools import MembershipFactory, SchoolFactory
from tests.look.drawing import flat

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.look.addresses")]


@pytest.fixture(autouse=True)
def _own_addresses():
    permission_behind.cache_clear()
    yield
    permission_behind.cache_clear()


def labels(response, key: str = "nav") -> list[str]:
    return [link.label for link in response.context[key]]


@pytest.mark.parametrize(
    ("role", "nav", "menu"),
    [
        (Role.SENCO, ["Pupils", "Reviews"], ["Target language", "Import", "Staff", "Settings"]),
        (Role.HEAD, ["Pupils", "Reviews"], ["Target language", "Staff", "Settings"]),
        (Role.OFFICE, ["Pupils"], ["Import", "Staff"]),
        (Role.TEACHER, ["Pupils"], ["Target language"]),
        (Role.KEY_WORKER, ["Pupils"], ["Target language"]),
    ],
)
def test_the_navigation_offers_what_the_role_may_open(client, school, member, role, nav, menu):
    client.force_login(member(school, role))
    response = client.get(reverse("pupil-list", args=[school.slug]))
    assert labels(response) == nav
    assert labels(response, "place_menu") == menu


def test_a_governor_is_offered_no_pupils(client, school, governor):
    client.force_login(governor)
    assert labels(client.get(reverse("school-dashboard", args=[school.slug]))) == ["Dashboard"]


def test_every_offered_link_opens(client, school, senco):
    client.force_login(senco)
    response = client.get(reverse("pupil-list", args=[school.slug]))
    for link in [*response.context["nav"], *response.context["place_menu"]]:
        assert client.get(link.url).status_code == 200


def test_the_page_one_is_on_is_marked_in_the_navigation(client, school, senco):
    client.force_login(senco)
    page = flat(client.get(reverse("cycle-list", args=[school.slug])).content.decode())
    assert page.count('aria-current="page"') == 1
    assert f'href="{reverse("cycle-list", args=[school.slug])}" aria-current="page"' in page


@pytest.mark.parametrize(("name", "look"), [("DREAMS", "dreams"), ("HORIZONS", "horizons")])
def test_a_school_is_shown_in_its_programme(client, school, senco, name, look):
    school.programme.look = look
    school.programme.save()
    client.force_login(senco)
    page = flat(client.get(reverse("pupil-list", args=[school.slug])).content.decode())
    assert f'data-theme="{look}"' in page
    assert name in page


def test_the_switcher_lists_own_schools_alone(client, school, sister_school, foreign_school, senco):
    MembershipFactory(user=senco, role=Role.TEACHER, school=sister_school)
    client.force_login(senco)
    response = client.get(reverse("pupil-list", args=[school.slug]))
    assert sorted(labels(response, "places")) == sorted([str(school), str(sister_school)])
    assert str(foreign_school) not in response.content.decode()


def test_somebody_with_one_school_and_no_menu_sees_its_name_alone(client, school, governor):
    client.force_login(governor)
    page = flat(client.get(reverse("school-dashboard", args=[school.slug])).content.decode())
    assert str(school) in page
    assert '<details class="switcher"' not in page


def test_a_partnership_page_has_its_own_navigation_and_no_school(client, partnership, lead):
    client.force_login(lead)
    response = client.get(reverse("partnership-dashboard", args=[partnership.slug]))
    assert labels(response) == ["Dashboard", "Staff"]
    assert response.context["theme"] == "dreams"
    assert response.context["place"] == str(partnership)


def test_the_frame_holds_for_somebody_signed_out(client):
    page = flat(client.get(reverse("display")).content.decode())
    assert 'data-theme="dreams" data-mode="auto"' in page
    assert "Main" not in page
    assert "Sign out" not in page


@pytest.mark.parametrize("how_many", [1, 30])
def test_the_frame_does_not_grow_in_queries(client, school, senco, django_assert_num_queries, how_many):
    for other in SchoolFactory.create_batch(how_many - 1):
        MembershipFactory(user=senco, role=Role.SENCO, school=other)
    client.force_login(senco)
    url = reverse("pupil-list", args=[school.slug])
    client.get(url)  # the session notes the school once
    with django_assert_num_queries(frame_queries()):
        client.get(url)


def frame_queries() -> int:
    """Session, person, memberships, which the switcher shares; savepoint or scope as the database needs it; the view's own."""
    from django.db import connection

    return 5 if connection.vendor == "sqlite" else 7


def test_a_school_comes_with_its_frame_before_a_key_worker_has_pupils(client, school, key_worker):
    client.force_login(key_worker)
    assert client.get(reverse("pupil-list", args=[school.slug])).status_code == 200


def test_a_mode_is_known_before_the_first_paint(client, school, senco):
    User.objects.filter(pk=senco.pk).update(mode="dark")
    client.force_login(senco)
    assert 'data-mode="dark"' in flat(client.get(reverse("pupil-list", args=[school.slug])).content.decode())


@pytest.mark.parametrize("vendor", ["sqlite", "postgresql"])
def test_every_page_says_whether_its_database_is_for_trying_out(client, school, senco, monkeypatch, vendor):
    client.force_login(senco)
    monkeypatch.setattr("config.ui.context.connection", SimpleNamespace(vendor=vendor))
    text = client.get(reverse("pupil-list", args=[school.slug])).text
    assert ("does not keep schools apart by itself" in text) is (vendor == "sqlite")
