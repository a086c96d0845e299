"""What the bench says is worth no more than its clock: medians of turns that take turns, and nothing else inside the clock."""

from datetime import date

import pytest

from bench import results, stopwatch
from bench.seeding import cycles_around
from bench.sizes import SIZES
from bench.stopwatch import Case, Result, measure


class Clock:
    """A clock that goes on only where something takes its time."""

    def __init__(self) -> None:
        self.now = 0.0
        self.order: list[str] = []

    def __call__(self) -> float:
        return self.now

    def taking(self, what: str, *seconds: float):
        left = list(seconds)

        def take() -> None:
            self.order.append(what)
            self.now += left.pop(0) if len(left) > 1 else left[0]

        return take


@pytest.fixture
def clock(monkeypatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(stopwatch, "perf_counter", clock)
    monkeypatch.setattr(stopwatch, "WARM_UP", 1)
    return clock


def test_the_median_of_the_turns_after_the_warm_up_counts(clock):
    case = Case("it", 4, clock.taking("work", 100, 3, 3, 90), clock.taking("floor", 50, 1, 1, 40))
    [found] = measure([case], turns=3)
    assert (found.work, found.floor, found.ratio, found.is_met) == (3000, 1000, 3.0, True)


def test_work_and_floor_take_turns_and_clearing_up_is_outside_the_clock(clock):
    case = Case("it", 1, clock.taking("work", 2), clock.taking("floor", 1), clock.taking("after", 500))
    [found] = measure([case], turns=1)
    assert clock.order == ["floor", "after", "work", "after"] * 2
    assert (found.work, found.floor, found.is_met) == (2000, 1000, False)


def test_a_missed_goal_is_said():
    case = Case("page: one", 3, print, print)
    assert "MISSED" not in results.line(Result(case, 3, 1))
    assert results.line(Result(case, 3.1, 1)).startswith("page: one ……")
    assert "3.10 ×  (goal ≤ 3, MISSED" in results.line(Result(case, 3.1, 1))


def test_a_run_is_added_to_the_record(tmp_path, monkeypatch):
    monkeypatch.setattr(results, "RECORD", tmp_path / "results.md")
    for run in ("first", "second"):
        results.record(run, [Result(Case("page: one", 3, print, print, remark="9 queries"), 8, 2)])
    said = (tmp_path / "results.md").read_text()
    assert said.index("## first") < said.index("## second")
    assert "| page: one | 4.00 × | ≤ 3 | missed | 8.0 ms | 2.0 ms | 9 queries |" in said


@pytest.mark.parametrize("scale", SIZES)
def test_no_size_takes_fewer_than_20_turns(scale):
    assert SIZES[scale].turns >= 20


@pytest.mark.parametrize("today", [date(2026, 9, 1), date(2026, 12, 5), date(2027, 1, 10), date(2027, 7, 20)])
@pytest.mark.parametrize("completed", [3, 9])
def test_the_seeded_cycles_end_with_the_one_after_the_one_due_next(today, completed):
    cycles = cycles_around(today, completed)
    assert len(cycles) == completed + 2
    assert len({(year, plan.number) for year, plan in cycles}) == completed + 2
    assert cycles[-3][1].due_on < today <= cycles[-2][1].due_on < cycles[-1][1].opens_on
