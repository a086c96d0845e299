"""What happens to targets after their review: kept, carried on as a new row of the lineage, or closed."""

from collections.abc import Callable
from datetime import date

from assessments import progress
from assessments.models import Judgement, Review
from assessments.services.lines import Line
from assessments.services.refusals import ReviewChangedMeanwhile
from schools import audit
from schools.models import User
from targets.models import Target
from targets.services.dates import next_review_date


def carry_on(lines: list[Line], review: Review, by: User | None, today: date) -> None:
    """Do what was decided for each target. Raises NoPlannedCycle when no later review is planned."""
    for line in lines:
        if line.judgement.next:
            _ACTIONS[line.judgement.next](line, review, by, today)


def _keep(line: Line, review: Review, by: User | None, today: date) -> None:
    """Only the review date moves; a newer target's may lie ahead already."""
    due_on = review.cycle.due_on
    if line.target.review_on <= due_on:
        _change(line.target, review_on=next_review_date(due_on))


def _carry(line: Line, review: Review, by: User | None, today: date) -> None:
    """End this row and begin a new one in the lineage at the step seen, in the same slot."""
    old, judgement = line.target, line.judgement
    is_change = judgement.next == Judgement.Next.CHANGE
    _end(line, by, today, otherwise=Target.Status.CHANGED)
    new = Target.objects.create(
        pupil_id=old.pupil_id,
        kind=old.kind,
        strand=old.strand,
        skill_id=old.skill_id,
        wording=judgement.next_wording if is_change else old.wording,
        how_we_will_know="" if is_change else old.how_we_will_know,
        start=line.step_now,
        aim=next_aim(line),
        set_on=today,
        counts_from=review.cycle.due_on,
        review_on=next_review_date(review.cycle.due_on),
        slot=old.slot,
        chosen_by_pupil=old.chosen_by_pupil,
        carried_on_from=old,
        set_by=by,
    )
    audit.record(by=by, action="target.carried-on", row=new)


def next_aim(line: Line) -> int:
    """The aim chosen in the review; else the old one, or one step up where that is reached."""
    if line.judgement.next_aim is not None:
        return line.judgement.next_aim
    return max(line.target.aim, min(line.step_now + 1, progress.LAST_STEP))


def _close(line: Line, review: Review, by: User | None, today: date) -> None:
    _end(line, by, today, otherwise=Target.Status.STOPPED)


def _end(line: Line, by: User | None, today: date, otherwise: Target.Status) -> None:
    """Achieved where the aim is reached, unless the target was set by mistake."""
    is_achieved = line.reaches_aim and not line.is_mistake
    reason = "" if is_achieved else line.judgement.reason
    status = Target.Status.ACHIEVED if is_achieved else otherwise
    _change(line.target, status=status, closed_on=today, closing_reason=reason, slot=None)
    audit.record(by=by, action=f"target.{status}", row=line.target)


def _change(target: Target, **values: object) -> None:
    """Change a target that is still active. Somebody may have closed it since the review was read."""
    if not Target.objects.active().filter(pk=target.pk).update(**values):
        raise ReviewChangedMeanwhile


_ACTIONS: dict[str, Callable[[Line, Review, User | None, date], None]] = {
    Judgement.Next.KEEP: _keep,
    Judgement.Next.NEXT_STEP: _carry,
    Judgement.Next.CHANGE: _carry,
    Judgement.Next.CLOSE: _close,
}
