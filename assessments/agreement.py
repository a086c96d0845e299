"""Do two people who judge the same evidence see the same step? Pure arithmetic, no Django.

Cohen's kappa with quadratic weights (Cohen 1968): agreement beyond what chance would give, where two steps apart weighs four
times as much as one. The interval is the large-sample one of Fleiss, Cohen and Everitt (1969).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from math import sqrt

STEPS = range(5)
FEWEST = 10
NORMAL_95 = 1.959964


@dataclass(frozen=True, slots=True)
class Kappa:
    """Agreement between two markers: 1 is perfect, 0 is what chance gives; `low` and `high` bound it with 95 % confidence."""

    n: int
    kappa: float
    low: float
    high: float


def quadratic_kappa(first: Sequence[int], second: Sequence[int]) -> Kappa | None:
    """Kappa over steps 0 to 4 of pairs of marks.

    None under ten pairs, and where all marks fall in one category, so that chance alone would agree wholly.
    Raises ValueError for a step that is none, or unequal lengths.
    """
    if len(first) != len(second):
        raise ValueError(f"Two markers judge the same samples: {len(first)} marks against {len(second)}")
    if wrong := {*first, *second} - set(STEPS):
        raise ValueError(f"No such step: {sorted(wrong)}")
    n = len(first)
    if n < FEWEST or len({*first, *second}) == 1:
        return None
    table = dict.fromkeys(product(STEPS, STEPS), 0.0)
    for pair in zip(first, second, strict=True):
        table[pair] += 1 / n
    return _kappa(table, n)


def _kappa(table: dict[tuple[int, int], float], n: int) -> Kappa:
    rows = [sum(table[a, b] for b in STEPS) for a in STEPS]
    columns = [sum(table[a, b] for a in STEPS) for b in STEPS]
    observed = sum(_weight(a, b) * share for (a, b), share in table.items())
    chance = sum(_weight(a, b) * rows[a] * columns[b] for a, b in table)
    kappa = (observed - chance) / (1 - chance)
    spread = NORMAL_95 * sqrt(max(0.0, _variance(table, rows, columns, observed, chance)) / n)
    return Kappa(n, kappa, max(-1.0, kappa - spread), min(1.0, kappa + spread))


def _weight(a: int, b: int) -> float:
    """1 for the same step, 0 for the two ends of the ladder."""
    return 1 - (a - b) ** 2 / (len(STEPS) - 1) ** 2


def _variance(table: dict[tuple[int, int], float], rows: list[float], columns: list[float], observed: float, chance: float) -> float:
    """The variance of kappa times n, Fleiss, Cohen and Everitt (1969), their equation for a kappa that is not zero."""
    of_row = [sum(columns[b] * _weight(a, b) for b in STEPS) for a in STEPS]
    of_column = [sum(rows[a] * _weight(a, b) for a in STEPS) for b in STEPS]
    squares = sum(
        share * (_weight(a, b) * (1 - chance) - (of_row[a] + of_column[b]) * (1 - observed)) ** 2 for (a, b), share in table.items()
    )
    return (squares - (observed * chance - 2 * chance + observed) ** 2) / (1 - chance) ** 4
