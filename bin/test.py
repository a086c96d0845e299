"""Runs the checks and the whole suite: on SQLite, on PostgreSQL + Redis where they answer, and in a browser.

test.py [checks] [sqlite] [postgresql] [browser] [audit] [coverage]; without names all but the last two. A failing stage does
not stop the others. REQUIRE_SERVICES=1 makes a service that does not answer a failure.
"""

import os
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
REPORTS = ROOT / "var" / "test"
AT_ONCE = ["-n", "auto", "--dist", "worksteal"]
STAGE_MINUTES = 30  # what hangs is killed, so that the stages after it still run
DATABASE_URL = os.environ.get("TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
REDIS_URL = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/0")
OURS = ("DATABASE_URL", "REDIS_URL", "TEST_DATABASE_URL", "TEST_REDIS_URL", "SECRET_KEY", "DATABASE_ROLE", "DJANGO_SETTINGS_MODULE")
# A hundred processes start in a run: without compiled files each would compile the whole project and its libraries anew.
BARE = {name: value for name, value in os.environ.items() if name not in (*OURS, "PYTHONDONTWRITEBYTECODE")}
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "ALLOWED_HOSTS": "progress.example",
    "DATABASE_URL": "postgres://send_application@127.0.0.1:1/none",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "EMAIL_HOST": "mail.example",
    "DEFAULT_FROM_EMAIL": "progress@trust.org",
}


@dataclass
class Outcome:
    """What one stage has to say in the closing line."""

    words: str
    passed: int = 0
    failed: int = 0


def main() -> int:
    wanted = sys.argv[1:] or ["checks", "sqlite", "postgresql", "browser"]
    if unknown := [name for name in wanted if name not in STAGES]:
        print(f"No such stage: {', '.join(unknown)}. There are {', '.join(STAGES)}.", file=sys.stderr)
        return 2
    began = time.monotonic()
    REPORTS.mkdir(parents=True, exist_ok=True)
    outcomes = [STAGES[name]() for name in wanted]
    minutes, seconds = divmod(round(time.monotonic() - began), 60)
    stages = f"{len(outcomes)} stage{'s' if len(outcomes) > 1 else ''}"
    print(f"\n{stages}: {'; '.join(outcome.words for outcome in outcomes)} — {minutes} min {seconds} s")
    failed = sum(outcome.failed for outcome in outcomes)
    print(f"{sum(outcome.passed for outcome in outcomes)} passed, {failed} failed", flush=True)
    return 1 if failed else 0


def checks() -> Outcome:
    """Everything that can be said about the code without running it, two at a time, the longest first."""
    manage = [str(BIN / "python"), "manage.py"]
    wanted: tuple[tuple[str, list[str], Mapping[str, str]], ...] = (
        ("types", [str(BIN / "mypy")], {}),
        ("ruff", [str(BIN / "ruff"), "check", "."], {}),
        ("format", [str(BIN / "ruff"), "format", "--check", "."], {}),
        ("imports", [str(BIN / "lint-imports")], {}),
        ("template format", [str(BIN / "djlint"), "templates", "--check"], {}),
        ("templates", [str(BIN / "djlint"), "templates", "--lint", "--quiet"], {}),
        ("migrations", [*manage, "makemigrations", "--check", "--dry-run"], {}),
        ("deployment", [*manage, "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
    )
    with ThreadPoolExecutor(max_workers=2) as pool:
        succeeded = list(pool.map(succeeds, *zip(*wanted, strict=True)))
    failed = [name for (name, _, _), is_well in zip(wanted, succeeded, strict=True) if not is_well]
    return Outcome(f"checks FAILED ({', '.join(failed)})" if failed else "checks ok", failed=len(failed))


def succeeds(name: str, command: list[str], environment: Mapping[str, str]) -> bool:
    """Run one check and say what it said, in one piece."""
    done = subprocess.run(
        command, cwd=ROOT, env={**BARE, **environment}, check=False, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    print(f"\n=== check: {name}\n{done.stdout}", end="", flush=True)
    return done.returncode == 0


def sqlite() -> Outcome:
    return tests("SQLite", "sqlite", AT_ONCE, {})


def coverage() -> Outcome:
    """The same tests, with every branch counted: more than twice the time, so it has a command of its own."""
    return tests("SQLite with coverage", "coverage", [*AT_ONCE, "--cov", "--cov-report=term:skip-covered"], {})


def postgresql() -> Outcome:
    """What the first stage proved without a database holds here too, and is not proved again."""
    label, environment = services()
    if not environment:
        return Outcome(f"PostgreSQL + Redis not run ({label})", failed=int(services_are_required()))
    return tests(label, "postgresql", [*AT_ONCE, "--with-database"], environment)


def browser() -> Outcome:
    """The embedded default, as a newcomer starts it; the thread on PostgreSQL with all four fences where it answers."""
    label, environment = services()
    return in_browser("browser", f"SQLite; the thread on {label}" if environment else "SQLite", environment)


def audit() -> Outcome:
    return in_browser("audit", "SQLite", {})


def in_browser(marker: str, where: str, environment: Mapping[str, str]) -> Outcome:
    found = subprocess.run([str(ROOT / "bin" / "find-chromium")], capture_output=True, text=True, check=False).stdout.strip()
    at_once = ["-n", "2", "--dist", "loadfile"]  # each process starts a system of its own
    return tests(
        f"{marker} (Chromium on {where})",
        marker,
        ["-m", marker, *at_once],
        {**environment, "CHROMIUM": found or "/usr/bin/chromium", "DJANGO_ALLOW_ASYNC_UNSAFE": "1"},
    )


def services_are_required() -> bool:
    return os.environ.get("REQUIRE_SERVICES") == "1"


def services() -> tuple[str, dict[str, str]]:
    """Return what PostgreSQL and Redis are called and the variables that lead to them, or what is missing and nothing."""
    import psycopg
    from redis import Redis, RedisError

    try:
        with psycopg.connect(DATABASE_URL, connect_timeout=3) as connection:
            version = connection.info.server_version // 10000
    except psycopg.Error:
        return "no PostgreSQL at TEST_DATABASE_URL", {}
    try:
        Redis.from_url(REDIS_URL, socket_connect_timeout=3).ping()
    except RedisError:
        return "no Redis at TEST_REDIS_URL", {}
    return f"PostgreSQL {version} + Redis", {"TEST_DATABASE_URL": DATABASE_URL, "TEST_REDIS_URL": REDIS_URL}


def tests(label: str, stage: str, arguments: list[str], environment: Mapping[str, str]) -> Outcome:
    """Run pytest and count from its report; a stage without a single test has failed."""
    print(f"\n=== tests: {label}", flush=True)
    report = REPORTS / f"{stage}.xml"
    report.unlink(missing_ok=True)
    command = [str(BIN / "pytest"), *arguments, f"--junitxml={report}"]
    code = limited(command, {**BARE, **environment})
    passed, failed, left_out = count(report)
    if code and not failed or not passed:
        failed += 1
    words = [f"{passed} passed", *([f"{failed} FAILED"] if failed else []), *([f"{left_out} skipped"] if left_out else [])]
    return Outcome(f"{label} {', '.join(words)}", passed, failed)


def limited(command: list[str], environment: Mapping[str, str]) -> int:
    """Run one stage to its end or to its limit of time, with everything that it started; return its exit code, 1 where it was killed."""
    with subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True) as process:
        try:
            return process.wait(STAGE_MINUTES * 60)
        except subprocess.TimeoutExpired:
            print(f"\nKilled after {STAGE_MINUTES} minutes: it hangs.", flush=True)
            return 1
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


def count(report: Path) -> tuple[int, int, int]:
    """Return passed, failed and skipped tests of a pytest report; nothing where pytest did not get to write one."""
    if not report.exists():
        return 0, 0, 0
    suites = list(ET.parse(report).getroot().iter("testsuite"))  # noqa: S314
    total, failures, errors, skipped = (
        sum(int(suite.get(name, 0)) for suite in suites) for name in ("tests", "failures", "errors", "skipped")
    )
    return total - failures - errors - skipped, failures + errors, skipped


STAGES: dict[str, Callable[[], Outcome]] = {
    "checks": checks,
    "sqlite": sqlite,
    "postgresql": postgresql,
    "browser": browser,
    "audit": audit,
    "coverage": coverage,
}

if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
