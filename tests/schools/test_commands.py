"""How partnerships and schools begin: by command, then by the links that are printed and sent."""

import re
from datetime import date
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client

from schools.models import AuditEvent, CycleDates, Invitation, Membership, Partnership, Role, School
from schools.tenancy import in_school
from tests.factories.schools import PartnershipFactory, SchoolFactory
from tests.schools.clock import at

pytestmark = pytest.mark.django_db

SCHOOL = {"slug": "millrace", "partnership": "own", "phase": "secondary", "laestab": "838/7775"}


def run(name: str, *words: str, **options: object) -> str:
    said = StringIO()
    call_command(name, *words, stdout=said, **options)
    return said.getvalue()


def accepted(said: str, name: str) -> Membership:
    link = re.search(r"https?://[^/]+(/invitation/\S+)", said)[1]  # type: ignore[index]
    assert Client().post(link, {"name": name, "password": "three odd words"}).status_code == 302
    return Membership.objects.get(user__name=name)


def test_a_partnership_begins_with_its_lead(django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        said = run("create_partnership", "North Trust", slug="north", kind="trust", lead_email="Lead@North.example")
    assert "/partnerships/north/" in said
    assert mail.outbox[0].to == ["lead@north.example"]
    membership = accepted(said, "Lee North")
    assert (membership.partnership, membership.role) == (Partnership.objects.get(slug="north"), Role.LEAD)


def test_a_partnership_can_begin_without_anybody() -> None:
    assert "invitation" not in run("create_partnership", "North Trust", slug="north", kind="trust")
    assert not Invitation.objects.exists()


def test_a_school_begins_with_its_head_its_programme_and_its_cycles(partnership: Partnership, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, "2026-09-10 09:00")
    said = run("create_school", "Millrace High", head_email="head@millrace.example", **SCHOOL)
    school = School.objects.get(slug="millrace")
    assert (school.laestab, school.programme.look, school.partnership) == ("8387775", "dreams", partnership)
    assert school.partnerships.get().starts_on == date(2026, 9, 10)
    with in_school(school):
        assert CycleDates.objects.count() == 6
        assert AuditEvent.objects.filter(school=school, action="school.created").exists()
    assert accepted(said, "Helen Marsh").role == Role.HEAD


@pytest.mark.parametrize(
    ("phase", "programme", "look"),
    [("primary", None, "horizons"), ("special", None, "horizons"), ("16-plus", None, "dreams"), ("primary", "dreams", "dreams")],
)
def test_the_programme_follows_the_phase_unless_it_is_named(partnership: Partnership, phase: str, programme: str | None, look: str) -> None:
    run("create_school", "A", **(SCHOOL | {"phase": phase}), **({"programme": programme} if programme else {}))
    assert School.objects.get(slug="millrace").programme.look == look


@pytest.mark.parametrize(("phase", "they_set"), [("primary", True), ("secondary", False), ("special", False)])
def test_key_workers_set_targets_from_the_start_in_a_primary_school(partnership: Partnership, phase: str, they_set: bool) -> None:
    run("create_school", "A", **(SCHOOL | {"phase": phase}))
    assert School.objects.get(slug="millrace").key_workers_set_targets is they_set


def test_schools_of_a_partnership_share_its_programmes(partnership: Partnership) -> None:
    for number, phase in enumerate(["primary", "special", "secondary"]):
        run("create_school", f"School {number}", **(SCHOOL | {"slug": f"s{number}", "laestab": f"838777{number}", "phase": phase}))
    assert sorted(partnership.programmes.values_list("name", flat=True)) == ["DREAMS", "HORIZONS"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"laestab": "838/777"}, "laestab: A LAESTAB has seven digits"),
        ({"laestab": "838/7799"}, "laestab: Another school has this LAESTAB"),
        ({"slug": "taken"}, "slug: "),
        ({"slug": "mill race"}, "slug: "),
        ({"partnership": "nowhere"}, "no partnership 'nowhere'"),
    ],
)
def test_what_cannot_be_is_refused_whole(partnership: Partnership, wrong: dict[str, str], words: str) -> None:
    SchoolFactory(slug="taken", laestab="8387799", partnership=PartnershipFactory())
    with pytest.raises(CommandError, match=words):
        run("create_school", "Millrace High", head_email="head@millrace.example", **(SCHOOL | wrong))
    assert School.objects.count() == 1
    assert not Invitation.objects.exists()


def test_a_partnership_is_made_once() -> None:
    run("create_partnership", "North Trust", slug="north", kind="trust")
    with pytest.raises(CommandError, match="slug"):
        run("create_partnership", "Other", slug="north", kind="hub")
    assert Partnership.objects.get().name == "North Trust"


@pytest.mark.parametrize(
    ("origins", "hosts", "is_demo", "address"),
    [
        (["https://progress.trust.example"], ["progress.trust.example"], False, "https://progress.trust.example"),
        ([], ["progress.trust.example"], False, "https://progress.trust.example"),
        ([], [".trust.example"], False, "http://127.0.0.1:8000"),
        ([], ["localhost"], True, "http://127.0.0.1:8000"),
    ],
)
def test_the_link_names_the_address_that_people_open(settings, monkeypatch, origins, hosts, is_demo: bool, address: str) -> None:
    monkeypatch.delenv("PORT", raising=False)
    settings.CSRF_TRUSTED_ORIGINS, settings.ALLOWED_HOSTS, settings.DEMO_MAIL = origins, hosts, is_demo
    assert f"{address}/invitation/" in run("create_partnership", "North Trust", slug="n", kind="trust", lead_email="l@north.example")


@pytest.mark.parametrize("url", ["", "sqlite:///x.sqlite3"])
def test_database_roles_are_of_postgresql_alone(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.delenv("MIGRATOR_DATABASE_URL", raising=False)
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(CommandError, match="SQLite"):
        run("setup_database_roles")
