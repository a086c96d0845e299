"""The targets that a review looks at, each with what is decided so far."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from assessments import progress
from assessments.lineage import History
from assessments.models import Judgement, Review
from assessments.services.histories import histories_of
from targets.models import Target, WhyEnded


@dataclass(frozen=True)
class Line:
    """One target in one review. The judgement is a fresh one where nothing was saved yet."""

    target: Target
    judgement: Judgement
    history: History
    is_due: bool

    @property
    def is_closed(self) -> bool:
        """Closed outside the review: its closing step stands as the judgement."""
        return self.target.is_closed_outside

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
    lines: dict[int, list[Line]] = {pk: [] for pk in pks}
    for target in every:
        if _is_looked_at(target, histories[target.pk]):
            review = by_pupil[target.pupil_id]
            lines[review.pk].append(_line(review, target, found.get((review.pk, target.pk)), histories[target.pk]))
    return lines


def _is_looked_at(target: Target, history: History) -> bool:
    return target.status == Target.Status.ACTIVE or (target.is_closed_outside and not history.is_settled)


def _line(review: Review, target: Target, judgement: Judgement | None, history: History) -> Line:
    judgement = judgement or Judgement(review=review, target=target)
    if target.is_closed_outside:
        take_over_closing(judgement, target)
    cycle = review.cycle
    due = progress.counts(counts_from=target.counts_from, due_on=cycle.due_on, wait=cycle.counts_after_days)
    return Line(target, judgement, history, due)


def take_over_closing(judgement: Judgement, target: Target) -> None:
    """A target closed outside a review brings its closing step: closing early cannot lift a figure."""
    judgement.step = target.closing_step
    judgement.not_seen = target.closing_not_seen
    judgement.next = Judgement.Next.CLOSE
    judgement.reason = target.closing_reason
