"""Times work and floor in turns, so that whatever else the machine does falls on both; the median of the turns counts."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from statistics import median
from time import perf_counter

WARM_UP = 3


def leave() -> None:
    """There is nothing to clear up."""


@dataclass(frozen=True)
class Case:
    """One work beside its floor. `after` undoes a turn outside the clock; `goal` is how many times the floor it may cost."""

    name: str
    goal: float
    work: Callable[[], object]
    floor: Callable[[], object]
    after: Callable[[], object] = leave
    remark: str = ""


@dataclass(frozen=True)
class Result:
    """Medians in milliseconds."""

    case: Case
    work: float
    floor: float

    @property
    def ratio(self) -> float:
        return self.work / self.floor

    @property
    def is_met(self) -> bool:
        return self.ratio <= self.case.goal


def measure(cases: Iterable[Case], turns: int) -> Iterator[Result]:
    for case in cases:
        timed = [(_time(case.floor, case.after), _time(case.work, case.after)) for _ in range(WARM_UP + turns)][WARM_UP:]
        yield Result(case, median(work for _, work in timed), median(floor for floor, _ in timed))


def _time(what: Callable[[], object], after: Callable[[], object]) -> float:
    began = perf_counter()
    what()
    took = (perf_counter() - began) * 1000
    after()
    return took
