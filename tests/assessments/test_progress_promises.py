"""The promises of the figures, each as a property, and each shown to catch an implementation that breaks it."""

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.progress import Closing, Figures, Judged, Movement, TargetFacts, expected_step, judge, suggested_step, tally

DUE = date(2026, 12, 4)
Tally = Callable[[list[Judged]], Figures]

steps = st.integers(0, 4)
maybe_seen = st.none() | steps


@st.composite
def judgements(draw, *, is_counted: bool | None = None) -> Judged:
    start = draw(steps)
    return Judged(
        pupil=draw(st.sampled_from("abcd")),
        step=draw(maybe_seen),
        start=start,
        aim=draw(st.integers(start, 4)),
        previous=draw(steps),
        counts=draw(st.booleans()) if is_counted is None else is_counted,
        first_achieved=draw(st.booleans()),
    )


@st.composite
def targets(draw, *, days) -> TargetFacts:
    start = draw(steps)
    return TargetFacts(
        start=start,
        aim=draw(st.integers(start, 4)),
        counts_from=DUE - timedelta(days=draw(days)),
        earlier=tuple(draw(st.lists(maybe_seen, max_size=3))),
    )


def many(**how):
    return st.lists(judgements(**how), max_size=12)


def shares(figures: Figures) -> dict[str, float]:
    """Everything that must not fall, the headline among it."""
    return asdict(figures) | {"headline": figures.headline or 0.0}


def property_of(check):
    """300 examples of one property, the same in every run, however slow the machine."""
    return settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])(check)


# -- a target set inside the 28 days changes no figure


def new_targets_change_nothing(implementation: Tally) -> None:
    @property_of
    @given(many(), st.lists(st.tuples(targets(days=st.integers(-5, 27)), maybe_seen), min_size=1, max_size=4))
    def check(rows, young):
        added = [judge(pupil="a", target=facts, step=step, due_on=DUE) for facts, step in young]
        without, with_new = implementation(rows), implementation(rows + added)
        assert replace(with_new, too_new=without.too_new) == without
        assert with_new.too_new == without.too_new + len(added)

    check()


# -- a further target of a counted pupil lowers neither the headline nor any count


def further_targets_lower_nothing(implementation: Tally) -> None:
    @property_of
    @given(many(is_counted=True), judgements(is_counted=True))
    def check(rows, further):
        already = {row.pupil for row in rows if row.step is not None and not row.is_hold}
        if further.pupil not in already:
            return
        before, after = shares(implementation(rows)), shares(implementation([*rows, further]))
        assert [name for name in before if name != "since_start_sum" and after[name] < before[name]] == []

    check()


# -- the aim enters nothing but achieved and whether the target is a hold


def the_aim_changes_only_achieved(implementation: Tally) -> None:
    @property_of
    @given(many(), st.lists(steps, min_size=12, max_size=12))
    def check(rows, aims):
        moved = [row if row.is_hold else replace(row, aim=max(aim, row.start + 1)) for row, aim in zip(rows, aims, strict=False)]
        first, second = implementation(rows), implementation(moved)
        assert replace(second, achieved=first.achieved) == first

    check()


# -- closing early brings its step into the next review, so it cannot lift a figure


def closing_early_changes_nothing(implementation: Callable[[list[tuple[TargetFacts, int | None]]], Figures]) -> None:
    @property_of
    @given(st.lists(st.tuples(targets(days=st.integers(0, 90)), maybe_seen, st.booleans()), max_size=8))
    def check(cases):
        waited = [(facts, step) for facts, step, _ in cases]
        hurried = [(replace(facts, closing=Closing(step)), None) if early else (facts, step) for facts, step, early in cases]
        assert implementation(hurried) == implementation(waited)

    check()


def figures_of_review(cases: list[tuple[TargetFacts, int | None]]) -> Figures:
    return tally([judge(pupil=place % 3, target=facts, step=step, due_on=DUE) for place, (facts, step) in enumerate(cases)])


# -- implementations that break a promise


def ignoring_the_wait(rows: list[Judged]) -> Figures:
    return tally([replace(row, counts=True) for row in rows])


def of_targets_not_pupils(rows: list[Judged]) -> Figures:
    figures = tally(rows)
    return replace(figures, pupils=figures.moving, pupils_moved_on=figures.moved_on)


def only_where_every_target_moved(rows: list[Judged]) -> Figures:
    stuck = {row.pupil for row in rows if row.is_counted and row.movement in (Movement.SAME, Movement.GONE_BACK)}
    moved = {row.pupil for row in rows if row.is_counted and row.movement is Movement.MOVED_ON}
    return replace(tally(rows), pupils_moved_on=len(moved - stuck))


def moved_on_means_half_way_to_the_aim(rows: list[Judged]) -> Figures:
    moved = sum(row.is_counted and row.step is not None and 2 * (row.step - row.start) >= row.aim - row.start for row in rows)
    return replace(tally(rows), moved_on=moved)


def closed_targets_are_dropped(cases: list[tuple[TargetFacts, int | None]]) -> Figures:
    return figures_of_review([(facts, step) for facts, step in cases if facts.closing is None])


def closed_targets_are_not_seen(cases: list[tuple[TargetFacts, int | None]]) -> Figures:
    return figures_of_review([(replace(facts, closing=None), step) for facts, step in cases])


KEPT = [
    (new_targets_change_nothing, tally),
    (further_targets_lower_nothing, tally),
    (the_aim_changes_only_achieved, tally),
    (closing_early_changes_nothing, figures_of_review),
]
BROKEN = [
    (new_targets_change_nothing, ignoring_the_wait),
    (further_targets_lower_nothing, of_targets_not_pupils),
    (further_targets_lower_nothing, only_where_every_target_moved),
    (the_aim_changes_only_achieved, moved_on_means_half_way_to_the_aim),
    (closing_early_changes_nothing, closed_targets_are_dropped),
    (closing_early_changes_nothing, closed_targets_are_not_seen),
]


@pytest.mark.parametrize(("promise", "implementation"), KEPT)
def test_promise_is_kept(promise, implementation):
    promise(implementation)


@pytest.mark.parametrize(("promise", "implementation"), BROKEN)
def test_promise_catches_an_implementation_that_breaks_it(promise, implementation):
    with pytest.raises(AssertionError):
        promise(implementation)


# -- what else holds for every input


@given(many())
def test_the_parts_make_the_whole(rows):
    figures = tally(rows)
    assert figures.moving + figures.hold == figures.judged
    assert figures.judged + figures.not_seen + figures.too_new == len(rows)
    assert figures.pupils_moved_on <= min(figures.pupils, figures.moved_on)
    assert figures.pupils <= figures.moving
    assert figures.achieved <= figures.moving
    assert figures.held <= figures.hold


@given(many(), st.randoms(use_true_random=False))
def test_the_order_of_judgements_does_not_matter(rows, random):
    mixed = list(rows)
    random.shuffle(mixed)
    assert tally(mixed) == tally(rows)


@given(steps, st.data(), st.integers(1, 200), st.integers(-10, 220))
def test_expected_rises_from_start_to_aim_and_never_passes_it(start, data, total, gone):
    aim = data.draw(st.integers(start, 4))
    since = DUE - timedelta(days=total)
    day = since + timedelta(days=gone)
    today = expected_step(start=start, aim=aim, counts_from=since, review_on=DUE, on=day)
    tomorrow = expected_step(start=start, aim=aim, counts_from=since, review_on=DUE, on=day + timedelta(days=1))
    assert start <= today <= tomorrow <= aim
    assert day < DUE or today == aim


@given(st.lists(maybe_seen, max_size=8))
def test_a_suggestion_is_one_of_the_last_three_seen_and_at_least_half_of_them_reach_it(observations):
    seen = [step for step in observations if step is not None][-3:]
    suggestion = suggested_step(observations)
    assert (suggestion is None) == (not seen)
    if suggestion is not None:
        assert suggestion in seen
        assert 2 * sum(step >= suggestion for step in seen) >= len(seen)
        assert 2 * sum(step <= suggestion for step in seen) >= len(seen)
