"""No file grows over 300 lines, no function over 30, and no app imports upwards."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("config", "schools", "pupils", "targets", "assessments", "reports", "bench", "tests", "bin")
LONGEST_FILE = 300
LONGEST_FUNCTION = 30


def python_files() -> list[Path]:
    """Every Python file of ours; a migration is a record of what was, not something to keep short."""
    found = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py") if "migrations" not in path.parts]
    return sorted([*found, ROOT / "manage.py", ROOT / "gunicorn.conf.py"])


def long_functions(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or 0) - node.lineno + 1
            if lines > LONGEST_FUNCTION:
                yield f"{node.name} has {lines} lines"


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", python_files(), ids=named)
def test_file_and_its_functions_are_short(path):
    source = path.read_text()
    assert len(source.splitlines()) <= LONGEST_FILE
    assert list(long_functions(source)) == []


def test_a_long_function_would_be_seen():
    body = "\n".join("    x = 1" for _ in range(LONGEST_FUNCTION))
    assert list(long_functions(f"def long():\n{body}\n")) == ["long has 31 lines"]


def run_lint_imports(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_no_app_imports_upwards():
    done = run_lint_imports(ROOT)
    assert done.returncode == 0, done.stdout


def test_an_upward_import_would_be_seen(tmp_path):
    for package in ("config", "schools", "pupils", "targets", "assessments", "reports"):
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").touch()
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    assert run_lint_imports(tmp_path).returncode == 0
    (tmp_path / "schools" / "models.py").write_text("import pupils\n")
    (tmp_path / "schools" / "services.py").write_text("import schools.views\n")
    (tmp_path / "schools" / "views.py").touch()
    done = run_lint_imports(tmp_path)
    assert done.returncode != 0
    assert "schools.models -> pupils" in done.stdout
    assert "schools.services -> schools.views" in done.stdout
