"""Two people who change the same settings: nothing is overwritten silently. Pure."""

from collections.abc import Mapping
from typing import TypeVar

Name = TypeVar("Name")
Value = TypeVar("Value")


def merge(*, base: Mapping[Name, Value], theirs: Mapping[Name, Value], mine: Mapping[Name, Value]) -> tuple[dict[Name, Value], list[Name]]:
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
