"""Every address × method × person on real rows of three schools: 0 leaks, and each denial has an allowed twin."""

from collections.abc import Callable, Iterator

import pytest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from pupils.models import Pupil
from schools import access
from schools.models import SCHOOL_ROLES, Role
from schools.tenancy import in_school
from tests.matrix import Stage, ask, build_stage, complaints, everything_said, opens_for_somebody, undone
from tests.routes import ROUTES
from tests.test_every_view_is_guarded import patterns

pytestmark = pytest.mark.django_db

GUARDED = {pattern.name: pattern for _, pattern in patterns() if hasattr(pattern.callback, "permission")}
WITH_ROWS = [name for name, route in ROUTES.items() if route.below == "school" and "<uuid:" in str(GUARDED[name].pattern)]

OPEN_TO_EVERY_ROLE = {"safeguarding"}  # whoever is worried about a child finds the school's own way


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Stage]:
    """Three schools for all the questions of this file; every request is undone, and in the end the schools are."""
    with django_db_blocker.unblock(), undone():  # type: ignore[attr-defined]
        yield build_stage()


def test_the_table_holds_every_guarded_address() -> None:
    assert {*ROUTES} == {*GUARDED}


@pytest.mark.parametrize(("name", "method"), [(name, method) for name, route in ROUTES.items() for method in route.methods])
def test_nobody_sees_or_misses_what_the_roles_say(stage: Stage, record_property: Callable, name: str, method: str) -> None:
    record_property("cells", sum(1 for _ in stage.people()))
    assert complaints(stage, name, ROUTES[name], method) == []


@pytest.mark.parametrize("name", ROUTES)
def test_each_denial_has_an_allowed_twin(stage: Stage, name: str) -> None:
    assert opens_for_somebody(stage, name, ROUTES[name])


def test_every_address_is_shut_to_some_role_of_a_school() -> None:
    assert {name for name, route in ROUTES.items() if route.allowed >= {*SCHOOL_ROLES}} == OPEN_TO_EVERY_ROLE


@pytest.mark.parametrize(("name", "method"), [(name, method) for name in WITH_ROWS for method in ROUTES[name].methods])
def test_another_schools_row_is_not_found_under_ones_own_address(stage: Stage, name: str, method: str) -> None:
    """The address names the own school, the id a row of another: the sister in the partnership, then the foreign one."""
    for other in (stage.sister, stage.foreign):
        for role in ROUTES[name].allowed:
            response = ask(stage.own.staff[role], method, ROUTES[name].url(name, stage.own, other))
            assert response.status_code in (404, 405), f"{role} got {response.status_code}"
            said = everything_said(response)
            assert other.canary not in said
            assert other.mark not in said


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


def with_every_right(request: HttpRequest, slug: str) -> access.PartnershipRequest:
    """A guard that forgot to ask whether the person belongs to the partnership."""
    request.memberships, request.own_school_ids = [], frozenset()  # type: ignore[attr-defined]
    request.partnership = access.get_object_or_404(access.Partnership, slug=slug)  # type: ignore[attr-defined]
    request.access = access.Access(frozenset({Role.LEAD}), access.rights_of(frozenset({Role.LEAD})))  # type: ignore[attr-defined]
    return request  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("name", "where", "broken"),
    [
        ("pupil", "schools.access.enter_school", without_membership),
        ("pupil", "pupils.access.visible_pupils", seeing_every_pupil),
        ("partnership-staff", "schools.access.enter_partnership", with_every_right),
    ],
)
def test_a_broken_guard_is_found(stage: Stage, monkeypatch: pytest.MonkeyPatch, name: str, where: str, broken: Callable) -> None:
    monkeypatch.setattr(where, broken)
    assert complaints(stage, name, ROUTES[name], "get")


@pytest.mark.parametrize("school", ["own", "sister"])
def test_a_page_of_the_partnership_that_names_a_pupil_is_found(stage: Stage, monkeypatch: pytest.MonkeyPatch, school: str) -> None:
    """Of the reader's own school or another: who reads across schools reads of no child."""
    world = getattr(stage, school)

    @access.partnership_view(access.Permission.PARTNERSHIP_STAFF)
    def naming_a_pupil(request: access.PartnershipRequest) -> HttpResponse:
        with in_school(world.school):
            return HttpResponse(Pupil.objects.get(pk=world.rows["pupil"].pk).surname)

    monkeypatch.setattr(GUARDED["partnership-staff"], "callback", naming_a_pupil)
    found = complaints(stage, "partnership-staff", ROUTES["partnership-staff"], "get")
    assert f"get partnership-staff by lead of own: saw {world.canary}" in found


@pytest.mark.parametrize("answer", [HttpResponse(status=405), HttpResponseRedirect("/signin/?next=/")])
def test_an_address_that_opens_for_nobody_is_found(stage: Stage, monkeypatch: pytest.MonkeyPatch, answer: HttpResponse) -> None:
    monkeypatch.setattr(GUARDED["staff-list"], "callback", lambda request, slug: answer)
    assert not opens_for_somebody(stage, "staff-list", ROUTES["staff-list"])


def test_a_leaver_is_thrown_out_between_two_requests(stage: Stage, client) -> None:
    senco = stage.own.staff[Role.SENCO]
    url = ROUTES["pupil"].url("pupil", stage.own, stage.own)
    with undone():
        client.force_login(senco)
        assert client.get(url).status_code == 200
        access.Membership.objects.filter(user=senco).update(ended_at="2026-11-02T12:00Z")
        assert client.get(url).status_code == 404
