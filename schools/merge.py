"""Two people changed one row: what can be put together, and what a person must decide. Pure, field by field.

`base` is what the second of them saw on opening the page, `theirs` what the row says now, `mine` what was typed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

Name = TypeVar("Name")
Value = TypeVar("Value")

_UNKNOWN = object()


@dataclass(frozen=True, slots=True)
class Clash(Generic[Name]):
    """A field that both changed, each to something else."""

    name: Name
    before: object
    theirs: object
    mine: object


@dataclass(frozen=True, slots=True)
class Merge(Generic[Name, Value]):
    """What the row shall say where nobody has to be asked; theirs stands in it for a field that clashes."""

    values: dict[Name, Value]
    clashes: tuple[Clash[Name], ...]
    kept: tuple[Name, ...]  # fields that only they changed: worth telling the person who saved


def merge(*, base: Mapping[Name, Value], theirs: Mapping[Name, Value], mine: Mapping[Name, Value]) -> Merge[Name, Value]:
    """Put together what two people did. A field that `base` does not know counts as changed by both."""
    values: dict[Name, Value] = {}
    clashes, kept = [], []
    for name, my_value in mine.items():
        before, their_value = base.get(name, _UNKNOWN), theirs[name]
        i_changed, they_changed = my_value != before, their_value != before
        values[name] = my_value if i_changed and not they_changed else their_value
        if i_changed and they_changed and my_value != their_value:
            clashes.append(Clash(name, "" if before is _UNKNOWN else before, their_value, my_value))
        elif they_changed and my_value != their_value:
            kept.append(name)
    return Merge(values, tuple(clashes), tuple(kept))
