"""The one table of a run, on the terminal and, with date and commit, at the end of bench/results.md."""

import os
import platform
import subprocess
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from bench.stopwatch import Result

HERE = Path(__file__).resolve().parent
RECORD = HERE / "results.md"
PACKAGES = ("django", "psycopg", "weasyprint")


def line(result: Result) -> str:
    """A line of the terminal: name … ratio ×."""
    case = result.case
    goal = f"goal ≤ {case.goal:g}" + ("" if result.is_met else ", MISSED")
    times = f"{result.work:.1f} / {result.floor:.1f} ms"
    return f"{case.name + ' ':…<42} {result.ratio:6.2f} ×  ({goal}; {times}{f'; {case.remark}' if case.remark else ''})"


def heading(scale: str, postgresql: str) -> str:
    """When, on what and on which commit."""
    one, five, fifteen = os.getloadavg()
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{datetime.now():%Y-%m-%d %H:%M}, commit {commit()}, SCALE={scale}. Load average {one:.2f} {five:.2f} {fifteen:.2f} on "
        f"{len(os.sched_getaffinity(0))} cores. Python {platform.python_version()}, PostgreSQL {postgresql}, {packages}."
    )


def commit() -> str:
    """The commit that is checked out, and whether anything was changed since."""

    def git(*words: str) -> str:
        return subprocess.run(["git", *words], cwd=HERE, capture_output=True, text=True, check=False).stdout.strip()

    changed = git("status", "--porcelain", "--", ":!bench/results.md")
    return f"{git('rev-parse', '--short', 'HEAD') or 'unknown'}{' and changes' if changed else ''}"


def record(head: str, results: list[Result]) -> None:
    """Add a run to the record, the latest last."""
    rows = (
        f"| {each.case.name} | {each.ratio:.2f} × | ≤ {each.case.goal:g} | {'' if each.is_met else 'missed'} | {each.work:.1f} ms "
        f"| {each.floor:.1f} ms | {each.case.remark} |"
        for each in results
    )
    table = ["| work | ratio | goal | | work | floor | |", "|---|---|---|---|---|---|---|", *rows]
    with RECORD.open("a") as file:
        file.write("\n".join(["", f"## {head}", "", *table, ""]))
