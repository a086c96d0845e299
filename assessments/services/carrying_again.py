"""What happens to targets when a review that was opened again is completed again.

What completing created stays. A carried-on target without observations follows the new judgement; one with observations, or
closed since, stays as it is and is shown. Nothing is deleted: a target that is wanted no more is stopped as set by mistake.
"""

from datetime import date

from assessments.models import Judgement, Review
from assessments.services.carrying_on import do_next, ending_of, what_comes_next
from assessments.services.lines import Line
from assessments.services.refusals import ReviewChangedMeanwhile
from schools import audit
from schools.models import User
from targets.models import Target, WhyEnded
from targets.services.targets import free_slot

CARRIES_ON = (Judgement.Next.NEXT_STEP, Judgement.Next.CHANGE)


def carry_again(line: Line, review: Review, by: User | None, today: date) -> None:
    """Let a target follow its new judgement, as far as nobody has built upon the old one. Raises NoFreeSlot."""
    if line.stays or not line.judgement.next:
        return
    child, then = line.carried_on, line.judgement.next
    if child and then in CARRIES_ON:
        _follow(child, what_comes_next(line), by)
        _end_again(line, by)
        return
    if child:
        _take_back(child, by, today)
    if line.target.status == Target.Status.ACTIVE:
        do_next(line, review, by, today)
    elif then == Judgement.Next.CLOSE:
        _end_again(line, by)
    else:
        _revive(line.target, review, by)
        do_next(line, review, by, today)


def _follow(child: Target, values: dict[str, object], by: User | None) -> None:
    """Give a carried-on target that nobody has worked on the words and steps of the new judgement."""
    if all(getattr(child, name) == value for name, value in values.items()):
        return
    if not Target.objects.active().filter(pk=child.pk).update(**values):
        raise ReviewChangedMeanwhile
    audit.record(by=by, action="target.followed-review", row=child)


def _take_back(child: Target, by: User | None, today: date) -> None:
    """Stop a carried-on target that nobody has worked on; it is in no figure."""
    stopped = {"status": Target.Status.STOPPED, "closing_reason": WhyEnded.MISTAKE, "closed_on": today, "slot": None}
    if not Target.objects.active().filter(pk=child.pk).update(**stopped):
        raise ReviewChangedMeanwhile
    audit.record(by=by, action="target.stopped", row=child)


def _end_again(line: Line, by: User | None) -> None:
    """The ending of a target that the review has ended before."""
    ending = ending_of(line)
    if any(getattr(line.target, name) != value for name, value in ending.items()):
        Target.objects.filter(pk=line.target.pk).update(**ending)
        audit.record(by=by, action=f"target.{ending['status']}", row=line.target)


def _revive(target: Target, review: Review, by: User | None) -> None:
    """Take a target up again that the review had ended."""
    target.status, target.slot = Target.Status.ACTIVE, free_slot(review.pupil)
    target.closed_on, target.closing_reason = None, ""
    target.save(update_fields=["status", "slot", "closed_on", "closing_reason"])
    audit.record(by=by, action="target.taken-up-again", row=target)
