"""Reads a target language from a file, and says of each mistake where it is and what to do about it."""

import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NoReturn, TypeVar

from targets.language.content import (
    AGES,
    FORMAT,
    LONGEST_KEY,
    LONGEST_NAME,
    LONGEST_WORDING,
    STEPS,
    Content,
    SkillWords,
    StrandWords,
    Wording,
)

MAX_BYTES = 1_000_000
MOST_PROBLEMS = 50  # shown at once; the rest are seen when these are mended
KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ONE_LINE = re.compile(r"[^\x00-\x1f\x7f\u0085\u2028\u2029\ud800-\udfff]*")
Part = TypeVar("Part")


@dataclass(frozen=True)
class Problem:
    """A mistake in the file: where, as strands[2].skills[0].steps[3].pupil.early, and what is wrong there."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message


class LanguageFileRefused(Exception):
    """The file is no target language; `problems` says why."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


def read(data: bytes) -> Content:
    """Return what a file says. Raises LanguageFileRefused with every mistake found."""
    reader = _Reader()
    content = reader.content(_parsed(data))
    if reader.problems:
        raise LanguageFileRefused(*reader.problems[:MOST_PROBLEMS])
    return content


def _refuse(message: str) -> NoReturn:
    raise LanguageFileRefused(Problem("", message))


def _parsed(data: bytes) -> Any:
    """Turn bytes into JSON values; two values under one name are refused, since one of them would be lost."""
    if len(data) > MAX_BYTES:
        _refuse("The file is larger than 1 MB, which no target language is.")
    try:
        return json.loads(data.decode("utf-8-sig"), object_pairs_hook=_each_name_once)
    except UnicodeDecodeError:
        _refuse("The file is not saved as UTF-8. Save it again and choose UTF-8.")
    except json.JSONDecodeError as error:
        _refuse(f"The file is not JSON: line {error.lineno}, column {error.colno}: {error.msg}.")
    except (ValueError, RecursionError):
        _refuse("The file is not JSON that a target language could be made of.")


def _each_name_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    twice = [name for name, times in Counter(name for name, _ in pairs).items() if times > 1]
    if twice:
        _refuse(f"“{_shown(twice[0])}” stands twice in the same pair of braces. Leave one.")
    return dict(pairs)


@dataclass
class _Reader:
    """Walks through the values and gathers problems, so that one run names all of them."""

    problems: list[Problem] = field(default_factory=list)
    keys: dict[tuple[str, str], str] = field(default_factory=dict)  # a strand's or skill's key: where it stands first

    def content(self, value: Any) -> Content:
        members = self._members(value, "", ("format", "strands"))
        if "format" in members and (type(members["format"]) is not int or members["format"] != FORMAT):
            self._say("format", f"must be {FORMAT}, the only form of the file there is.")
        if members.get("strands") == []:
            self._say("strands", "needs at least one strand.")
        return Content(self._list(members, "strands", "", self._strand))

    def _strand(self, value: Any, path: str) -> StrandWords:
        members = self._members(value, path, ("key", "name", "skills"))
        key, name = self._key(members, path, "strand"), self._text(members, "name", path, LONGEST_NAME)
        return StrandWords(key, name, self._list(members, "skills", path, self._skill))

    def _skill(self, value: Any, path: str) -> SkillWords:
        members = self._members(value, path, ("key", "name", "steps"))
        key, name = self._key(members, path, "skill"), self._text(members, "name", path, LONGEST_NAME)
        steps = self._list(members, "steps", path, self._step)
        if isinstance(members.get("steps"), list) and len(steps) != STEPS:
            self._say(f"{path}.steps", f"needs {STEPS} steps, from “Not started” to “Done it”; here are {len(steps)}.")
        return SkillWords(key, name, steps)

    def _step(self, value: Any, path: str) -> Wording:
        members = self._members(value, path, ("staff", "pupil"))
        staff = self._text(members, "staff", path, LONGEST_WORDING["staff"])
        inside = f"{path}.pupil"
        pupil = self._members(members["pupil"], inside, AGES) if "pupil" in members else {}
        return Wording(staff, *(self._text(pupil, age, inside, LONGEST_WORDING[age]) for age in AGES))

    def _members(self, value: Any, path: str, names: tuple[str, ...]) -> dict[str, Any]:
        """Return an object's members; what is missing or unknown is a problem, and only what is known comes back."""
        if not isinstance(value, dict):
            self._say(path or "the file", f"must be an object in braces with {_listed(names)}.")
            return {}
        for name in names:
            if name not in value:
                self._say(_below(path, name), "is missing.")
        for name in [name for name in value if name not in names]:
            self._say(_below(path, _shown(name)), f"is not known. Here belong {_listed(names)}.")
        return {name: value[name] for name in names if name in value}

    def _list(self, members: dict[str, Any], name: str, path: str, read_part: Callable[[Any, str], Part]) -> tuple[Part, ...]:
        here = _below(path, name)
        values = members.get(name, [])
        if not isinstance(values, list):
            self._say(here, "must be a list in square brackets.")
            return ()
        return tuple(read_part(value, f"{here}[{index}]") for index, value in enumerate(values))

    def _key(self, members: dict[str, Any], path: str, of: str) -> str:
        """Return the key of a strand or skill; no two strands, and no two skills of the whole language, may share one."""
        key = self._text(members, "key", path, LONGEST_KEY)
        first = self.keys.setdefault((of, key), path) if key else path
        if key and not KEY.fullmatch(key):
            self._say(f"{path}.key", f"“{_shown(key)}” may only hold small letters a to z, digits, and single hyphens between them.")
        elif first != path:
            self._say(f"{path}.key", f"“{key}” is the key of {first} already. Every {of} needs a key of its own.")
        return key

    def _text(self, members: dict[str, Any], name: str, path: str, longest: int) -> str:
        """Return a text of one line; empty where there is none, which is a problem unless it is said already."""
        if name not in members:
            return ""
        text, fault = members[name], ""
        if not isinstance(text, str):
            fault = "must be a text in quotation marks."
        elif not ONE_LINE.fullmatch(text):
            fault = "must be one line without control characters."
        elif text != text.strip() or not text:
            fault = "is empty." if not text.strip() else "begins or ends with a space."
        elif len(text) > longest:
            fault = f"has {len(text)} characters; at most {longest} fit."
        if fault:
            self._say(_below(path, name), fault)
        return "" if fault else text

    def _say(self, path: str, message: str) -> None:
        self.problems.append(Problem(path, message))


def _below(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _listed(names: tuple[str, ...]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _shown(text: str) -> str:
    """A text of somebody's file as it can be printed."""
    return (text if text.isprintable() else text.encode("unicode_escape").decode())[:60]
