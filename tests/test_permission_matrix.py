"""Every address × method × person on real rows of three schools: 0 leaks, and each denial has an allowed twin."""

from collections.abc import Callable, Iterator

import pytest
from django.http import Http404, HttpRequest

from pupils.models import Pupil
from schools import access
from schools.models import Role
from tests.matrix import METHODS, Stage, ask, build_stage, complaints, everything_said, undone
from tests.routes import ROUTES
from tests.test_every_view_is_guarded import patterns

pytestmark = pytest.mark.django_db

GUARDED = {pattern.name: pattern for _, pattern in patterns() if hasattr(pattern.callback, "permission")}
WITH_ROWS = [name for name, route in ROUTES.items() if route.below == "school" and "<uuid:" in str(GUARDED[name].pattern)]


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Stage]:
    """Three schools for all the questions of this file; every request is undone, and in the end the schools are."""
    with django_db_blocker.unblock(), undone():  # type: ignore[attr-defined]
        yield build_stage()


def test_the_table_holds_every_guarded_address() -> None:
    assert {*ROUTES} == {*GUARDED}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", ROUTES)
def test_nobody_sees_or_misses_what_the_roles_say(stage: Stage, name: str, method: str) -> None:
    assert complaints(stage, name, ROUTES[name], method) == []


@pytest.mark.parametrize("name", ROUTES)
def test_each_denial_has_an_allowed_twin(stage: Stage, name: str) -> None:
    route = ROUTES[name]
    assert route.allowed, "somebody may open it"
    assert any(role not in route.allowed for role in Role.values), "somebody may not"


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", WITH_ROWS)
def test_another_schools_row_is_not_found_under_ones_own_address(stage: Stage, name: str, method: str) -> None:
    """The address names the own school, the id a row of another: the sister in the partnership, then the foreign one."""
    for other in (stage.sister, stage.foreign):
        for role in ROUTES[name].allowed:
            response = ask(stage.own.staff[role], method, ROUTES[name].url(name, stage.own, other))
            assert response.status_code in (404, 405), f"{role} got {response.status_code}"
            assert other.canary not in everything_said(response)


@pytest.mark.parametrize("name", [name for name in ROUTES if "pupils/<uuid:public_id>" in str(GUARDED[name].pattern)])
def test_a_key_workers_rights_end_with_own_pupils(stage: Stage, name: str) -> None:
    pupil = stage.own.rows["pupil"]
    url = ROUTES[name].url(name, stage.own, stage.own).replace(str(pupil.public_id), str(stage.own.rows["other_pupil"].public_id))
    assert ask(stage.own.staff[Role.KEY_WORKER], "get", url).status_code in (404, 405)


def without_membership(request: HttpRequest, slug: str) -> access.SchoolRequest:
    """A guard that forgot to ask whether the person belongs to the school."""
    school = access.School.objects.filter(slug=slug).first()
    if school is None:
        raise Http404
    request.school, request.access = school, access.Access(frozenset({Role.SENCO}), access.rights_of(frozenset({Role.SENCO})))  # type: ignore[attr-defined]
    return request  # type: ignore[return-value]


def seeing_every_pupil(request: access.SchoolRequest, permission: access.Permission) -> object:
    """A page that forgot to ask whose key worker the person is."""
    return Pupil.objects.all()


@pytest.mark.parametrize(
    ("where", "broken"),
    [("schools.access.enter_school", without_membership), ("pupils.access.visible_pupils", seeing_every_pupil)],
)
def test_a_broken_guard_is_found(stage: Stage, monkeypatch: pytest.MonkeyPatch, where: str, broken: Callable) -> None:
    monkeypatch.setattr(where, broken)
    assert complaints(stage, "pupil", ROUTES["pupil"], "get")


def test_a_leaver_is_thrown_out_between_two_requests(stage: Stage, client) -> None:
    senco = stage.own.staff[Role.SENCO]
    url = ROUTES["pupil"].url("pupil", stage.own, stage.own)
    with undone():
        client.force_login(senco)
        assert client.get(url).status_code == 200
        access.Membership.objects.filter(user=senco).update(ended_at="2026-11-02T12:00Z")
        assert client.get(url).status_code == 404
