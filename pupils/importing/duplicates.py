"""The same pupil twice in one file: nobody can tell which row is right, so all of them need a person."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from pupils.importing.records import CellError, RollRow


def mark_duplicates(rows: Iterable[RollRow]) -> tuple[RollRow, ...]:
    """Rows that share a UPN, or a name and date of birth while a UPN is missing, each get an error that names the others."""
    rows = tuple(rows)
    others = _others(rows)
    return tuple(_marked(row, others[row.number]) if row.number in others else row for row in rows)


def _others(rows: tuple[RollRow, ...]) -> dict[int, tuple[str, list[int]]]:
    found: dict[int, tuple[str, list[int]]] = {}
    by_name: dict[object, list[RollRow]] = defaultdict(list)
    by_upn: dict[object, list[RollRow]] = defaultdict(list)
    for row in rows:
        by_name[(row.surname or "").casefold(), (row.forename or "").casefold(), row.dob].append(row)
        if row.upn:
            by_upn[row.upn].append(row)
    for column, groups in (("UPN", by_upn), ("Name", by_name)):
        for group in groups.values():
            if len(group) > 1 and _is_same(column, group):
                found |= {row.number: (column, [each.number for each in group[:6] if each is not row]) for row in group}
    return found


def _is_same(column: str, group: list[RollRow]) -> bool:
    """Two children can share name and birthday when both have a UPN of their own."""
    return column == "UPN" or (group[0].dob is not None and any(row.upn is None for row in group))


def _marked(row: RollRow, found: tuple[str, list[int]]) -> RollRow:
    column, numbers = found
    listed = ", ".join(str(number) for number in numbers[:5])
    message = f"This pupil stands in the file more than once: see row {listed}. Keep one of them."
    return replace(row, errors=(*row.errors, CellError(column, message)))
