"""Collects one row while it is read: values, errors at their column, warnings. A bad cell never stops the rest of the row."""

from collections.abc import Callable
from typing import Any, TypeVar

from pupils.importing.cells import CellProblem, quoted
from pupils.importing.records import CellError, RollRow

T = TypeVar("T")


class RowDraft:
    """Becomes a RollRow with `finish`; the columns are named as the person who mends the file knows them."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.values: dict[str, Any] = {}
        self.errors: list[CellError] = []
        self.warnings: list[str] = []

    def take(self, column: str, read: Callable[[object], T], value: object) -> T | None:
        """The value as `read` understands it; a problem becomes an error of this column."""
        try:
            return read(value)
        except CellProblem as problem:
            self.fail(column, str(problem), value)
            return None

    def put(self, field: str, column: str, read: Callable[[object], object], value: object) -> None:
        """Read a cell into a field of the row."""
        self.values[field] = self.take(column, read, value)

    def fail(self, column: str, message: str, cell: object = None) -> None:
        self.errors.append(CellError(column, message, quoted(cell)))

    def warn(self, message: str) -> None:
        self.warnings.append(message)

    def finish(self) -> RollRow:
        return RollRow(number=self.number, errors=tuple(self.errors), warnings=tuple(self.warnings), **self.values)
