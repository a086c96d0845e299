"""The question after two people changed the same fields: which of both to keep. Asked in the page, beside what it is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from assessments.drafts import Value, Values
from assessments.forms.grid import RowForm, SaidForm
from schools.merge import Clash, Merge
from schools.models import User

THEIRS, MINE = "theirs", "mine"


@dataclass(frozen=True)
class Choice:
    """One field in question, in words or, for a step, as the step itself."""

    name: str
    label: str
    before: str
    theirs: object
    mine: object
    is_step: bool
    error: str = ""


@dataclass(frozen=True)
class Question:
    """What both changed in one row. `fields` comes back with the answers, so that the page knows what it had asked."""

    title: str
    choices: tuple[Choice, ...]
    note: str
    key: str
    fields: str
    by: str = "Somebody else"


def keep_name(part: RowForm | SaidForm, field: str) -> str:
    return f"keep-{part.add_prefix(field)}"


def ask(part: RowForm | SaidForm, merged: Merge, by: User | None, at: Any, reader: User) -> Question:
    """Put a clash into words: who changed it and when. The other may be the reader, in another window."""
    who = "You" if by == reader else str(by or "Somebody else")
    when = f" at {timezone.localtime(at):%H:%M}" if at else ""
    own = [name for name, value in merged.values.items() if value == part.typed.get(name) and value != part.initial.get(name)]
    names = ", ".join(str(part.fields[name].label) for name in own)
    return Question(
        by=who,
        title=f"{who} changed this{when}, after you opened it. Which should we keep?",
        choices=tuple(_choice(part, clash) for clash in merged.clashes),
        note=f"{names}: only you changed it, and yours is kept." if names else "",
        key=part.key,
        fields=",".join(clash.name for clash in merged.clashes),
    )


def _choice(part: RowForm | SaidForm, clash: Clash, error: str = "") -> Choice:
    is_step = clash.name == "step" and None not in (clash.theirs, clash.mine)
    said = {"theirs": clash.theirs, "mine": clash.mine} if is_step else {}
    words = {side: part.words(clash.name, getattr(clash, side)) for side in ("theirs", "mine")} | said
    before = "" if clash.before == "" else part.words(clash.name, clash.before)
    return Choice(keep_name(part, clash.name), str(part.fields[clash.name].label), before, is_step=is_step, error=error, **words)


@dataclass(frozen=True)
class Answers:
    """What was chosen: the values to save, those that were not chosen, and the fields that still wait for an answer."""

    mine: dict[str, Value]
    unchosen: dict[str, Value]
    open: tuple[str, ...]


def read_answers(part: RowForm | SaidForm, base: Values, data: Mapping[str, Any]) -> Answers:
    """Put the chosen side into what was typed. `base` holds their values, since the page has shown them."""
    mine, unchosen, waiting = dict(part.typed), {}, []
    asked = [name for name in str(data.get(f"clash-{part.key}", "")).split(",") if name in mine and name in base]
    for name in asked:
        answer = data.get(keep_name(part, name))
        if answer == THEIRS:
            unchosen[name], mine[name] = mine[name], base[name]
        elif answer == MINE:
            unchosen[name] = base[name]
        elif mine[name] != base[name]:
            waiting.append(name)
    return Answers(mine, unchosen, tuple(waiting))


def ask_again(part: RowForm | SaidForm, base: Values, names: tuple[str, ...]) -> Question:
    """The same question once more, for fields that nothing was chosen for."""
    clashes = [Clash(name, "", base[name], part.typed[name]) for name in names]
    choices = tuple(_choice(part, clash, "Choose one.") for clash in clashes)
    return Question("Both of you changed this. Which should we keep?", choices, "", part.key, ",".join(names))
