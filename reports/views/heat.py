"""Published cells as a heat table and as bars: strands down, schools across, under their programme and phase. Nothing is ranked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from reports.queries import PublishedSchool
from reports.sheets import in_words, is_incomplete
from reports.suppression import ALL, RATE_NEEDS, Cell, Published, SchoolCells, Shown, Total
from reports.views.tables import Strands
from reports.wording import INCOMPLETE

MOVES = ("gone_back", "same", "moved_on")


@dataclass(frozen=True)
class Square:
    """One strand in one school: the pupils who moved on, of the pupils; or that it is hidden, or that too few were seen."""

    what: str
    moved: Cell
    of: Cell
    note: str = ""

    @property
    def has_share(self) -> bool:
        return isinstance(self.moved, Shown) and isinstance(self.of, Shown) and self.of.value >= RATE_NEEDS

    @property
    def is_hidden(self) -> bool:
        return not (isinstance(self.moved, Shown) and isinstance(self.of, Shown))

    @property
    def words(self) -> str:
        """For a cell without a per cent: "7 pupils, too few for a %"."""
        return f"{in_words(self.of)} pupils, too few for a %"

    @property
    def number(self) -> int:
        return self.moved.value if isinstance(self.moved, Shown) else 0

    @property
    def total(self) -> int:
        return self.of.value if isinstance(self.of, Shown) else 0


@dataclass(frozen=True)
class Column:
    """One school of the table, with what its foot says."""

    name: str
    pupils: str
    completed: str


@dataclass(frozen=True)
class HeatTable:
    """Schools grouped as "DREAMS, secondary", and a line of squares for each strand."""

    groups: list[tuple[str, int]]
    columns: list[Column]
    lines: list[tuple[str, list[Square]]]


def heat_table(schools: list[PublishedSchool], published: Published, strands: Strands) -> HeatTable:
    cells = {each.school: each for each in published.schools}
    ordered = sorted(schools, key=lambda each: (each.figures.group, each.school.phase))  # stable: schools stay in alphabetical order
    groups = [(title, len(list(members))) for title, members in groupby(ordered, key=_group)]
    lines = [(name, [_square(cells[each.figures.school], key, f"{name}, {each.school}") for each in ordered]) for key, name in strands]
    return HeatTable(groups, [_column(each, cells[each.figures.school]) for each in ordered], lines)


def _group(school: PublishedSchool) -> str:
    return f"{school.figures.group}, {school.school.get_phase_display().lower()}"


def _square(school: SchoolCells, key: str, what: str) -> Square:
    cells = school.rows[key]
    return Square(what, cells["pupils_moved_on"], cells["pupils"], INCOMPLETE[is_incomplete(cells)])


def _column(school: PublishedSchool, cells: SchoolCells) -> Column:
    completed = f"{school.work.completed} of {school.work.due}" if school.work else "not shown"
    return Column(str(school.school), in_words(cells.rows[ALL]["pupils"]), completed)


@dataclass(frozen=True)
class Bar:
    """How the targets of one strand moved, over the schools that show it: three parts or two; none where fewer than three do."""

    name: str
    numbers: list[int]
    note: str


def bars(published: Published, strands: Strands) -> list[Bar]:
    return [_bar(name, published.overall[key]) for key, name in strands if key in published.overall]


def _bar(name: str, totals: Mapping[str, Total]) -> Bar:
    """Three parts where they come from the same schools: then they add up to one n. Else those that did not move on are one part."""
    parts, moved = [totals[move] for move in MOVES], totals["moved_on"]
    shown = [part.cell.value for part in parts if isinstance(part.cell, Shown)]
    if {part.of.value for part in parts if isinstance(part.of, Shown)} == {sum(shown)} and len(shown) == len(MOVES):
        return Bar(name, shown, f"{sum(shown)} targets, {moved.schools} schools")
    if isinstance(moved.cell, Shown) and isinstance(moved.of, Shown):
        return Bar(name, [moved.of.value - moved.cell.value, moved.cell.value], f"{moved.of.value} targets, {moved.schools} schools")
    return Bar(name, [], "Not shown: fewer than three schools show these numbers")


def csv_rows(table: HeatTable) -> Iterable[tuple[str, ...]]:
    """The heat table as it may leave: c where a number is hidden."""
    for name, squares in table.lines:
        for column, square in zip(table.columns, squares, strict=True):
            yield name, column.name, in_words(square.moved), in_words(square.of)
