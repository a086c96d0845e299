"""What `make run` and `make test` install on a system that does not have every package."""

import os
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)


@pytest.fixture
def system(tmp_path: Path) -> Path:
    """A machine whose apt knows every package but Chromium, as Ubuntu's, and writes down what it is asked for.

    It goes on about the versions of a package after its candidate, as the real one does, so that who stops reading there is noticed.
    """
    answers = {
        "id": "echo 0",
        "apt-get": f'echo "$@" >> {tmp_path}/asked',
        "apt-cache": 'candidate=1.2-3; [ "$2" = chromium ] && candidate="(none)"\n'
        'echo "  Candidate: $candidate"; sleep 0.2; echo "  Version table:" || exit 1; echo "     1.2-3 500"',
    }
    for name, says in answers.items():
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\n{says}\n")
        program.chmod(0o755)
    return tmp_path


def need(system: Path, *packages: str) -> tuple[subprocess.CompletedProcess[str], str]:
    environment = {"PATH": f"{system}:{os.environ['PATH']}"}
    done = subprocess.run([str(ROOT / "bin" / "apt-need"), *packages], env=environment, capture_output=True, text=True, check=False)
    return done, (system / "asked").read_text()


def test_a_package_that_is_not_there_does_not_keep_the_others_away(system: Path) -> None:
    done, asked = need(system, "libpango-1.0-0", "chromium", "faketime")
    assert done.returncode == 0
    assert asked.splitlines()[-1].endswith("--no-install-recommends libpango-1.0-0 faketime")
    assert "chromium is not in this system's list" in done.stdout


def test_nothing_known_is_nothing_installed(system: Path) -> None:
    done, asked = need(system, "chromium")
    assert (done.returncode, "install" in asked) == (0, False)


def test_setup_looks_for_the_library_that_the_journeys_load() -> None:
    wanted = "*/faketime/libfaketimeMT.so.1"
    assert wanted in (ROOT / "tests" / "journeys" / "site.py").read_text()
    assert f"/usr/lib/{wanted}" in (ROOT / "bin" / "setup").read_text()
