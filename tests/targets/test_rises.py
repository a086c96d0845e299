"""How often a step rose after something had helped, by an independent count and by properties."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from targets import rises
from targets.rises import LEAST, TOP, Sight, Tally, followed, ranked, sureness, tallies

MONDAY = date(2026, 9, 7)


def on(day: int, step: int, *, target: int = 1, talk: int | None = None) -> Sight:
    """A sight on the n-th day; each day is a one-to-one of its own unless said otherwise."""
    return Sight(talk=day if talk is None else talk, target=target, day=MONDAY + timedelta(days=day), step=step)


@st.composite
def histories(draw) -> list[Sight]:
    """One-to-ones, sometimes two on a day, each seeing some of three targets."""
    days = sorted(draw(st.lists(st.integers(0, 30), min_size=1, max_size=10)))
    seen = draw(st.lists(st.dictionaries(st.integers(1, 3), st.integers(0, 4)), min_size=len(days), max_size=len(days)))
    return [on(day, step, target=target, talk=talk) for talk, day in enumerate(days) for target, step in seen[talk].items()]


uses = st.lists(st.tuples(st.integers(0, 9), st.sampled_from("abc")), unique=True, max_size=20)
counts = st.integers(0, 40).flatmap(lambda times: st.tuples(st.integers(0, times), st.just(times))).map(lambda pair: Tally(*pair))


def property_of(check: Callable) -> Callable:
    return settings(max_examples=200, deadline=None, derandomize=True)(check)


def plain_count(sights: list[Sight], talk: int) -> bool | None:
    """The rule once more, word by word and slowly."""
    moves = []
    for sight in sights:
        if sight.talk == talk and sight.step != 4:
            later = [other for other in sights if other.target == sight.target and other.day > sight.day]
            first_day = min((other.day for other in later), default=None)
            moves += [next(other.step for other in later if other.day == first_day) - sight.step] if later else []
    return (any(move > 0 for move in moves) and not any(move < 0 for move in moves)) if moves else None


@property_of
@given(histories())
def test_the_rule_holds_word_by_word(sights):
    expected = {talk: plain_count(sights, talk) for talk in {sight.talk for sight in sights}}
    assert followed(sights) == {talk: rose for talk, rose in expected.items() if rose is not None}


@property_of
@given(histories(), uses)
def test_no_more_rises_than_times_and_no_more_times_than_uses(sights, used):
    for key, each in tallies(sights, used).items():
        assert 0 <= each.rose <= each.times <= sum(of == key for _, of in used)


@property_of
@given(histories(), st.integers(0, 4), st.integers(1, 3))
def test_what_comes_later_changes_nothing_that_was_counted(sights, step, target):
    before = followed(sights)
    after = followed([*sights, on(40, step, target=target)])
    decided = {sight.talk for sight in sights if all(_is_followed(sights, other) for other in sights if other.talk == sight.talk)}
    assert {talk: after[talk] for talk in decided if talk in after} == {talk: before[talk] for talk in decided if talk in before}


def _is_followed(sights: list[Sight], sight: Sight) -> bool:
    return any(other.target == sight.target and other.day > sight.day for other in sights)


@property_of
@given(st.lists(st.integers(0, 3), min_size=2, max_size=12))
def test_steps_that_never_rise_give_no_rise_and_steps_that_always_rise_give_only_rises(steps):
    falling = [on(day, step) for day, step in enumerate(sorted(steps, reverse=True))]
    assert not any(followed(falling).values())
    rising = [on(day, step) for day, step in enumerate(sorted(set(steps)))]
    assert all(followed(rising).values())


@property_of
@given(histories(), uses)
def test_the_order_in_which_uses_come_changes_no_count(sights, used):
    assert tallies(sights, used) == tallies(sights, used[::-1])


@pytest.mark.parametrize(
    ("sights", "expected"),
    [
        ([on(0, 1)], {}),  # never seen again
        ([on(0, 1), on(7, 2)], {0: True}),
        ([on(0, 2), on(7, 2)], {0: False}),
        ([on(0, 2), on(7, 1)], {0: False}),
        ([on(0, TOP), on(7, TOP)], {}),  # from the top no step can follow
        ([on(0, 1), on(7, 2), on(7, 1, target=2), on(0, 1, target=2)], {0: True}),
        ([on(0, 1), on(0, 3, target=2), on(7, 2), on(7, 2, target=2)], {0: False}),  # one rose, one fell
        ([on(0, 1, talk=0), on(0, 3, talk=1), on(9, 2, talk=2)], {0: True, 1: False}),  # the same day is not afterwards
        ([on(0, 0), on(3, 2), on(7, 2)], {0: True, 3: False}),  # the rise seen in a one-to-one is not its own
    ],
)
def test_what_counts_as_a_step_up_that_followed(sights, expected):
    assert followed(sorted(sights, key=lambda sight: sight.day)) == expected


@property_of
@given(counts.filter(lambda each: each.times > 0))
def test_one_more_rise_or_one_more_time_of_the_same_share_never_ranks_lower(each):
    if each.rose < each.times:
        assert sureness(Tally(each.rose + 1, each.times)) > sureness(each)
    assert sureness(Tally(2 * each.rose, 2 * each.times)) >= sureness(each) - 1e-12
    assert sureness(each) + 1e-12 >= 0
    assert sureness(each) <= each.rose / each.times + 1e-12


@property_of
@given(st.dictionaries(st.sampled_from("abcdef"), counts))
def test_nothing_is_shown_of_fewer_than_five_times_or_without_any_rise(found):
    assert {*ranked(found)} == {key for key, each in found.items() if each.times >= LEAST == 5 and each.rose > 0}


def test_more_behind_it_stands_before_a_luckier_few_and_equals_keep_the_schools_order():
    assert ranked({"few": Tally(3, 5), "many": Tally(11, 20)}) == ["many", "few"]
    assert ranked({"second": Tally(3, 6), "first": Tally(3, 6), "none": Tally(0, 9)}) == ["second", "first"]


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("_next", lambda seen, place: next(iter(seen[place + 1 :]), None)),  # the same day counts as afterwards
        ("_next", lambda seen, place: seen[-1] if seen[-1].day > seen[place].day else None),  # the last sight instead of the next
        ("TOP", 5),  # a star that stays a star counts as a step that did not rise
    ],
)
def test_a_count_that_breaks_the_rule_is_found(monkeypatch, name, fault):
    monkeypatch.setattr(rises, name, fault)
    with pytest.raises(AssertionError):
        test_the_rule_holds_word_by_word()
