"""The two roles of a real installation, for the PostgreSQL run: one builds the test database, the other runs the tests."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase

from schools.fences import APPLICATION, MIGRATOR, grant_statements, role_statements

ONE_AT_A_TIME = 7_772_026  # advisory lock: parallel test processes create the roles of one cluster


def create_roles() -> None:
    """Create the migrator and the application role with the rights of a real installation."""
    with psycopg.connect(settings.TEST_DATABASE_URL, autocommit=True) as database:
        database.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        for statement in role_statements():
            database.execute(statement)


def connect_as(role: str) -> None:
    connection.close()
    connection.settings_dict["USER"] = role
    settings.DATABASE_ROLE = "migrator" if role == MIGRATOR else "application"


@contextmanager
def as_migrator() -> Iterator[None]:
    """Work as the owner of the tables, who passes row-level security, and come back as the application."""
    connect_as(MIGRATOR)
    try:
        yield
    finally:
        connect_as(APPLICATION)


def become_application() -> None:
    """Grant the application role its rights and connect as it from now on; only flushing stays with the owner."""
    with connection.cursor() as cursor:
        for statement in grant_statements():
            cursor.execute(statement)
    connect_as(APPLICATION)
    flush = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def flush_as_migrator(case: TransactionTestCase) -> None:
        with as_migrator():
            flush(case)

    TransactionTestCase._fixture_teardown = flush_as_migrator  # type: ignore[attr-defined]
