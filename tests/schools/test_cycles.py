"""Planned dates, and two changes put together. Pure: no database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from schools.cycles import academic_year_of, bounds_of, planned
from schools.merging import merge

values = some.dictionaries(some.sampled_from("abc"), some.integers(0, 2))


@given(base=some.fixed_dictionaries(dict.fromkeys("abc", some.integers(0, 2))), theirs=values, mine=values)
def test_no_change_is_lost_without_a_question(base: dict[str, int], theirs: dict[str, int], mine: dict[str, int]) -> None:
    now, typed = base | theirs, base | mine
    merged, clashes = merge(base=base, theirs=now, mine=typed)
    assert {*merged, *clashes} == {*typed}
    for name, value in merged.items():
        assert value == typed[name] or typed[name] == base[name]
        assert value == now[name] or now[name] == base[name]


@pytest.mark.parametrize("how_many", [3, 6])
@pytest.mark.parametrize("year", range(2020, 2050))
def test_sensible_dates_lie_in_the_year_in_order_and_on_weekdays(year: int, how_many: int) -> None:
    first, last = bounds_of(year)
    plans = list(planned(year, how_many))
    assert [plan.number for plan in plans] == list(range(1, how_many + 1))
    ends = [first - timedelta(days=1), *(day for plan in plans for day in (plan.opens_on, plan.due_on)), last + timedelta(days=1)]
    assert all(one < other for one, other in zip(ends, ends[1:], strict=False))
    assert {plan.opens_on.weekday() for plan in plans} == {0}
    assert {plan.due_on.weekday() for plan in plans} == {4}


@pytest.mark.parametrize(("day", "year"), [(date(2026, 8, 31), 2025), (date(2026, 9, 1), 2026), (date(2027, 1, 1), 2026)])
def test_an_academic_year_begins_on_1_september(day: date, year: int) -> None:
    assert academic_year_of(day) == year
