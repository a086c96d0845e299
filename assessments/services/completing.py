"""Completing a review: what it decided is stored for good, and its targets go on, change or close."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from assessments import progress
from assessments.models import Judgement, Review
from assessments.services.carrying_again import carry_again
from assessments.services.carrying_on import carry_on
from assessments.services.facts import facts_to_copy
from assessments.services.lines import Line, lines_of
from assessments.services.refusals import ReviewChangedMeanwhile, ReviewIsPaused, TargetsLeft
from assessments.services.statuses import refuse_finished, refuse_left
from pupils.models import Pupil
from schools import audit
from schools.models import User
from targets.services.targets import lock


@transaction.atomic
def complete_review(*, review: Review, version: int, by: User | None, at: datetime | None = None) -> Review:
    """Complete the review that somebody looked at in this version. Refused while anything is left to do, and a second time."""
    at = at or timezone.now()
    pupil = lock(review.pupil)  # before the review, as whoever takes something back does, so that neither waits for the other
    refuse_left(pupil, timezone.localdate(at))
    _finish(review, pupil, version, by, at)
    completed = Review.objects.select_related("cycle", "pupil__school").get(pk=review.pk)
    lines = lines_of(completed)
    if any(line.left_to_do for line in lines):
        raise TargetsLeft
    settled_before = {line.target.pk for line in lines if line.judgement.is_settled}
    for line in lines:
        settle(line, completed)
    _store([line.judgement for line in lines])
    _carry([line for line in lines if not line.is_closed], settled_before, completed, by, timezone.localdate(at))
    audit.record(by=by, action="review.completed", row=completed)
    return completed


def _finish(review: Review, pupil: Pupil, version: int, by: User | None, at: datetime) -> None:
    """Mark the review completed if it is still open in this version; of two people one gets through."""
    review.refresh_from_db(fields=["completed_at"])
    facts = facts_to_copy(review, pupil, timezone.localdate(at))
    changed = (
        Review.objects.unfinished()
        .exclude(status__in=Review.PAUSED)
        .filter(pk=review.pk, version=version)
        .update(status=Review.Status.COMPLETED, version=F("version") + 1, completed_by=by, completed_at=at, **facts)
    )
    if not changed:
        current = Review.objects.get(pk=review.pk)
        refuse_finished(current)
        raise ReviewIsPaused if current.is_paused else ReviewChangedMeanwhile


def settle(line: Line, review: Review) -> None:
    """Store with the judgement what figures are made of. A target too new to count, and not judged, is stored as just that.

    Of a review that was opened again all that stays as it was first stored; whether the aim is reached goes with the step.
    """
    target, judgement, cycle = line.target, line.judgement, review.cycle
    facts = progress.TargetFacts(
        start=target.start,
        aim=target.aim,
        counts_from=target.counts_from,
        earlier=line.history.steps,
        was_achieved=line.history.was_achieved,
        closing=progress.Closing(target.closing_step) if line.is_closed else None,
    )
    judged = progress.judge(pupil=review.pupil_id, target=facts, step=judgement.step, due_on=cycle.due_on, wait=cycle.counts_after_days)
    judgement.step, judgement.first_achieved = judged.step, judged.first_achieved
    if judgement.is_settled:
        return
    earlier_terms = line.history.steps_before((cycle.academic_year, cycle.term))
    judgement.start, judgement.aim, judgement.previous = judged.start, judged.aim, judged.previous
    judgement.previous_term = progress.previous_step(start=line.history.first_start, earlier=earlier_terms)
    judgement.counts = judged.counts
    judgement.strand_key = target.strand.key if target.strand else ""
    judgement.skill_key = target.skill.key if target.skill else ""


def _carry(lines: list[Line], settled_before: set[int], review: Review, by: User | None, today: date) -> None:
    """What becomes of the targets: at the first completion, and of those that an earlier one has settled."""
    carry_on([line for line in lines if line.target.pk not in settled_before], review, by, today)
    for line in lines:
        if line.target.pk in settled_before:
            carry_again(line, review, by, today)


def _store(judgements: list[Judgement]) -> None:
    for judgement in judgements:
        judgement.save()
