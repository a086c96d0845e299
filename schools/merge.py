"""Two people changed one row: what can be put together, and what a person must decide. Pure, field by field.

`base` is what the second of them saw on opening the page, `theirs` what the row says now, `mine` what was typed.
"""

from collections.abc import Mapping
from dataclasses import dataclass

_UNKNOWN = object()


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that both changed, each to something else."""

    name: str
    before: object
    theirs: object
    mine: object


@dataclass(frozen=True, slots=True)
class Merge:
    """What the row shall say where nobody has to be asked; theirs stands in it for a field that clashes."""

    values: dict[str, object]
    clashes: tuple[Clash, ...]
    kept: tuple[str, ...]  # fields that only they changed: worth telling the person who saved


def merge(*, base: Mapping[str, object], theirs: Mapping[str, object], mine: Mapping[str, object]) -> Merge:
    """Put together what two people did. A field that `base` does not know counts as changed by both."""
    values: dict[str, object] = {}
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
