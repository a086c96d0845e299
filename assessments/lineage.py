"""A target's line back through the targets that it was carried on from. Pure: plain values in, plain values out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one target came from."""

    carried_on_from: int | None
    start: int


@dataclass(frozen=True, slots=True)
class Past:
    """One judgement of a completed review. `step` is None where it was not seen; `period` is its academic year and term."""

    target: int
    step: int | None
    period: tuple[int, str]
    first_achieved: bool = False
    closes: bool = False


def line_of(target: int, origins: Mapping[int, Origin]) -> Iterator[int]:
    """The target, the one it was carried on from, and so on back to the first."""
    here: int | None = target
    while here is not None:
        yield here
        here = origins[here].carried_on_from


@dataclass(frozen=True, slots=True)
class History:
    """What completed reviews said of one target's lineage, oldest first, and the step at which the lineage began."""

    target: int
    past: tuple[Past, ...]
    first_start: int

    @property
    def steps(self) -> tuple[int | None, ...]:
        return tuple(judgement.step for judgement in self.past)

    @property
    def is_settled(self) -> bool:
        """A review has closed this very target already."""
        return any(judgement.closes for judgement in self.past if judgement.target == self.target)

    @property
    def was_achieved(self) -> bool:
        """This very target reached its aim before."""
        return any(judgement.first_achieved for judgement in self.past if judgement.target == self.target)

    def steps_before(self, period: tuple[int, str]) -> tuple[int | None, ...]:
        """The steps of other, earlier terms."""
        return tuple(judgement.step for judgement in self.past if judgement.period != period)


def history_of(target: int, origins: Mapping[int, Origin], past: Sequence[Past]) -> History:
    """Pick one target's lineage out of all judgements of a pupil, given oldest first."""
    line = list(line_of(target, origins))
    return History(target, tuple(judgement for judgement in past if judgement.target in line), origins[line[-1]].start)
