"""Whatever serves pages or makes papers stays down under a role that is for migrations; a command may have it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connections

from config.starting import refuse_unsafe_role, stop_an_unsafe_process

CELERY = ["-m", "celery", "-A", "config.celery:app"]
PROCESSES = {
    "web": ["-m", "gunicorn", "config.wsgi:application", "--bind", "127.0.0.1:0"],
    "worker": [*CELERY, "worker", "--concurrency", "1", "--without-mingle", "--without-gossip"],
    "beat": [*CELERY, "beat", "--pidfile=", "--scheduler", "celery.beat:Scheduler"],  # its own one asks for tables first
}
SECONDS = 120  # for a start on a busy machine; a process that serves would go on for ever


def start(command: list[str], var: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a process of the embedded default until it ends by itself."""
    bare = {"PATH": os.environ["PATH"], "VAR_DIR": str(var), "DJANGO_SETTINGS_MODULE": "config.settings.dev"}
    return subprocess.run(
        [sys.executable, *command],
        cwd=settings.BASE_DIR,
        env=bare | environment,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


@pytest.mark.parametrize("kind", PROCESSES)
def test_a_server_does_not_start_in_the_migrators_place(kind: str, tmp_path: Path) -> None:
    stopped = start(PROCESSES[kind], tmp_path, DATABASE_ROLE="migrator")
    assert stopped.returncode != 0
    assert "DATABASE_ROLE is migrator" in stopped.stderr


def test_a_command_keeps_the_migrators_place(tmp_path: Path) -> None:
    done = start(["manage.py", "migrate", "--check"], tmp_path, DATABASE_ROLE="migrator")
    assert "DATABASE_ROLE" not in done.stderr
    assert done.returncode == 1  # the answer for an empty database


class Looked:
    """A connection that keeps in mind what was done with it."""

    def __init__(self, answer: Exception | None = None) -> None:
        self.answer = answer
        self.done: list[str] = []

    def connect(self) -> None:
        self.done.append("connect")
        if self.answer:
            raise self.answer

    def close(self) -> None:
        self.done.append("close")


@pytest.mark.parametrize("answer", [None, OperationalError("connection refused")])
def test_the_look_leaves_no_connection_open_and_an_absent_database_stops_nothing(
    monkeypatch: pytest.MonkeyPatch, settings, answer: Exception | None
) -> None:
    """The web server forks afterwards: two processes on one connection would mix up their answers."""
    settings.DATABASE_ROLE = "application"
    looked = Looked(answer)
    monkeypatch.setattr(connections, "create_connection", lambda alias: looked)
    refuse_unsafe_role()
    assert looked.done == ["connect", "close"]


def test_a_celery_process_is_ended_and_not_only_complained_about(settings) -> None:
    """Celery logs what a handler raises and goes on, unless it is the order to end."""
    settings.DATABASE_ROLE = "migrator"
    with pytest.raises(ImproperlyConfigured):
        refuse_unsafe_role()
    with pytest.raises(SystemExit, match="DATABASE_ROLE is migrator"):
        stop_an_unsafe_process(sender="celery@here")
