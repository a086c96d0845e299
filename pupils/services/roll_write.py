"""Writes the chosen rows of a plan: a fixed number of statements for each thousand rows, whatever the rows are."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from pupils.models import Contact, Need, Pupil, SupportStatus
from pupils.services.roll_diff import Owned
from pupils.services.roll_plan import Item

BATCH = 500
_OWNED: tuple[type[SupportStatus | Need | Contact], ...] = (SupportStatus, Need, Contact)


def write_items(items: Sequence[Item]) -> None:
    """Existing rows change first, so that a status ends before the next begins; then new pupils, then what belongs to them."""
    for item in items:
        for row, values in item.diff.updated:
            for name, value in values.items():
                setattr(row, name, value)
    _update(pair for item in items for pair in item.diff.updated if pair[0].pk is not None)
    Pupil.objects.bulk_create((item.pupil for item in items if item.pupil.pk is None), batch_size=BATCH)
    for model in _OWNED:
        model.objects.bulk_create(_created(items, model), batch_size=BATCH)


def _created(items: Iterable[Item], model: type[Owned]) -> list[Any]:
    rows = []
    for item in items:
        for row in item.diff.created:
            if isinstance(row, model):
                row.pupil = item.pupil  # type: ignore[union-attr]
                rows.append(row)
    return rows


def _update(changed: Iterable[tuple[Owned, dict[str, Any]]]) -> None:
    """Rows that change the same columns go together, so that no other column of theirs is touched."""
    columns: dict[int, set[str]] = defaultdict(set)
    rows: dict[int, Owned] = {}
    for row, values in changed:
        columns[id(row)].update(values)
        rows[id(row)] = row
    alike: dict[tuple[type[Owned], tuple[str, ...]], list[Owned]] = defaultdict(list)
    for key, row in rows.items():
        alike[type(row), tuple(sorted(columns[key]))].append(row)
    for (model, names), group in sorted(alike.items(), key=lambda pair: pair[0][0] is not SupportStatus):
        model.objects.bulk_update(group, names, batch_size=BATCH)  # type: ignore[arg-type]
