"""A change to a row that somebody else may have changed meanwhile: merged field by field, written by version."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from django.db.models import F, QuerySet

from pupils.models import Contact, Profile
from schools.merge import Merge, merge

Versioned = TypeVar("Versioned", Profile, Contact)
Problems = Callable[[Mapping[str, object]], dict[str, str]]


class CannotMerge(Exception):
    """Nothing is written: a person must choose, or what came together breaks a rule. Holds the row as it is, and the merge."""

    def __init__(self, row: Profile | Contact, merged: Merge) -> None:
        super().__init__("nothing was written")
        self.row = row
        self.merged = merged


class Clashed(CannotMerge):
    """Both changed a field, each to something else."""


class DoesNotFit(CannotMerge):
    """Each change was fine by itself; together they are not."""


def merge_into(
    rows: "QuerySet[Versioned]", *, base: Mapping[str, object], values: Mapping[str, object], problems: Problems, **stamp: object
) -> tuple[Versioned | None, Merge]:
    """Merge values into the one row; return it as it was, or None where nothing had to be written.

    Raises Clashed or DoesNotFit, and then writes nothing.
    """
    row = rows.get()
    theirs = {name: getattr(row, name) for name in values}
    merged = merge(base=base, theirs=theirs, mine=values)
    if merged.clashes:
        raise Clashed(row, merged)
    if problems(merged.values):
        raise DoesNotFit(row, merged)
    if merged.values == theirs:
        return None, merged
    if rows.filter(version=row.version).update(**merged.values, **stamp, version=F("version") + 1):
        return row, merged
    return merge_into(rows, base=base, values=values, problems=problems, **stamp)  # somebody was faster by a moment
