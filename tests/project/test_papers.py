"""The commands that README and runbook tell people to type exist, with the options that stand there."""

import re
import shlex
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands, load_command_class

ROOT = Path(settings.BASE_DIR)
PAPERS = [ROOT / "README.md", ROOT / "docs" / "runbook.md"]
CODE = re.compile(r"^```\n(.*?)^```|`([^`\n]+)`", re.DOTALL | re.MULTILINE)
OURS = {"create_partnership", "create_school", "import_roll", "invite_lead", "setup_database_roles", "start_language"}
OF_EVERY_COMMAND = {"--help"}


def lines_of(paper: str) -> list[str]:
    """What stands as code, a line each, without the remarks."""
    return [line.split(" #")[0].strip() for block in CODE.findall(paper) for part in block for line in part.splitlines()]


def commands_in(paper: str) -> list[tuple[str, list[str]]]:
    """Each management command with its options; a sentence may name one of ours without `manage.py`."""
    found = []
    for line in lines_of(paper):
        words = re.sub(r"^.*?manage\.py ", "", line)
        name = words.split(" ")[0]
        if words != line or name in OURS:
            found.append((name, re.findall(r"(?<=\s)--[a-z-]+", words)))
    return found


def faults(paper: str) -> list[str]:
    wrong = []
    for name, options in commands_in(paper):
        app = get_commands().get(name)
        if app is None:
            wrong.append(f"there is no command {name}")
            continue
        command = load_command_class(app, name) if isinstance(app, str) else app
        known = {word for action in command.create_parser("manage.py", name)._actions for word in action.option_strings}
        wrong += [f"{name} has no option {option}" for option in options if option not in known | OF_EVERY_COMMAND]
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    makes = [match[1] for line in lines_of(paper) if (match := re.search(r"(?:^|\s)make ([a-z-]+)", line))]
    return wrong + [f"there is no target {target}" for target in makes if target not in targets]


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.name)
def test_every_command_that_is_written_down_exists(path: Path) -> None:
    assert commands_in(path.read_text())
    assert faults(path.read_text()) == []


def test_a_wrong_command_would_be_found() -> None:
    paper = "Type `manage.py create_nothing`, `create_school --colour red` or\n\n```\nmake everything\n```\n"
    assert faults(paper) == ["there is no command create_nothing", "create_school has no option --colour", "there is no target everything"]


def test_the_way_to_a_real_school_leads_over_a_language() -> None:
    """Without a published language no target can be set."""
    named = [name for name, _ in commands_in((ROOT / "README.md").read_text())]
    assert named.index("create_partnership") < named.index("start_language") < named.index("create_school")


def test_a_meta_command_of_psql_is_one_word_with_one_backslash() -> None:
    [line] = [line for line in lines_of((ROOT / "docs" / "runbook.md").read_text()) if "psql" in line]
    assert shlex.split(line)[-1] == "\\password postgres"


@pytest.mark.parametrize("path", [*ROOT.glob("docs/*.md"), ROOT / "README.md"], ids=lambda path: path.name)
def test_files_that_papers_name_exist(path: Path) -> None:
    paper = path.read_text()
    links = [path.parent / link.partition("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", paper) if "://" not in link and link[0] != "#"]
    named = [ROOT / name for name in re.findall(r"`((?:tests|config|schools)/[\w/]+\.\w+)`", paper)]
    assert [str(each) for each in [*links, *named] if not each.exists()] == []
