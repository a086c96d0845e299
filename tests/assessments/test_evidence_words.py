"""What the evidence column says of a row's sightings."""

import pytest

from assessments.evidence import NO_EVIDENCE, Evidence, evidence_of


def test_a_sighting_without_a_step_counts_as_a_one_to_one_and_is_no_step():
    found = Evidence((1, None, 3))
    assert (found.count, found.seen) == (3, [1, 3])


@pytest.mark.parametrize(
    ("steps", "mostly"), [((), None), ((None,), None), ((2,), 2), ((3, 3, 1), 3), ((1, 3), 3), ((3, 1, None), 1), ((0, 0, 4, 4), 4)]
)
def test_mostly_is_the_step_seen_most_often_and_of_several_the_last_one(steps, mostly):
    assert Evidence(steps).mostly == mostly


@pytest.mark.parametrize(("steps", "suggestion"), [((), None), ((4, 4, 1, 2, 3), 2), ((1, 2), 1), ((0, None, 4, 4), 4)])
def test_the_suggestion_is_the_lower_median_of_the_last_three_seen(steps, suggestion):
    assert Evidence(steps).suggestion == suggestion


@pytest.mark.parametrize(
    ("steps", "trend"),
    [((), ""), ((2,), ""), ((1, 2), "up"), ((2, None, 1), "down"), ((2, 2), "flat"), ((1, 1, 2, 3, 3), "up"), ((3, 1, 3, 3), "flat")],
)
def test_the_trend_compares_the_last_few_with_the_first_few(steps, trend):
    assert Evidence(steps).trend == trend


def test_sightings_are_sorted_by_target_in_their_order():
    assert evidence_of([(7, 1), (8, 2), (7, None)]) == {7: Evidence((1, None)), 8: Evidence((2,))}
    assert NO_EVIDENCE.count == 0
