"""Agreement between two markers: published values, the definition written out a second time, and what it refuses to say."""

from collections.abc import Sequence
from itertools import product
from statistics import correlation

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assessments.agreement import FEWEST, quadratic_kappa

STEPS = st.integers(0, 4)
PAIRS = st.lists(st.tuples(STEPS, STEPS), min_size=FEWEST, max_size=60)

# Two clinicians, 100 patients, four ordered categories: Sim and Wright, Physical Therapy 85 (2005), 257–268; kappa with
# quadratic weights is given there as .67.
SIM_AND_WRIGHT = ((15, 3, 1, 1), (4, 18, 3, 2), (4, 5, 16, 4), (1, 2, 4, 17))


def marks_of(table: Sequence[Sequence[int]]) -> tuple[list[int], list[int]]:
    pairs = [(a, b) for a, row in enumerate(table) for b, count in enumerate(row) for _ in range(count)]
    return [a for a, _ in pairs], [b for _, b in pairs]


def split(pairs: list[tuple[int, int]]) -> tuple[list[int], list[int]]:
    return [a for a, _ in pairs], [b for _, b in pairs]


def says_something(first: list[int], second: list[int]) -> bool:
    return len({*first, *second}) > 1


def by_definition(shares: dict[tuple[int, int], float]) -> float:
    """One less the mean squared distance, over the mean squared distance of two marks drawn apart from each other."""
    seen = sum(share * (a - b) ** 2 for (a, b), share in shares.items())
    by_chance = sum(p * q * (a - d) ** 2 for ((a, _), p), ((_, d), q) in product(shares.items(), shares.items()))
    return 1 - seen / by_chance


def shares_of(pairs: list[tuple[int, int]]) -> dict[tuple[int, int], float]:
    return {cell: pairs.count(cell) / len(pairs) for cell in product(range(5), range(5))}


def test_published_value():
    kappa = quadratic_kappa(*marks_of(SIM_AND_WRIGHT))
    assert kappa is not None
    assert round(kappa.kappa, 2) == 0.67
    assert kappa.n == 100


@given(PAIRS)
def test_it_is_its_definition(pairs):
    first, second = split(pairs)
    assume(says_something(first, second))
    kappa = quadratic_kappa(first, second)
    assert kappa is not None
    assert kappa.kappa == pytest.approx(by_definition(shares_of(pairs)))


@given(PAIRS)
def test_with_the_same_distribution_of_marks_it_is_their_correlation(pairs):
    """Cohen (1968), p. 218: with quadratic weights and equal margins weighted kappa is the product-moment correlation."""
    first, second = split([*pairs, *((b, a) for a, b in pairs)])
    assume(says_something(first, second))
    kappa = quadratic_kappa(first, second)
    assert kappa is not None
    assert kappa.kappa == pytest.approx(correlation(first, second))


@given(PAIRS)
def test_the_interval_is_that_of_the_delta_method(pairs):
    """Fleiss, Cohen and Everitt's variance is the spread of the slopes of kappa; here the slopes are measured, not derived."""
    first, second = split(pairs)
    assume(says_something(first, second))
    kappa, shares, nudge = quadratic_kappa(first, second), shares_of(pairs), 1e-6
    assert kappa is not None
    slopes = {}
    for cell in shares:
        up, down = ({**shares, cell: shares[cell] + way} for way in (nudge, -nudge))
        slopes[cell] = (normed(up) - normed(down)) / (2 * nudge)
    mean = sum(share * slopes[cell] for cell, share in shares.items())
    variance = sum(share * (slopes[cell] - mean) ** 2 for cell, share in shares.items()) / len(pairs)
    assume(kappa.low > -1 and kappa.high < 1)
    assert kappa.high - kappa.low == pytest.approx(2 * 1.959964 * variance**0.5, rel=1e-3, abs=1e-4)


def normed(shares: dict[tuple[int, int], float]) -> float:
    total = sum(shares.values())
    return by_definition({cell: share / total for cell, share in shares.items()})


@given(PAIRS)
def test_it_does_not_matter_who_marked_first(pairs):
    first, second = split(pairs)
    one, other = quadratic_kappa(first, second), quadratic_kappa(second, first)
    assert (one is None) == (other is None)
    if one and other:
        assert (one.kappa, one.low, one.high) == pytest.approx((other.kappa, other.low, other.high))
        assert -1 <= one.low <= one.kappa + 1e-9
        assert one.kappa - 1e-9 <= one.high <= 1


def test_the_same_marks_agree_wholly_and_a_far_miss_weighs_more_than_a_near_one():
    marks = [0, 1, 2, 3, 4] * 4
    assert quadratic_kappa(marks, marks).kappa == pytest.approx(1)
    near, far = [*marks[:-1], 3], [*marks[:-1], 0]
    assert 1 > quadratic_kappa(marks, near).kappa > quadratic_kappa(marks, far).kappa


def test_under_ten_pairs_there_is_no_value():
    marks = [0, 1, 2, 3, 4, 0, 1, 2, 3]
    assert quadratic_kappa(marks, marks) is None
    assert quadratic_kappa([*marks, 4], [*marks, 4]) is not None


def test_marks_that_all_fall_in_one_category_have_no_value():
    assert quadratic_kappa([2] * 12, [2] * 12) is None


def test_one_marker_who_always_says_the_same_agrees_no_more_than_chance():
    assert quadratic_kappa([2] * 12, [0, 1, 2] * 4).kappa == pytest.approx(0)


@pytest.mark.parametrize(("first", "second", "words"), [([1] * 10, [1] * 9, "10 marks against 9"), ([5] * 10, [1] * 10, "No such step")])
def test_what_are_no_pairs_of_steps_is_refused(first, second, words):
    with pytest.raises(ValueError, match=words):
        quadratic_kappa(first, second)
