"""manage.py setup_database_roles in a database and with roles of its own, so that the other tests keep theirs."""

import os
from collections.abc import Iterator
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from psycopg import sql

from schools.fences import APPLICATION, MIGRATOR
from schools.services.database_roles import CannotSetUpRoles, set_up_roles

MINE = f"roles_{os.getpid()}"
OWNER, APP = f"{MINE}_migrator", f"{MINE}_application"


def url_as(role: str | None = None, password: str = "") -> str:
    """The scratch database's address, as the superuser of the test run or as another role."""
    parts = urlsplit(settings.TEST_DATABASE_URL)
    who = f"{role}:{password}" if role else parts.netloc.rpartition("@")[0]
    return parts._replace(netloc=f"{who}@{parts.netloc.rpartition('@')[2]}", path=f"/{MINE}").geturl()


@pytest.fixture
def scratch() -> Iterator[str]:
    """An empty database, gone afterwards with the two roles."""
    with psycopg.connect(settings.TEST_DATABASE_URL, autocommit=True) as cluster:
        cluster.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(MINE)))
        yield url_as()
        cluster.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(MINE)))
        for role in (OWNER, APP):
            cluster.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(role)))


def set_up(url: str, **passwords: str) -> list[str]:
    named = {OWNER: passwords.get("owner", ""), APP: passwords.get("app", "")}
    return list(set_up_roles(url=url, passwords=named, migrator=OWNER, application=APP))


def make_tables(url: str) -> None:
    """Tables as a release makes them, two of which a grant names."""
    with psycopg.connect(url) as database:
        for name in ("schools_auditevent", "django_migrations", "pupils_pupil"):
            database.execute(sql.SQL("CREATE TABLE {} (id bigint GENERATED ALWAYS AS IDENTITY, word text)").format(sql.Identifier(name)))


def ask(url: str, question: str) -> list[tuple]:
    with psycopg.connect(url) as database:
        return database.execute(question).fetchall()


def test_before_the_first_migration_it_makes_the_roles_and_says_what_is_next(scratch: str) -> None:
    assert "migrate, then run this again" in set_up(scratch)[-1]
    assert ask(scratch, f"SELECT rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = '{APP}'") == [(False, False, False)]
    assert ask(scratch, f"SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = '{OWNER}'") == [(False, True)]


def test_what_the_migrator_makes_later_the_application_may_use(scratch: str) -> None:
    set_up(scratch)
    make_tables(url_as(OWNER))
    with psycopg.connect(url_as(APP)) as database:
        database.execute("INSERT INTO pupils_pupil (word) VALUES ('x')")
        assert database.execute("SELECT count(*) FROM pupils_pupil").fetchone() == (1,)


def test_tables_of_a_superuser_are_handed_over_and_the_log_is_closed(scratch: str) -> None:
    make_tables(scratch)
    assert any("3 more tables" in line for line in set_up(scratch))
    owners = ask(scratch, "SELECT DISTINCT pg_get_userbyid(relowner) FROM pg_class WHERE relnamespace = 'public'::regnamespace")
    assert owners == [(OWNER,)]
    with psycopg.connect(url_as(APP), autocommit=True) as database:
        database.execute("INSERT INTO schools_auditevent (word) VALUES ('x')")
        for forbidden in (
            "UPDATE schools_auditevent SET word = 'y'",
            "DELETE FROM schools_auditevent",
            "INSERT INTO django_migrations (word) VALUES ('x')",
            "CREATE TABLE own (id int)",
            "TRUNCATE pupils_pupil",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                database.execute(forbidden)


def test_it_may_be_run_again_as_a_superuser_and_as_the_migrator(scratch: str) -> None:
    make_tables(scratch)
    set_up(scratch)
    assert not any("more tables" in line for line in set_up(scratch))
    assert set_up(url_as(OWNER)) == [f"Role {APP}: may read and write rows, and change no audit row"]


def test_a_migrator_who_is_the_first_role_of_its_cluster_stays_what_it_is(scratch: str) -> None:
    with psycopg.connect(scratch) as database:
        database.execute(sql.SQL("CREATE ROLE {} LOGIN SUPERUSER").format(sql.Identifier(OWNER)))
    make_tables(url_as(OWNER))
    assert set_up(url_as(OWNER)) == [
        f"Role {APP}: made sure of its rights",
        f"Role {APP}: may read and write rows, and change no audit row",
    ]
    assert ask(scratch, f"SELECT rolsuper FROM pg_roles WHERE rolname = '{OWNER}'") == [(True,)]


def test_passwords_are_kept_as_their_hash(scratch: str) -> None:
    assert f"Role {APP}: password set" in set_up(scratch, app="letters-and-digits-2026")
    [(kept,)] = ask(scratch, f"SELECT rolpassword FROM pg_authid WHERE rolname = '{APP}'")
    assert kept.startswith("SCRAM-SHA-256$")
    assert ask(scratch, f"SELECT rolpassword FROM pg_authid WHERE rolname = '{OWNER}'") == [(None,)]


def test_the_application_itself_may_not(scratch: str) -> None:
    set_up(scratch)
    with pytest.raises(CannotSetUpRoles, match="may not grant"):
        set_up(url_as(APP))


def test_an_application_that_could_pass_the_fences_is_not_waved_through(scratch: str) -> None:
    set_up(scratch)
    with psycopg.connect(scratch) as database:
        database.execute(sql.SQL("ALTER ROLE {} BYPASSRLS").format(sql.Identifier(APP)))
    with pytest.raises(CannotSetUpRoles, match="could pass row-level security"):
        set_up(url_as(OWNER))
    set_up(scratch)
    assert ask(scratch, f"SELECT rolbypassrls FROM pg_roles WHERE rolname = '{APP}'") == [(False,)]


def test_without_roles_and_without_the_right_to_make_them_it_says_who_can(scratch: str) -> None:
    with psycopg.connect(scratch) as database:
        database.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(OWNER)))
    with pytest.raises(CannotSetUpRoles, match=f"{APP} is missing"):
        set_up(url_as(OWNER))


def test_the_command_takes_addresses_and_passwords_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, object] = {}
    monkeypatch.setattr("schools.management.commands.setup_database_roles.set_up_roles", lambda **given: asked.update(given) or ["done"])
    monkeypatch.setenv("DATABASE_URL", f"postgres://{APPLICATION}:one%21@db:5432/send")
    monkeypatch.setenv("MIGRATOR_DATABASE_URL", f"postgres://{MIGRATOR}:two@db:5432/send")
    monkeypatch.delenv("APPLICATION_PASSWORD", raising=False)
    monkeypatch.setenv("MIGRATOR_PASSWORD", "three")
    call_command("setup_database_roles")
    assert asked == {"url": f"postgres://{MIGRATOR}:two@db:5432/send", "passwords": {MIGRATOR: "three", APPLICATION: "one!"}}


def test_a_database_that_is_not_there_is_said_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIGRATOR_DATABASE_URL", url_as())
    with pytest.raises(CommandError, match="PostgreSQL refused"):
        call_command("setup_database_roles")
