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
            do_next(line, review, by, today)


def do_next(line: Line, review: Review, by: User | None, today: date) -> None:
    _ACTIONS[line.judgement.next](line, review, by, today)


def _keep(line: Line, review: Review, by: User | None, today: date) -> None:
    """Only the review date moves; a newer target's may lie ahead already."""
    due_on = review.cycle.due_on
    if line.target.review_on <= due_on:
        _change(line.target, review_on=next_review_date(due_on))


def _carry(line: Line, review: Review, by: User | None, today: date) -> None:
    """End this row and begin a new one in the lineage at the step seen, in the same slot."""
    old = line.target
    _end(line, by, today)
    new = Target.objects.create(
        pupil_id=old.pupil_id,
        kind=old.kind,
        strand=old.strand,
        skill_id=old.skill_id,
        subject=old.subject,
        importance=old.importance,
        **what_comes_next(line),
        set_on=today,
        counts_from=review.cycle.due_on,
        review_on=next_review_date(review.cycle.due_on),
        slot=old.slot,
        chosen_by_pupil=old.chosen_by_pupil,
        carried_on_from=old,
        set_by=by,
    )
    audit.record(by=by, action="target.carried-on", row=new)


def what_comes_next(line: Line) -> dict[str, object]:
    """Words, start and aim of the target that carries this one on."""
    old, judgement = line.target, line.judgement
    is_change = judgement.next == Judgement.Next.CHANGE
    return {
        "wording": judgement.next_wording if is_change else old.wording,
        "how_we_will_know": "" if is_change else old.how_we_will_know,
        "start": line.step_now,
        "aim": next_aim(line),
    }


def next_aim(line: Line) -> int:
    """The aim chosen in the review; else the old one, or one step up where that is reached."""
    if line.judgement.next_aim is not None:
        return line.judgement.next_aim
    return max(line.target.aim, min(line.step_now + 1, progress.LAST_STEP))


def _close(line: Line, review: Review, by: User | None, today: date) -> None:
    _end(line, by, today)


def _end(line: Line, by: User | None, today: date) -> None:
    ending = ending_of(line)
    _change(line.target, **ending, closed_on=today, slot=None)
    audit.record(by=by, action=f"target.{ending['status']}", row=line.target)


def ending_of(line: Line) -> dict[str, object]:
    """Achieved where the aim is reached, unless the target was set by mistake; else changed, or stopped, with the reason."""
    if line.reaches_aim and not line.is_mistake:
        return {"status": Target.Status.ACHIEVED, "closing_reason": ""}
    is_closing = line.judgement.next == Judgement.Next.CLOSE
    return {"status": Target.Status.STOPPED if is_closing else Target.Status.CHANGED, "closing_reason": line.judgement.reason}


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
