"""A pupil's targets as the sheet of a meeting shows them: where each began, where it is now, and the last reviews."""

from dataclasses import dataclass

from assessments.lineage import Past
from assessments.models import Judgement, Review
from assessments.services.histories import histories_of
from assessments.services.lines import lines_of
from schools.models import Term
from targets.models import Target

LAST_REVIEWS = 3


@dataclass(frozen=True)
class SheetTarget:
    """One target. `now` is the step of this review, or while it is not judged yet the last one seen."""

    target: Target
    start: int
    aim: int
    now: int
    judged: Judgement
    earlier: tuple[tuple[str, int], ...]

    @property
    def is_unseen(self) -> bool:
        return bool(self.judged.not_seen)

    @property
    def is_judged(self) -> bool:
        return self.judged.step is not None


def sheet_of(review: Review) -> list[SheetTarget]:
    """Return the targets of a review, in two or three queries; of a finished one as they were judged."""
    return _as_judged(review) if review.status in Review.FINISHED else _as_drafted(review)


def _as_drafted(review: Review) -> list[SheetTarget]:
    return [
        SheetTarget(line.target, line.target.start, line.target.aim, line.step_now, line.judgement, _last(line.history.past))
        for line in lines_of(review)
    ]


def _as_judged(review: Review) -> list[SheetTarget]:
    judged = list(Judgement.objects.filter(review=review).select_related("target__strand").order_by("pk"))
    every = list(Target.objects.filter(pupil=review.pupil_id))
    not_before = Review.objects.filter(pupil=review.pupil_id, cycle__due_on__gte=review.cycle.due_on)
    histories = histories_of(every, except_reviews=not_before.values_list("pk", flat=True))
    return [_stored(each, histories[each.target_id].past) for each in judged]


def _stored(judged: Judgement, past: tuple[Past, ...]) -> SheetTarget:
    """A missed draft never stored its start and aim, so the target's own stand in."""
    target = judged.target
    start = target.start if judged.start is None else judged.start
    aim = target.aim if judged.aim is None else judged.aim
    return SheetTarget(target, start, aim, judged.last_seen if judged.step is None else judged.step, judged, _last(past))


def _last(past: tuple[Past, ...]) -> tuple[tuple[str, int], ...]:
    """The terms and steps of the last reviews in which it was seen."""
    seen = [(str(Term(each.period[1]).label), each.step) for each in past if each.step is not None]
    return tuple(seen[-LAST_REVIEWS:])
