"""What `make test` says and how it ends: a missing service, a stage without a test, a stage that hangs."""

import importlib.util
import os
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest
from django.conf import settings

SUITE = Path(settings.BASE_DIR, "bin", "test.py")
NOWHERE = {"TEST_DATABASE_URL": "postgres://postgres@127.0.0.1:1/none", "TEST_REDIS_URL": "redis://127.0.0.1:1/0"}
REPORT = '<testsuites><testsuite tests="9" failures="1" errors="2" skipped="3"/><testsuite tests="1"/></testsuites>'


@pytest.fixture
def suite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The program as a module, its reports in a folder of the test."""
    spec = importlib.util.spec_from_file_location("suite", SUITE)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "suite", module)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "REPORTS", tmp_path)
    return module


@pytest.mark.parametrize(("required", "code", "failed"), [("", 0, 0), ("1", 1, 1)])
def test_a_missing_service_fails_only_where_it_is_required(required: str, code: int, failed: int) -> None:
    environment = {**os.environ, **NOWHERE, "REQUIRE_SERVICES": required}
    done = subprocess.run([sys.executable, str(SUITE), "postgresql"], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert "1 stage: PostgreSQL + Redis not run (no PostgreSQL at TEST_DATABASE_URL)" in done.stdout
    assert done.stdout.splitlines()[-1] == f"0 passed, {failed} failed"


def test_an_unknown_stage_is_refused() -> None:
    done = subprocess.run([sys.executable, str(SUITE), "sqlight"], capture_output=True, text=True, check=False)
    assert (done.returncode, "No such stage: sqlight." in done.stderr) == (2, True)


def test_passed_failed_and_skipped_are_counted_over_all_parts_of_a_report(suite: ModuleType, tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    assert suite.count(report) == (0, 0, 0)
    report.write_text(REPORT)
    assert suite.count(report) == (4, 3, 3)


@pytest.mark.parametrize(
    ("code", "report", "failed"),
    [
        (0, '<testsuite tests="2"/>', 0),
        (0, '<testsuite tests="0"/>', 1),  # ran nothing
        (0, "", 1),  # wrote nothing
        (2, '<testsuite tests="2"/>', 1),  # was broken off
        (1, '<testsuite tests="2" failures="1"/>', 1),
    ],
)
def test_a_stage_that_ran_nothing_or_not_to_its_end_has_failed(
    suite: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, report: str, failed: int
) -> None:
    def run(command: list[str], environment: dict[str, str]) -> int:
        if report:
            (tmp_path / "stage.xml").write_text(report)
        return code

    monkeypatch.setattr(suite, "limited", run)
    (tmp_path / "stage.xml").write_text('<testsuite tests="7"/>')  # of the last time
    assert suite.tests("Stage", "stage", [], {}).failed == failed


def is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_a_stage_that_hangs_is_killed_with_what_it_started(suite: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suite, "STAGE_MINUTES", 1 / 60)
    child = tmp_path / "child"
    assert suite.limited(["sh", "-c", f"sleep 600 & echo $! > {child}; wait"], {**os.environ}) == 1
    until = time.monotonic() + 30  # a kill is sent at once, and takes effect when the process gets its next turn
    while is_alive := is_running(int(child.read_text())):
        if time.monotonic() > until:
            break
        time.sleep(0.05)
    assert not is_alive


@pytest.mark.parametrize(
    ("services", "said"), [(("PostgreSQL 17 + Redis", {"A": "b"}), "the thread on PostgreSQL 17"), (("no Redis", {}), "on SQLite)")]
)
def test_the_closing_line_says_what_the_browser_ran_on(
    suite: ModuleType, monkeypatch: pytest.MonkeyPatch, services: tuple, said: str
) -> None:
    monkeypatch.setattr(suite, "services", lambda: services)
    monkeypatch.setattr(suite, "tests", lambda label, *rest: suite.Outcome(label))
    assert said in suite.browser().words
    assert suite.audit().words == "audit (Chromium on SQLite)"
