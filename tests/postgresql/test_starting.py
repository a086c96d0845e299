"""A role that could pass row-level security is found before the first page is served, not by it."""

from pathlib import Path

import pytest
from django.db import connection
from django.utils.http import urlencode

from schools.fences import APPLICATION, MIGRATOR
from tests.project.test_starting import PROCESSES, start

pytestmark = pytest.mark.django_db


def address(role: str) -> str:
    """The database of this test run, in the words of DATABASE_URL and with a limit for an answer."""
    given = connection.settings_dict
    return f"postgres://{role}@{given['HOST']}:{given['PORT'] or 5432}/{given['NAME']}?{urlencode({'connect_timeout': 5})}"


@pytest.mark.parametrize("kind", PROCESSES)
def test_a_server_does_not_start_with_a_role_that_could_pass_the_fences(kind: str, tmp_path: Path) -> None:
    stopped = start(PROCESSES[kind], tmp_path, DATABASE_URL=address(MIGRATOR))
    assert stopped.returncode != 0
    assert f"the database role {MIGRATOR} has BYPASSRLS" in stopped.stderr


def test_the_door_opens_for_the_applications_role(tmp_path: Path) -> None:
    done = start(["-c", "import config.wsgi"], tmp_path, DATABASE_URL=address(APPLICATION))
    assert (done.returncode, done.stderr) == (0, "")
