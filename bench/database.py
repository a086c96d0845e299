"""A database of the bench's own: PostgreSQL with both roles and all four fences, as a real school has it, and gone afterwards."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from schools.fences import APPLICATION, MIGRATOR, role_statements

ROOT = Path(__file__).resolve().parent.parent
SERVER = os.environ.get("TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
NAME = f"bench_{os.getpid()}"


@contextmanager
def own_database() -> Iterator[str]:
    """Make and migrate an empty database, lead this process to it as the application, and drop it at the end. Yields the version.

    Asked to end, the process ends as at Ctrl-C, so that the database goes then too.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with psycopg.connect(SERVER, autocommit=True) as server:
        for statement in role_statements():
            server.execute(statement)
        server.execute(f'CREATE DATABASE "{NAME}" OWNER "{MIGRATOR}"')
        where = f"{server.info.host}:{server.info.port}/{NAME}"
        try:
            os.environ["DATABASE_URL"] = f"postgres://{APPLICATION}@{where}"
            _migrate(f"postgres://{MIGRATOR}@{where}")
            yield f"{server.info.server_version // 10000}.{server.info.server_version % 10000}"
        finally:
            server.execute(f'DROP DATABASE "{NAME}" WITH (FORCE)')


def _migrate(owner: str) -> None:
    environment = {**os.environ, "MIGRATOR_DATABASE_URL": owner}
    subprocess.run([sys.executable, "bin/release.py"], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)


@contextmanager
def as_owner() -> Iterator[psycopg.Connection]:
    """A connection that passes row-level security: for COPY, which PostgreSQL refuses to everybody else, and for ANALYZE."""
    url = os.environ["DATABASE_URL"].replace(APPLICATION, MIGRATOR)
    with psycopg.connect(url, autocommit=True) as connection:
        yield connection
