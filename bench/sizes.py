"""How much there is to measure over: the one table from which everything is seeded."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """Schools alike: each with so many pupils with SEND, targets a pupil, completed cycles, and rows in the roll to be imported."""

    schools: int
    pupils: int
    targets: int
    cycles: int
    roll: int
    turns: int


SIZES = {
    "small": Size(schools=4, pupils=200, targets=3, cycles=3, roll=1_000, turns=21),
    "national": Size(schools=500, pupils=200, targets=4, cycles=9, roll=100_000, turns=21),
}
