"""Small numbers: exact figures of schools in, cells that may be published out. Pure: no Django, no rows.

What leaves a school's own authorised staff comes from `publish` and from nowhere else. Its promises:

* A number from 1 to one below the threshold (3, 5 or 10 pupils) is hidden, and so is a pair of numbers whose difference it is.
  A row of few pupils is hidden whole. Further numbers are hidden until every hidden one has a twin table (`reports.twins`).
* One mark says "hidden" for the small number and for the one hidden to protect it: which of the two it is would tell.
* Schools share no sum, and a total adds only cells that are shown, of at least three schools. So a total says nothing that
  its cells do not say, and whoever knows one school exactly learns nothing about another.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, fields
from functools import partial
from itertools import product

from reports.twins import ALL, RESTS, Place, Twins, complete

THRESHOLDS = (3, 5, 10)
RATE_NEEDS = 10
TOTAL_NEEDS = 3
MARK = "c"

# What is printed of each row, the number that is given up first at the head.
COLUMNS = (
    "gone_back",
    "same",
    "held",
    "hold",
    "achieved",
    "too_new",
    "not_seen",
    "judged",
    "moved_on",
    "pupils_moved_on",
    "moving",
    "pupils",
)
WHO_MOVED_ON = ("pupils_moved_on", "pupils_not_moved_on", "moved_on")
BASES = {"pupils_moved_on": "pupils", "moved_on": "moving", "same": "moving", "gone_back": "moving", "achieved": "moving", "held": "hold"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A number that may be published."""

    value: int


@dataclass(frozen=True, slots=True)
class Hidden:
    """Fewer than the threshold, or a number that would give such a one away."""


Cell = Shown | Hidden
HIDDEN = Hidden()


@dataclass(frozen=True, slots=True)
class Exact:
    """The exact figures of one school in one strand (or all). Never leaves the school."""

    pupils: int
    pupils_moved_on: int
    judged: int
    moved_on: int
    same: int
    gone_back: int
    achieved: int
    held: int
    not_seen: int
    too_new: int

    def numbers(self) -> dict[str, int]:
        """Every printed number, and every number that follows from them."""
        own = {field.name: getattr(self, field.name) for field in fields(self)}
        return complete(own | {"hold": self.judged - self.moved_on - self.same - self.gone_back})


@dataclass(frozen=True, slots=True)
class SchoolFigures:
    """One school's exact rows by strand key, with ALL among them; `group` is its programme.

    `completed` reviews are printed beside the table (None where they are not), and no more pupils than these can be in it.
    """

    school: str
    group: str
    rows: Mapping[str, Exact]
    completed: int | None = None


@dataclass(frozen=True, slots=True)
class SchoolCells:
    """What may be published of one school: strand key or ALL -> column -> cell."""

    school: str
    group: str
    rows: Mapping[str, Mapping[str, Cell]]


@dataclass(frozen=True, slots=True)
class Total:
    """The shown cells of one column added up, with the n they stand beside and the number of schools they come from."""

    cell: Cell
    of: Cell
    schools: int


@dataclass(frozen=True, slots=True)
class Published:
    schools: tuple[SchoolCells, ...]
    totals: Mapping[str, Mapping[str, Mapping[str, Total]]]
    """group -> strand key or ALL -> column -> total"""
    overall: Mapping[str, Mapping[str, Total]]
    """the same over the schools of every group"""


def is_few(number: int, threshold: int) -> bool:
    return 0 < number < threshold


def rate(part: Cell, of: Cell) -> int | None:
    """Whole per cent; None (no rate is published) when either number is hidden or n is below 10."""
    if isinstance(part, Shown) and isinstance(of, Shown) and of.value >= RATE_NEEDS:
        return round(100 * part.value / of.value)
    return None


def may_show_work(pupils: int) -> bool:
    """Counts of work (reviews due, completed, on hold, missed, views, meetings) are shown where reviews are due for five pupils or more.

    It is the pupils due that count: how many were judged is a figure, which may be hidden.
    """
    return pupils >= 5


# ------------------------------------------------------------------------------------------------------------ one school


class SchoolTable:
    """One school's numbers, and which of them may not be known."""

    def __init__(self, rows: Mapping[str, Exact], threshold: int, completed: int | None = None) -> None:
        self.threshold = threshold
        self.rows = {key: row.numbers() for key, row in rows.items()}
        self.printed: list[Place] = list(product(self.rows, COLUMNS))
        self.twins = Twins(self.rows, most_pupils=completed)

    def number(self, place: Place) -> int:
        return self.rows[place[0]][place[1]]

    def must_hide(self, place: Place) -> bool:
        """A small number; targets that few pupils stand behind; anything in a row of few pupils, its zeros too."""
        key, column = place
        behind = {"pupils", "pupils_moved_on"} if column == "moved_on" else {"pupils"}
        return any(is_few(self.rows[key][each], self.threshold) for each in {column, *behind})

    def secrets(self, hidden: Set[Place]) -> Iterator[Place]:
        """What nobody may work out: hidden numbers, small rests, and of few pupils that none or that all of them moved on."""
        for place in (*(each for each in self.printed if each in hidden), *product(self.rows, RESTS)):
            if self.must_hide(place) and (self.number(place) or place[1] in WHO_MOVED_ON) or place in hidden and self.number(place):
                yield place

    def price(self, place: Place, hidden: Set[Place]) -> float | None:
        """What hiding a cell costs its readers: a zero stays, a strand goes before all strands, a smaller number before a larger."""
        key, column = place
        if place in hidden or column not in COLUMNS:
            return 0.0
        if not self.number(place):
            return None
        return (1 + COLUMNS.index(column)) * (5 if key == ALL else 1) + min(self.number(place), 99) / 100

    def no_price(self, place: Place, hidden: Set[Place]) -> float | None:
        """For looking at a table in which nothing more may be hidden."""
        return 0.0 if self.price(place, hidden) == 0 else None


def hide_small(table: SchoolTable) -> set[Place]:
    """The cells that are small themselves."""
    return {place for place in table.printed if table.must_hide(place)}


def hide_more(table: SchoolTable, hidden: set[Place]) -> set[Place]:
    """Hide the cheapest further cells until every secret has a twin; where none can be found, hide the whole table.

    A zero of few pupils that has no twin is shown after all: everybody sees it, as where nobody in the school went back.
    """
    hidden, safe = set(hidden), set[Place]()
    while exposed := next((secret for secret in table.secrets(hidden) if secret not in safe), None):
        twin = table.twins.cheapest(exposed, partial(table.price, hidden=frozenset(hidden)))
        if twin is None:
            return set(table.printed)
        safe |= twin
        hidden |= {place for place in twin if place[1] in COLUMNS}
    as_it_is = partial(table.no_price, hidden=frozenset(hidden))
    for zero in [place for place in table.printed if place in hidden - safe]:
        twin = table.twins.cheapest(zero, as_it_is) if zero not in safe else set()
        if twin is None:
            hidden.discard(zero)
        else:
            safe |= twin
    return hidden


# ---------------------------------------------------------------------------------------------------------- many schools

Hide = Callable[[SchoolTable], set[Place]]


def hide(table: SchoolTable) -> set[Place]:
    return hide_more(table, hide_small(table))


def publish(schools: Iterable[SchoolFigures], *, threshold: int = 5, hiding: Hide = hide) -> Published:
    """Everything that may be published of some schools, in the order given. Raises ValueError for an unknown threshold."""
    if threshold not in THRESHOLDS:
        raise ValueError(f"The threshold is one of {THRESHOLDS}, not {threshold!r}")
    cells = tuple(_cells(figures, threshold, hiding) for figures in schools)
    groups = dict.fromkeys(each.group for each in cells)
    totals = {group: _totals([each for each in cells if each.group == group]) for group in groups}
    return Published(cells, totals, _totals(list(cells)))


def _cells(figures: SchoolFigures, threshold: int, hiding: Hide) -> SchoolCells:
    table = SchoolTable(figures.rows, threshold, figures.completed)
    hidden = hiding(table)
    rows: dict[str, dict[str, Cell]] = {key: {} for key in figures.rows}
    for key, column in table.printed:
        rows[key][column] = HIDDEN if (key, column) in hidden else Shown(table.number((key, column)))
    return SchoolCells(figures.school, figures.group, rows)


def _totals(schools: list[SchoolCells]) -> dict[str, dict[str, Total]]:
    keys = dict.fromkeys(key for school in schools for key in school.rows)
    return {key: {column: _total(schools, key, column) for column in COLUMNS} for key in keys}


def _total(schools: list[SchoolCells], key: str, column: str) -> Total:
    """Over the schools that show both the number and its n; fewer than three give no total."""
    base = BASES.get(column, column)
    pairs = [(school.rows[key][column], school.rows[key][base]) for school in schools if key in school.rows]
    shown = [(part.value, of.value) for part, of in pairs if isinstance(part, Shown) and isinstance(of, Shown)]
    if len(shown) < TOTAL_NEEDS:
        return Total(HIDDEN, HIDDEN, len(shown))
    return Total(Shown(sum(part for part, _ in shown)), Shown(sum(of for _, of in shown)), len(shown))
