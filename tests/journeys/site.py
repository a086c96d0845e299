"""The whole system as a person meets it: started by the command of `make run`, stopped as Ctrl-C stops it."""

import os
import re
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import psycopg
from django.conf import settings

from schools.fences import APPLICATION, MIGRATOR, role_statements

ROOT = Path(settings.BASE_DIR)
READY = "Ready:"


@dataclass
class Site:
    """A running system: its address and the folder that holds all its data."""

    url: str
    var: Path
    environment: dict[str, str]
    process: subprocess.Popen[str]

    def stop(self) -> str:
        """Stop it as Ctrl-C does and return the rest of what it said."""
        self.process.send_signal(signal.SIGINT)
        said, _ = self.process.communicate(timeout=60)
        return said

    def manage(self, *command: str) -> str:
        """Run one of the project's commands against the same data and return what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout


def clock(at: str) -> dict[str, str]:
    """The variables under which every process believes that its start fell at a moment, `2026-10-05 09:00`; none for the real time."""
    if not at:
        return {}
    library = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
    offset = datetime.fromisoformat(at) - datetime.now()
    return {"LD_PRELOAD": str(library), "FAKETIME": f"{offset.total_seconds():+.0f}"}


def start_site(var: Path, *, at: str = "", **extra: str) -> Site:
    """Start web server, worker and (unless REDIS_URL is given) the broker over a data folder; wait until ready.

    `at` sets the clock of the whole system, so that a journey may last from October to December.
    """
    port = free_port()
    environment = bare_environment() | {"VAR_DIR": str(var), "PORT": str(port), "PYTHONUNBUFFERED": "1"} | clock(at) | extra
    command = [sys.executable, "bin/run.py"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    said: list[str] = []
    assert process.stdout
    for line in process.stdout:
        said.append(line)
        if READY in line:
            return Site(f"http://localhost:{port}", var, environment, process)
    raise AssertionError("".join(said))


def bare_environment() -> dict[str, str]:
    ours = re.compile(r"^(DATABASE_|REDIS_|TEST_|DJANGO_|SECRET_KEY|MIGRATOR_|VAR_DIR|PYTEST_)")
    return {name: value for name, value in os.environ.items() if not ours.match(name)}


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def postgresql_environment(name: str) -> dict[str, str]:
    """Make an empty database of a real installation, owned by the migrator; return the variables that lead to it."""
    with psycopg.connect(settings.TEST_DATABASE_URL, autocommit=True) as database:
        for statement in role_statements():
            database.execute(statement)
        database.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        database.execute(f'CREATE DATABASE "{name}" OWNER "{MIGRATOR}"')
        host, port = database.info.host, database.info.port
    return {
        "DATABASE_URL": f"postgres://{APPLICATION}@{host}:{port}/{name}",
        "MIGRATOR_DATABASE_URL": f"postgres://{MIGRATOR}@{host}:{port}/{name}",
        "REDIS_URL": os.environ["TEST_REDIS_URL"],
    }


def drop_database(name: str) -> None:
    """Leave nothing of a journey behind in the cluster."""
    with psycopg.connect(settings.TEST_DATABASE_URL, autocommit=True) as database:
        database.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
