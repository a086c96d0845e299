"""Two people who change the same settings: nothing is overwritten silently. Pure."""

from collections.abc import Mapping
from typing import TypeVar

Value = TypeVar("Value")


def merge(*, base: Mapping[str, Value], theirs: Mapping[str, Value], mine: Mapping[str, Value]) -> tuple[dict[str, Value], list[str]]:
    """Put two changes of the same values together, field by field; the second part names the fields that both changed.

    A field that only one of them changed takes that change; where both wrote the same, there is nothing to ask.
    """
    merged, clashes = {}, []
    for name, value in mine.items():
        if value == base.get(name):
            merged[name] = theirs[name]
        elif theirs[name] in (base.get(name), value):
            merged[name] = value
        else:
            clashes.append(name)
    return merged, clashes
