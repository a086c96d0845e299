"""Can a hidden number be worked out? Pure arithmetic over the table of one school: strand key (or ALL) -> column -> number.

A *twin* of a table agrees with it in every printed cell, hangs together as well, and holds another number in one cell.
Whoever reads the table cannot tell the two apart, so a cell with a twin cannot be worked out, however clever the reader.

Twins are looked for among the tables that the school would have if one target (or pupil) more stood in one strand and one
fewer in another, or one more in a strand and in all strands. Where none of these fits, the caller hides more: looking at
too few tables may cost a number, never a secret.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import product

ALL = "all"
RESTS = {
    "pupils_not_moved_on": ("pupils", "pupils_moved_on"),
    "stayed": ("moving", "moved_on"),
    "not_same": ("moving", "same"),
    "not_gone_back": ("moving", "gone_back"),
    "not_achieved": ("moving", "achieved"),
    "not_held": ("hold", "held"),
}
"""What is never printed and could be worked out: the first number less the second."""

Row = Mapping[str, int]
Rows = Mapping[str, Row]
Place = tuple[str, str]
Price = Callable[[Place], float | None]
"""What it costs to hide a cell: nothing where it is hidden or never printed, None where it has to stay as it is."""

OUTCOMES = ("moved_on", "same", "gone_back")
NO_PUPILS = (0, 0)


def complete(row: Row) -> dict[str, int]:
    """A row (or a change of one) with the columns that follow from the others."""
    whole = dict(row)
    whole["moving"] = row["moved_on"] + row["same"] + row["gone_back"]
    whole["judged"] = whole["moving"] + row["hold"]
    return whole | {rest: whole[first] - whole[second] for rest, (first, second) in RESTS.items()}


def row_hangs_together(row: Row) -> bool:
    """No number below nothing; behind each target that moved on, stayed or was judged stands a pupil, and the other way round."""
    return (
        min(row.values()) >= 0
        and row["pupils_moved_on"] <= row["moved_on"]
        and row["pupils_not_moved_on"] <= row["stayed"]
        and (row["moved_on"] > 0) == (row["pupils_moved_on"] > 0)
        and (row["moving"] > 0) == (row["pupils"] > 0)
    )


def strands_hang_together(rows: Rows, most_pupils: int | None = None) -> bool:
    """All pupils are no fewer than those of a strand, and no more than those of the strands added up or of `most_pupils`."""
    whole, strands = rows[ALL], [row for key, row in rows.items() if key != ALL]
    if most_pupils is not None and whole["pupils"] > most_pupils:
        return False
    return all(row[c] <= whole[c] for row in strands for c in ("pupils", "pupils_moved_on")) and all(
        sum(row[c] for row in strands) >= whole[c] for c in ("pupils", "pupils_moved_on", "pupils_not_moved_on")
    )


def _target_changes() -> Iterator[dict[str, int]]:
    """One target more, in one way or another; or one that ends in another way. The second half are the opposites."""
    for outcome, achieved in product(OUTCOMES, (0, 1)):
        yield {outcome: 1, "achieved": achieved}
    for one, other in (("moved_on", "same"), ("moved_on", "gone_back"), ("same", "gone_back")):
        yield {one: 1, other: -1}
    yield {"hold": 1}
    yield {"hold": 1, "held": 1}
    yield from ({column: 1} for column in ("achieved", "held", "not_seen", "too_new"))


@cache
def changes() -> dict[tuple[int, int, int], dict[str, int]]:
    """(kind of target change, its opposite below zero, none at zero; pupils; pupils moved on) -> change of a row."""
    kinds = dict(enumerate(_target_changes(), start=1))
    opposites = {-kind: {column: -by for column, by in change.items()} for kind, change in kinds.items()}
    every: dict[int, dict[str, int]] = {0: {}} | kinds | opposites
    empty = dict.fromkeys((*OUTCOMES, "hold", "achieved", "held", "not_seen", "too_new"), 0)
    return {
        (kind, pupils, moved): {c: by for c, by in complete(empty | own | {"pupils": pupils, "pupils_moved_on": moved}).items() if by}
        for kind, own in every.items()
        for pupils, moved in product((0, 1, -1), repeat=2)
    }


Change = tuple[int, int, int]


class Twins:
    """The twins of one table, cheapest first. What is possible is worked out once, what it costs anew for each set of prices.

    `most_pupils` is what its readers know from elsewhere: the number of completed reviews.
    """

    def __init__(self, rows: Rows, *, most_pupils: int | None = None) -> None:
        self.rows = rows
        self.most_pupils = most_pupils
        self.strands = [key for key in rows if key != ALL]
        self.possible: dict[tuple[str, Change], bool] = {}
        self.costs: dict[tuple[str, Change], float | None] = {}

    def cheapest(self, place: Place, price: Price) -> set[Place] | None:
        """The cells that differ in the cheapest twin in which this cell differs; None when no twin was found."""
        self.price, self.costs = price, {}
        key, column = place
        offers = ((cost, twin) for twin in self._tables(key, column) if (cost := self._cost(twin)) is not None)
        for _, twin in sorted(offers, key=lambda offer: offer[0]):
            if strands_hang_together({each: self._after(each, twin.get(each)) for each in self.rows}, self.most_pupils):
                return {(each, name) for each, change in twin.items() for name in changes()[change]}
        return None

    def _tables(self, key: str, column: str) -> Iterator[dict[str, Change]]:
        """One change in the row, with the change in another row that it needs, and one that it may have."""
        for change, numbers in changes().items():
            if column in numbers and self._row_cost(key, change) is not None:
                yield from self._with_another_row(key, change)

    def _with_another_row(self, key: str, change: Change) -> Iterator[dict[str, Change]]:
        kind, *pupils = change
        ways = dict.fromkeys((NO_PUPILS, tuple(pupils)))
        if kind == 0:
            yield {key: change}
        for strand, way in product(self.strands if key == ALL else [ALL], ways):
            yield {key: change, strand: (kind, *way)}
        if key != ALL:
            for strand, (one, two) in product(self.strands, ways):
                if strand != key:
                    yield {key: change, strand: (-kind, -one, -two)}

    def _cost(self, twin: Mapping[str, Change]) -> float | None:
        costs = [self._row_cost(key, change) for key, change in twin.items()]
        return None if None in costs else sum(cost for cost in costs if cost)

    def _row_cost(self, key: str, change: Change) -> float | None:
        if (key, change) not in self.costs:
            self.costs[key, change] = self._price_of(key, change)
        return self.costs[key, change]

    def _price_of(self, key: str, change: Change) -> float | None:
        total = 0.0
        for column in changes()[change]:
            price = self.price((key, column))
            if price is None:
                return None
            total += price
        return total if self._is_possible(key, change) else None

    def _is_possible(self, key: str, change: Change) -> bool:
        if (key, change) not in self.possible:
            self.possible[key, change] = row_hangs_together(self._after(key, change))
        return self.possible[key, change]

    def _after(self, key: str, change: Change | None) -> Row:
        moved = changes()[change] if change else {}
        return {column: number + moved.get(column, 0) for column, number in self.rows[key].items()}
