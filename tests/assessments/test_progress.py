"""Examples of the arithmetic: one line of each table is one case that a SENCO would recognise."""

from dataclasses import replace
from datetime import date

import pytest

from assessments.progress import (
    Closing,
    Figures,
    Judged,
    Movement,
    NextAction,
    TargetFacts,
    counts,
    default_next_action,
    expected_step,
    gas_level,
    gas_t_score,
    has_no_movement,
    judge,
    movement,
    previous_step,
    suggested_step,
    tally,
    wait_days,
)

SET_ON = date(2026, 9, 7)
DUE = date(2026, 12, 4)


def target(start: int = 1, aim: int = 3, **facts) -> TargetFacts:
    return TargetFacts(start=start, aim=aim, counts_from=SET_ON, **facts)


def judged(step: int | None, *, pupil: str = "a", start: int = 1, aim: int = 3, previous: int = 1, **facts) -> Judged:
    return Judged(pupil=pupil, step=step, start=start, aim=aim, previous=previous, **facts)


@pytest.mark.parametrize(("step", "previous", "way"), [(3, 2, "moved_on"), (2, 2, "same"), (0, 2, "gone_back"), (4, 0, "moved_on")])
def test_movement_is_measured_against_the_last_judgement(step, previous, way):
    assert movement(step, previous) == way


def test_a_hold_target_does_not_move_and_an_unseen_one_has_no_movement():
    assert judged(4, start=2, aim=2).movement is Movement.HOLD
    assert judged(None).movement is None
    assert judged(None).since_start is None


@pytest.mark.parametrize(
    ("days", "cycles", "is_counted"),
    [(28, 3, True), (27, 3, False), (14, 6, True), (13, 6, False), (27, 4, False), (14, 3, False), (0, 3, False), (-1, 6, False)],
)
def test_a_target_counts_28_days_before_the_due_date_or_14_with_six_cycles(days, cycles, is_counted):
    assert counts(counts_from=date.fromordinal(DUE.toordinal() - days), due_on=DUE, wait=wait_days(cycles)) is is_counted


@pytest.mark.parametrize(
    ("earlier", "previous"),
    [((), 1), ((None,), 1), ((2,), 2), ((2, None), 2), ((2, 3, None, None), 3), ((3, 0), 0)],
)
def test_previous_is_the_last_seen_judgement_of_the_lineage_or_else_the_start(earlier, previous):
    assert previous_step(start=1, earlier=earlier) == previous


@pytest.mark.parametrize(
    ("on", "step"),
    [
        (date(2026, 9, 1), 1),  # before the target counts
        (SET_ON, 1),
        (date(2026, 10, 20), 1),  # 43 of 88 days
        (date(2026, 10, 21), 2),  # 44 of 88 days: half of the way
        (date(2026, 12, 3), 2),
        (DUE, 3),  # the aim from the review date on
        (date(2027, 3, 1), 3),
    ],
)
def test_expected_goes_straight_from_start_to_aim_in_whole_steps(on, step):
    assert expected_step(start=1, aim=3, counts_from=SET_ON, review_on=DUE, on=on) == step


def test_expected_refuses_an_aim_below_the_start_and_a_review_before_the_target():
    with pytest.raises(ValueError, match="below the start"):
        expected_step(start=3, aim=2, counts_from=SET_ON, review_on=DUE, on=DUE)
    with pytest.raises(ValueError, match="not after"):
        expected_step(start=1, aim=2, counts_from=DUE, review_on=DUE, on=DUE)


@pytest.mark.parametrize(
    ("seen", "suggestion"),
    [
        ((), None),
        ((None, None), None),
        ((3,), 3),
        ((1, 4), 1),
        ((1, 4, 2), 2),
        ((0, 0, 4, 4, 3), 4),
        ((4, None, 1, None, 2), 2),
        ((2, 2, 2, 0, None), 2),
    ],
)
def test_a_suggestion_is_the_lower_median_of_the_last_three_seen(seen, suggestion):
    assert suggested_step(seen) == suggestion


@pytest.mark.parametrize(
    ("earlier", "still"),
    [((), False), ((2,), False), ((2, 2), True), ((2, 3), False), ((2, None, 2), True), ((2, 2, 3), False), ((None, 2), False)],
)
def test_no_movement_means_the_last_two_seen_judgements_are_equal(earlier, still):
    assert has_no_movement(earlier) is still


@pytest.mark.parametrize(("step", "action"), [(4, NextAction.CLOSE), (3, NextAction.KEEP), (0, NextAction.KEEP), (None, NextAction.KEEP)])
def test_done_it_closes_and_anything_else_keeps(step, action):
    assert default_next_action(step) is action


def test_completing_a_review_stores_what_the_figures_read():
    facts = target(earlier=(2, None))
    assert judge(pupil="a", target=facts, step=3, due_on=DUE) == judged(3, previous=2, first_achieved=True)
    again = judge(pupil="a", target=replace(facts, was_achieved=True), step=4, due_on=DUE)
    assert again.reached_aim
    assert not again.first_achieved


def test_a_closing_step_becomes_the_judgement():
    closed = target(closing=Closing(step=1))
    assert judge(pupil="a", target=closed, step=4, due_on=DUE).step == 1
    not_seen = target(closing=Closing(step=None))
    assert judge(pupil="a", target=not_seen, step=4, due_on=DUE).step is None
    mistake = judge(pupil="a", target=target(closing=Closing(step=1, by_mistake=True)), step=None, due_on=DUE)
    assert mistake.by_mistake
    assert tally([mistake]) == Figures(set_by_mistake=1)


@pytest.mark.parametrize("step", [-1, 5])
def test_a_step_outside_the_ladder_is_refused(step):
    with pytest.raises(ValueError, match="from 0 to 4"):
        judge(pupil="a", target=target(), step=step, due_on=DUE)
    with pytest.raises(ValueError, match="from 0 to 4"):
        target(start=0, aim=step)


def test_an_aim_below_the_start_is_refused():
    with pytest.raises(ValueError, match="below the start"):
        target(start=3, aim=2)


ONE_CLASS = [
    judged(3, pupil="a", first_achieved=True),
    judged(0, pupil="a", previous=2, start=2),
    judged(1, pupil="b"),
    judged(2, pupil="b", start=2, aim=2),  # hold, held
    judged(1, pupil="c", start=2, aim=2),  # hold, not held: the only target of this pupil
    judged(None, pupil="d"),
    judged(4, pupil="e", counts=False, first_achieved=True),
    judged(None, pupil="f", counts=False),
    judged(4, pupil="g", by_mistake=True),
    judged(4, pupil="b", previous=4),  # done before and still there: achieved was counted then
]


def test_figures_of_one_class():
    figures = tally(ONE_CLASS)
    assert (figures.pupils, figures.pupils_moved_on, figures.headline) == (2, 1, 0.5)
    assert (figures.judged, figures.moving, figures.hold) == (6, 4, 2)
    assert (figures.moved_on, figures.same, figures.gone_back) == (1, 2, 1)
    assert (figures.achieved, figures.held) == (1, 1)
    assert (figures.not_seen, figures.too_new, figures.set_by_mistake) == (1, 2, 1)
    assert (figures.since_start_sum, figures.since_start_squares) == (2 - 2 + 0 + 3, 4 + 4 + 0 + 9)


def test_no_judgement_gives_no_headline():
    assert tally([]) == Figures()
    assert Figures().headline is None
    assert not Figures().is_incomplete


@pytest.mark.parametrize(("seen", "not_seen", "is_incomplete"), [(8, 2, False), (79, 21, True), (4, 1, False), (0, 1, True)])
def test_above_a_fifth_not_seen_a_rate_is_incomplete(seen, not_seen, is_incomplete):
    assert Figures(judged=seen, not_seen=not_seen).is_incomplete is is_incomplete


@pytest.mark.parametrize(
    ("levels", "weights", "score"),
    [
        ((2, 2, 2), None, 77.38613),
        ((0, -1, 1), None, 50.0),
        ((0, 1, 1), None, 59.12871),
        ((2, 1, 2), None, 72.82177),
        ((-2, 0, -1, 2, 0, 1), (3, 5, 1, 4, 2, 6), 55.0),
    ],
)
def test_goal_attainment_gives_the_published_values(levels, weights, score):
    assert gas_t_score(levels, weights) == pytest.approx(score, abs=5e-6)


def test_goal_attainment_of_nothing_is_no_value():
    assert gas_t_score([]) is None
    assert gas_t_score([1, 2], [0, 0]) is None


@pytest.mark.parametrize(("levels", "weights"), [((1, 2), (1,)), ((1,), (-1,)), ((3,), (1,)), ((-3,), None)])
def test_goal_attainment_refuses_what_is_out_of_range(levels, weights):
    with pytest.raises(ValueError, match=r"weight|Weights"):
        gas_t_score(levels, weights)


@pytest.mark.parametrize(("step", "aim", "level"), [(4, 0, 2), (0, 4, -2), (3, 3, 0), (2, 3, -1), (4, 3, 1)])
def test_goal_attainment_level_is_the_distance_to_the_aim_kept_within_two(step, aim, level):
    assert gas_level(step=step, aim=aim) == level
