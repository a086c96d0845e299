"""The targets that a review looks at, each with what is decided so far."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from assessments import progress
from assessments.lineage import History
from assessments.models import Judgement, Review
from assessments.services.histories import histories_of
from targets.models import Observation, Target, WhyEnded


@dataclass(frozen=True)
class Line:
    """One target in one review. The judgement is a fresh one where nothing was saved yet.

    Of a review that is open again, `carried_on` is the target that completing it created, as far as that still stands.
    """

    target: Target
    judgement: Judgement
    history: History
    is_due: bool
    carried_on: Target | None = None
    is_worked_on: bool = False

    @property
    def is_closed(self) -> bool:
        """Closed outside the review: its closing step stands as the judgement."""
        return self.target.is_closed_outside and not self.is_closed_since

    @property
    def is_closed_since(self) -> bool:
        """Closed outside after the review had been completed: the closing belongs to the next one."""
        return self.target.is_closed_outside and self.judgement.is_settled and not _is_closing_of(self.judgement, self.target)

    @property
    def stays(self) -> bool:
        """What completing led to has been built upon since, and no new judgement changes it."""
        return self.is_worked_on or self.is_closed_since

    @property
    def is_mistake(self) -> bool:
        return self.judgement.next == Judgement.Next.CLOSE and self.judgement.reason == WhyEnded.MISTAKE

    @property
    def previous(self) -> int:
        """The last seen judgement of the lineage, else the start."""
        return progress.previous_step(start=self.target.start, earlier=self.history.steps)

    @property
    def step_now(self) -> int:
        """Where a target that is carried on would start: the step seen, else the previous one."""
        return self.previous if self.judgement.step is None else self.judgement.step

    @property
    def reaches_aim(self) -> bool:
        return self.judgement.step is not None and self.judgement.step >= self.target.aim

    @property
    def left_to_do(self) -> str:
        """What is still wanted before the review can be completed, in words; empty when nothing is."""
        if self.is_closed or not (self.is_due or self.judgement.is_decided):
            return ""
        if not self.judgement.is_decided:
            return "Choose a step, or “Not seen” with the reason."
        return _LEFT.get(self.judgement.next, _left_undecided)(self)


def _left_undecided(line: Line) -> str:
    return "Choose what happens next."


def _left_of_next_step(line: Line) -> str:
    if line.step_now == progress.LAST_STEP:
        return "“Done it” is the top step, so there is no next step. Close the target, keep it, or change it."
    return _left_of_aim(line)


def _left_of_change(line: Line) -> str:
    if not line.judgement.next_wording:
        return "Write the changed target in the pupil’s words."
    return _left_of_aim(line) if line.judgement.reason else "Say why the target changes."


def _left_of_aim(line: Line) -> str:
    aim = line.judgement.next_aim
    return "Choose a next aim at or above the step seen now." if aim is not None and aim < line.step_now else ""


def _left_of_close(line: Line) -> str:
    return "" if line.reaches_aim or line.judgement.reason else "Say why the target ends before its aim is reached."


_LEFT: dict[str, Callable[[Line], str]] = {
    Judgement.Next.KEEP: lambda line: "",
    Judgement.Next.NEXT_STEP: _left_of_next_step,
    Judgement.Next.CHANGE: _left_of_change,
    Judgement.Next.CLOSE: _left_of_close,
}


def lines_of(review: Review) -> list[Line]:
    """Return what an open review looks at: active targets, and those closed since the last one; in three queries."""
    return lines_of_each([review])[review.pk]


def lines_of_each(reviews: Iterable[Review]) -> dict[int, list[Line]]:
    """Return the same for many reviews, each of another pupil, by review id; in three queries however many there are."""
    by_pupil = {review.pupil_id: review for review in reviews}
    pks = [review.pk for review in by_pupil.values()]
    every = list(Target.objects.filter(pupil__in=by_pupil).select_related("strand", "skill").order_by("slot", "pk"))
    judgements = Judgement.objects.filter(review__in=pks).select_related("saved_by")
    found = {(judgement.review_id, judgement.target_id): judgement for judgement in judgements}
    histories = histories_of(every, except_reviews=pks)
    carried = _carried_on(every, {judgement.target_id for judgement in found.values() if judgement.is_settled})
    lines: dict[int, list[Line]] = {pk: [] for pk in pks}
    for target in every:
        review = by_pupil[target.pupil_id]
        judgement = found.get((review.pk, target.pk))
        if _is_looked_at(target, judgement, histories[target.pk], carried):
            lines[review.pk].append(_line(review, target, judgement, histories[target.pk], carried))
    return lines


@dataclass(frozen=True)
class _Carried:
    """What an earlier completion of the reviews at hand created: by the target that it came from, and what was seen since."""

    by_origin: dict[int, Target]
    worked_on: frozenset[int]


def _carried_on(every: Iterable[Target], settled: set[int]) -> _Carried:
    """Look it up for reviews that are open again; for all others there is nothing to ask."""
    by_origin = {target.carried_on_from_id: target for target in every if target.carried_on_from_id in settled and _stands(target)}
    children = [target.pk for target in by_origin.values()]
    seen = Observation.objects.filter(target__in=children, one_to_one__voided_at=None).values_list("target", flat=True) if children else ()
    closed = (target.pk for target in by_origin.values() if target.status != Target.Status.ACTIVE)
    return _Carried(by_origin, frozenset((*seen, *closed)))


def _stands(target: Target) -> bool:
    """One that a new judgement took back was stopped without a closing step."""
    return target.status == Target.Status.ACTIVE or target.is_closed_outside


def _is_looked_at(target: Target, judgement: Judgement | None, history: History, carried: _Carried) -> bool:
    if judgement and judgement.is_settled:
        return True
    if target.carried_on_from_id and carried.by_origin.get(target.carried_on_from_id) == target:
        return False
    return target.status == Target.Status.ACTIVE or (target.is_closed_outside and not history.is_settled)


def _line(review: Review, target: Target, judgement: Judgement | None, history: History, carried: _Carried) -> Line:
    judgement = judgement or Judgement(review=review, target=target)
    if target.is_closed_outside and not judgement.is_settled:
        take_over_closing(judgement, target)
    cycle = review.cycle
    due = progress.counts(counts_from=target.counts_from, due_on=cycle.due_on, wait=cycle.counts_after_days)
    child = carried.by_origin.get(target.pk)
    return Line(target, judgement, history, due, child, bool(child and child.pk in carried.worked_on))


def take_over_closing(judgement: Judgement, target: Target) -> None:
    """A target closed outside a review brings its closing step: closing early cannot lift a figure."""
    judgement.step = target.closing_step
    judgement.not_seen = target.closing_not_seen
    judgement.next = Judgement.Next.CLOSE
    judgement.reason = target.closing_reason


def _is_closing_of(judgement: Judgement, target: Target) -> bool:
    """The judgement is the closing that `take_over_closing` brought."""
    taken = (target.closing_step, target.closing_not_seen, Judgement.Next.CLOSE, target.closing_reason)
    return (judgement.step, judgement.not_seen, judgement.next, judgement.reason) == taken
