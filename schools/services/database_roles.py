"""The two database roles of an installation, made and granted; safe to run at any time, before and after migrations."""

from collections.abc import Iterator, Mapping

import psycopg
from psycopg import sql

from schools.fences import APPLICATION, MIGRATOR, grant_statements, role_statements

OF_OTHERS = """
    SELECT c.relkind::text, c.relname FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S') AND c.relowner <> %s::regrole
      AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype IN ('e', 'a', 'i'))
"""  # what an extension or a column's sequence is part of follows its owner by itself
KINDS = {"r": "TABLE", "p": "TABLE", "v": "VIEW", "m": "MATERIALIZED VIEW", "S": "SEQUENCE"}
LATER = ("schools_auditevent", "django_migrations")  # tables that a grant names; before the first migration they are not there


class CannotSetUpRoles(Exception):
    """The connected role may not do this; the words say which one may."""


def set_up_roles(*, url: str, passwords: Mapping[str, str], migrator: str = MIGRATOR, application: str = APPLICATION) -> Iterator[str]:
    """Make both roles, hand the tables to the migrator, and grant the application what it needs; yields what was done."""
    with psycopg.connect(url) as database:
        me, is_superuser = _who(database)
        if is_superuser:
            yield from _make_roles(database, me, migrator, application)
            yield from _set_passwords(database, passwords)
        _refuse_what_is_missing(database, me, is_superuser, migrator, application)
        if me != migrator:
            yield from _hand_over(database, migrator)
            database.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(migrator)))
        yield from _grant(database, application)


def _who(database: psycopg.Connection) -> tuple[str, bool]:
    [(name, is_superuser)] = database.execute("SELECT rolname, rolsuper FROM pg_roles WHERE rolname = current_user").fetchall()
    return name, is_superuser


def _make_roles(database: psycopg.Connection, me: str, migrator: str, application: str) -> Iterator[str]:
    """The connected role never changes its own rights: the first role of a cluster must stay what it is."""
    for name, statement in zip((migrator, application), role_statements(migrator, application), strict=True):
        if name != me:
            database.execute(statement)
            yield f"Role {name}: made sure of its rights"


def _set_passwords(database: psycopg.Connection, passwords: Mapping[str, str]) -> Iterator[str]:
    """Set passwords as their hash, so that none is ever in a log of the server."""
    for name, password in passwords.items():
        if password:
            hashed = database.pgconn.encrypt_password(password.encode(), name.encode(), b"scram-sha-256").decode()
            database.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(name), sql.Literal(hashed)))
            yield f"Role {name}: password set"


def _refuse_what_is_missing(database: psycopg.Connection, me: str, is_superuser: bool, migrator: str, application: str) -> None:
    rows = database.execute("SELECT rolname, rolsuper OR rolbypassrls FROM pg_roles").fetchall()
    found: dict[str, bool] = dict(rows)
    if missing := [name for name in (migrator, application) if name not in found]:
        raise CannotSetUpRoles(f"The role {' and '.join(missing)} is missing, and {me} may not make roles. Connect as a superuser once.")
    if found[application]:
        raise CannotSetUpRoles(
            f"The role {application} could pass row-level security, and {me} may not change it. Connect as a superuser once."
        )
    if me != migrator and not is_superuser:
        raise CannotSetUpRoles(f"{me} may not grant rights. Connect as {migrator} or as a superuser: set MIGRATOR_DATABASE_URL.")


def _hand_over(database: psycopg.Connection, migrator: str) -> Iterator[str]:
    """Make the migrator the owner of database, schema and every table: the connected superuser is needed no more."""
    owner = sql.Identifier(migrator)
    database.execute(sql.SQL("ALTER DATABASE {} OWNER TO {}").format(sql.Identifier(database.info.dbname), owner))
    database.execute(sql.SQL("ALTER SCHEMA public OWNER TO {}").format(owner))
    others = database.execute(OF_OTHERS, [migrator]).fetchall()
    for kind, name in others:
        database.execute(sql.SQL(f"ALTER {KINDS[kind]} {{}} OWNER TO {{}}").format(sql.Identifier("public", name), owner))
    yield f"Role {migrator}: owns the database" + (f" and {len(others)} more tables" if others else "")


def _grant(database: psycopg.Connection, application: str) -> Iterator[str]:
    missing = [name for name in LATER if not database.execute("SELECT to_regclass(%s)", [f"public.{name}"]).fetchone()[0]]  # type: ignore[index]
    for statement in grant_statements(application):
        if not any(name in statement for name in missing):
            database.execute(statement)
    yield f"Role {application}: may read and write rows, and change no audit row"
    if missing:
        yield "There are no tables yet: migrate, then run this again"
