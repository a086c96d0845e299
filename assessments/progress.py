"""Honest arithmetic over judgements. Pure: plain values in, plain values out, no Django.

A step is a whole number from 0 (not started) to 4 (done it); *not seen* is None, which is no value and never zero.
Progress is measured against the child's own last seen judgement. Pupils, staff and schools are never ranked.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import sqrt

FIRST_STEP, LAST_STEP = 0, 4
WAIT_DAYS, WAIT_DAYS_OF_SIX_CYCLES = 28, 14
SIX_CYCLES = 6
INCOMPLETE_ABOVE_ONE_IN = 5
EVIDENCE_SIZE = 3


class Movement(StrEnum):
    """Where a seen judgement stands against the one before it. A hold target never moves: it is *hold*."""

    MOVED_ON = "moved_on"
    SAME = "same"
    GONE_BACK = "gone_back"
    HOLD = "hold"


class NextAction(StrEnum):
    """What happens to a target after its judgement."""

    KEEP = "keep"
    NEXT_STEP = "next_step"
    CHANGE = "change"
    CLOSE = "close"


def check_step(step: int) -> int:
    """The step itself. Raises ValueError outside 0 to 4."""
    if not FIRST_STEP <= step <= LAST_STEP:
        raise ValueError(f"A step is a whole number from 0 to 4, not {step!r}")
    return step


# ---------------------------------------------------------------------------------------------------------- one target


@dataclass(frozen=True, slots=True)
class Closing:
    """How a target was closed outside a review: with its step, or None for not seen. *By mistake* leaves every figure."""

    step: int | None
    by_mistake: bool = False


@dataclass(frozen=True, slots=True)
class TargetFacts:
    """What is known of a target when one of its reviews is completed.

    `earlier` holds the judgements of the target's lineage, oldest first, None for not seen. `was_achieved` says that an
    earlier judgement of this very target reached the aim. Raises ValueError for a step outside 0 to 4 or an aim below start.
    """

    start: int
    aim: int
    counts_from: date
    earlier: tuple[int | None, ...] = ()
    was_achieved: bool = False
    closing: Closing | None = None

    def __post_init__(self) -> None:
        if check_step(self.aim) < check_step(self.start):
            raise ValueError(f"The aim ({self.aim}) is below the start ({self.start})")


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement with the columns stored at its review's first completion. Figures read these and nothing else."""

    pupil: Hashable
    step: int | None
    start: int
    aim: int
    previous: int
    counts: bool = True
    first_achieved: bool = False
    by_mistake: bool = False

    @property
    def is_hold(self) -> bool:
        """To stay where one is was the aim: such a target stands outside the headline."""
        return self.aim == self.start

    @property
    def is_counted(self) -> bool:
        return self.counts and not self.by_mistake

    @property
    def reached_aim(self) -> bool:
        return self.step is not None and self.step >= self.aim

    @property
    def movement(self) -> Movement | None:
        """None when it was not seen."""
        if self.step is None:
            return None
        return Movement.HOLD if self.is_hold else movement(self.step, self.previous)

    @property
    def since_start(self) -> int | None:
        """Steps since the target was set: shown beside the movement, never summed over cycles."""
        return None if self.step is None else self.step - self.start


def movement(step: int, previous: int) -> Movement:
    """Moved on, gone back or the same, against the last seen judgement."""
    if step == previous:
        return Movement.SAME
    return Movement.MOVED_ON if step > previous else Movement.GONE_BACK


def wait_days(cycles_a_year: int) -> int:
    """How old a target must be on the due date before it counts: 28 days, or 14 in a school with six cycles a year."""
    return WAIT_DAYS_OF_SIX_CYCLES if cycles_a_year == SIX_CYCLES else WAIT_DAYS


def counts(*, counts_from: date, due_on: date, wait: int = WAIT_DAYS) -> bool:
    """Is the target at least `wait` days old on the due date?"""
    return due_on - counts_from >= timedelta(days=wait)


def previous_step(*, start: int, earlier: Sequence[int | None]) -> int:
    """The last seen judgement of the lineage (oldest first), else the start."""
    return next((step for step in reversed(earlier) if step is not None), start)


def judge(*, pupil: Hashable, target: TargetFacts, step: int | None, due_on: date, wait: int = WAIT_DAYS) -> Judged:
    """The columns to store when a review is first completed.

    A target that was closed before the review brings its closing step, whatever is given here: closing early cannot lift a
    figure. Raises ValueError for a step outside 0 to 4.
    """
    taken = target.closing.step if target.closing else step
    if taken is not None:
        check_step(taken)
    return Judged(
        pupil=pupil,
        step=taken,
        start=target.start,
        aim=target.aim,
        previous=previous_step(start=target.start, earlier=target.earlier),
        counts=counts(counts_from=target.counts_from, due_on=due_on, wait=wait),
        first_achieved=taken is not None and taken >= target.aim and not target.was_achieved,
        by_mistake=bool(target.closing and target.closing.by_mistake),
    )


def expected_step(*, start: int, aim: int, counts_from: date, review_on: date, on: date) -> int:
    """The step to be expected on a day, in whole numbers: on the straight way from start to aim, the aim from the review date on.

    Raises ValueError when the aim is below the start or the review date is not after `counts_from`.
    """
    if check_step(aim) < check_step(start):
        raise ValueError(f"The aim ({aim}) is below the start ({start})")
    days_total = (review_on - counts_from).days
    if days_total <= 0:
        raise ValueError("The review date is not after the day from which the target counts")
    days_gone = max(0, (on - counts_from).days)
    return min(aim, start + (aim - start) * days_gone // days_total)


def has_no_movement(earlier: Iterable[int | None]) -> bool:
    """Are the last two seen judgements (oldest first) equal? With fewer than two there is nothing to say: no."""
    seen = [step for step in earlier if step is not None]
    return len(seen) > 1 and seen[-1] == seen[-2]


def suggested_step(observations: Iterable[int | None]) -> int | None:
    """What the evidence suggests: the lower median of the last three seen observations (oldest first). None without any."""
    seen = sorted([step for step in observations if step is not None][-EVIDENCE_SIZE:])
    return seen[(len(seen) - 1) // 2] if seen else None


def default_next_action(step: int | None) -> NextAction:
    """Done it closes the target; anything else keeps it."""
    return NextAction.CLOSE if step == LAST_STEP else NextAction.KEEP


# ---------------------------------------------------------------------------------------------------------- many targets


@dataclass(frozen=True, slots=True)
class Figures:
    """The exact figures of one set of judgements. Whoever leaves the school with them must go through suppression.

    `pupils` are the distinct pupils with a counted, seen judgement of a target that can move; `judged` are all
    counted, seen judgements, hold targets among them. `since_start` and its squares run over the targets that can move.
    """

    pupils: int = 0
    pupils_moved_on: int = 0
    judged: int = 0
    moved_on: int = 0
    same: int = 0
    gone_back: int = 0
    achieved: int = 0
    held: int = 0
    not_seen: int = 0
    too_new: int = 0
    since_start_sum: int = 0
    since_start_squares: int = 0
    set_by_mistake: int = 0

    @property
    def moving(self) -> int:
        """Judged targets that can move: the n of moved on, same, gone back, achieved and since start."""
        return self.moved_on + self.same + self.gone_back

    @property
    def hold(self) -> int:
        """Judged targets whose aim is to stay: the n of held."""
        return self.judged - self.moving

    @property
    def headline(self) -> float | None:
        """Pupils who moved on in at least one counted target, of pupils with a counted, seen judgement. None without pupils."""
        return self.pupils_moved_on / self.pupils if self.pupils else None

    @property
    def is_incomplete(self) -> bool:
        return is_incomplete(not_seen=self.not_seen, judged=self.judged)


def is_incomplete(*, not_seen: int, judged: int) -> bool:
    """More than a fifth of the counted targets were not seen."""
    return INCOMPLETE_ABOVE_ONE_IN * not_seen > judged + not_seen


def tally(judgements: Iterable[Judged]) -> Figures:
    """Count judgements of personal and soft-skill targets. Give it all judgements of a slice at once: tallies are not added up.

    Three promises hold for every input: a judgement that does not count changes nothing but `too_new`; a further target of a
    counted pupil lowers neither the headline nor any count; the aim enters only `achieved` and whether a target is a hold.
    """
    every = list(judgements)
    counted = [row for row in every if row.is_counted]
    seen = [row for row in counted if row.step is not None]
    moving = [row for row in seen if not row.is_hold]
    ways = [row.movement for row in moving]
    since = [row.since_start or 0 for row in moving]
    return Figures(
        pupils=len({row.pupil for row in moving}),
        pupils_moved_on=len({row.pupil for row in moving if row.movement is Movement.MOVED_ON}),
        judged=len(seen),
        moved_on=ways.count(Movement.MOVED_ON),
        same=ways.count(Movement.SAME),
        gone_back=ways.count(Movement.GONE_BACK),
        achieved=sum(row.first_achieved for row in moving),
        held=sum(row.reached_aim for row in seen if row.is_hold),
        not_seen=len(counted) - len(seen),
        too_new=sum(not row.counts for row in every if not row.by_mistake),
        since_start_sum=sum(since),
        since_start_squares=sum(steps * steps for steps in since),
        set_by_mistake=sum(row.by_mistake for row in every),
    )


# --------------------------------------------------------------------------------------------------- goal attainment scaling

GAS_MEAN, GAS_SPREAD = 50.0, 10.0
GAS_OWN, GAS_SHARED = 0.7, 0.3
GAS_LIMIT = 2


def gas_level(*, step: int, aim: int) -> int:
    """How far from the aim, kept within -2 (much less) and 2 (much more). Raises ValueError for a step outside 0 to 4."""
    return max(-GAS_LIMIT, min(GAS_LIMIT, check_step(step) - check_step(aim)))


def gas_t_score(levels: Sequence[int], weights: Sequence[float] | None = None) -> float | None:
    """Goal Attainment Scaling: T = 50 + 10·Σwx / sqrt(0.7·Σw² + 0.3·(Σw)²), equal weights when none are given.

    `levels` run from -2 to 2, weights from 0 up; 50 means as aimed. None when the weights sum to nothing. Raises ValueError
    for a level out of range, a negative weight, or two lists of unlike length. T falls as the aim rises, so it is optional,
    explained, and never in a dashboard, summary or report. Source: Kiresuk & Sherman 1968, with the erratum to
    Turner-Stokes 2009 (the formula printed in that article is wrong).
    """
    weights = [1.0] * len(levels) if weights is None else weights
    if len(weights) != len(levels):
        raise ValueError("Each level needs one weight")
    if any(weight < 0 for weight in weights) or any(abs(level) > GAS_LIMIT for level in levels):
        raise ValueError("Weights start at 0 and levels lie between -2 and 2")
    total = sum(weights)
    if not total:
        return None
    spread = sqrt(GAS_OWN * sum(weight * weight for weight in weights) + GAS_SHARED * total * total)
    return GAS_MEAN + GAS_SPREAD * sum(weight * level for weight, level in zip(weights, levels, strict=True)) / spread
