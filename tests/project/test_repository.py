"""What must never be committed: secrets, addresses of registries, unfinished work, real people."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve()
LOCKS = ("requirements.lock", "requirements-dev.lock", "package-lock.json")
GENERATED = ("requirements.lock", "requirements-dev.lock", "package-lock.json")


def committed() -> list[Path]:
    """Every file that git would take, so that the rule holds before the commit as well."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    return [path for name in names if name and (path := ROOT / name).is_file() and path != HERE]


def texts(*endings: str) -> list[tuple[str, str]]:
    found = []
    for path in committed():
        if path.suffix in endings and path.name not in GENERATED:
            found.append((str(path.relative_to(ROOT)), path.read_text(errors="replace")))
    return found


def offenders(pattern: str, *endings: str) -> list[str]:
    seen = re.compile(pattern)
    return [f"{name}: {match[0]}" for name, text in texts(*endings) for match in seen.finditer(text)]


@pytest.mark.parametrize("name", LOCKS)
def test_lock_file_records_no_download_address(name):
    assert re.findall(r"(?:https?|file|git\+\w+)://[^\s\"]+|--(?:extra-)?index-url|\"resolved\"", _without_funding(name)) == []


def _without_funding(name: str) -> str:
    """npm copies each author's page for donations into its lock; nothing is fetched from it."""
    return re.sub(r'"funding":\s*(?:\{[^}]*\}|\[[^\]]*\]|"[^"]*")', "", (ROOT / name).read_text())


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_every_locked_package_has_a_hash(name):
    lines = (ROOT / name).read_text().splitlines()
    pinned = [index for index, line in enumerate(lines) if re.match(r"^[a-z0-9]", line)]
    assert pinned
    assert [lines[index] for index in pinned if "--hash=sha256:" not in lines[index + 1]] == []


def test_every_npm_package_has_a_hash():
    import json

    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert [name for name, entry in packages.items() if name and not entry.get("integrity")] == []


def test_development_lock_contains_the_run_lock():
    pins = {name: set(re.findall(r"^([a-z0-9._-]+==[^ ;\\]+)", (ROOT / name).read_text(), re.M)) for name in LOCKS[:2]}
    assert pins["requirements.lock"] <= pins["requirements-dev.lock"]


def test_no_promise_is_left_in_the_code():
    words = r"\b(?:TODO|FIXME|NotImplementedError)\b|#\s*XXX\b|pytest\.mark\.(?:skip|xfail)|pytest\.(?:skip|xfail)\("
    assert offenders(words, ".py", ".html", ".js", ".scss", ".mjs") == []


def test_no_inline_script_or_style_in_pages():
    inline = r"<script(?![^>]*\bsrc=)[^>]*>|<style\b|\sstyle=|\son[a-z]+=\""
    pages = [offender for offender in offenders(inline, ".html") if not offender.startswith("templates/letters/")]
    assert pages == []


def test_no_key_or_password_is_committed():
    secrets = r"-----BEGIN [A-Z ]*PRIVATE KEY-----|AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{30,}"
    assert offenders(secrets, ".py", ".md", ".yml", ".toml", ".json", ".html", ".sh", "") == []


def test_addresses_of_people_are_plainly_synthetic():
    """A mail address ends in .example, except those of the safe production values in this folder's tests."""
    addresses = r"[\w.+-]+@(?!(?:[\w-]+\.)*example\b)[\w-]+(?:\.[\w-]+)*\.(?:uk|com|org|net)\b"
    found = offenders(addresses, ".py", ".html", ".csv", ".xml", ".json")
    assert [offender for offender in found if not offender.startswith(("tests/project/", "bin/test.py"))] == []


def test_what_a_run_makes_is_ignored():
    made = ["var/db.sqlite3", "var/secret-key", ".venv/bin/python", "node_modules/x", "static/build/app.css", ".env", "backup.dump"]
    done = subprocess.run(["git", "check-ignore", *made], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.split() == made
