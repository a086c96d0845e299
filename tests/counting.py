"""Counting what a page asks of the database, alike on SQLite and PostgreSQL."""

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

NOT_OF_THE_PAGE = ("SAVEPOINT", "RELEASE SAVEPOINT", "SELECT current_setting", "SELECT set_config")


def asked_by(client: Client, url: str) -> list[str]:
    """What a page asks of the tables; transactions and the scope's own settings are not counted."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return [query["sql"] for query in captured.captured_queries if not query["sql"].startswith(NOT_OF_THE_PAGE)]


def assert_does_not_grow(client: Client, url: str, more_rows: Callable[[], object], *, at_most: int) -> None:
    """With more rows a page asks as much as with one, and no more than it may."""
    client.get(url)
    with_one = asked_by(client, url)
    more_rows()
    with_many = asked_by(client, url)
    assert len(with_one) == len(with_many), "\n".join(with_many)
    assert len(with_many) <= at_most, "\n".join(with_many)
