"""Planned dates. Pure: no database."""

from datetime import date, timedelta

import pytest

from schools.cycles import academic_year_of, bounds_of, planned


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
