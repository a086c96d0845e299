"""Setting and closing targets. Start and aim are never edited: a new aim is a new target in the lineage."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from pupils.models import Pupil
from schools import audit
from schools.models import User
from targets.models import Strand, Target, WhyEnded
from targets.services.dates import SLOTS, first_review_date
from targets.services.refusals import (
    AimBelowStart,
    ClosingNeedsAStep,
    NoFreeSlot,
    OtherLanguage,
    PupilHasLeft,
    ReviewDateInThePast,
    ReviewDateTooEarly,
    StopNeedsAReason,
    TargetAlreadyClosed,
)


@dataclass(frozen=True)
class Wish:
    """What somebody wants a pupil to work towards, as the form gives it."""

    strand: Strand
    wording: str
    start: int
    aim: int
    how_we_will_know: str = ""
    chosen_by_pupil: str = Target.Chosen.WITH_HELP
    review_on: date | None = None


@dataclass(frozen=True)
class Closing:
    """How an active target ends outside a review: with the step seen now, or not seen and why not."""

    step: int | None = None
    not_seen: str = ""
    reason: str = ""


@transaction.atomic
def set_target(
    *, pupil: Pupil, wish: Wish, by: User | None, on: date | None = None, instead_of: Target | None = None, closing: Closing | None = None
) -> Target:
    """Set a pupil's target from a day on; without a review date it is judged in the first cycle in which it counts.

    With five active targets one must be closed in the same step (`instead_of` with its `closing`), else NoFreeSlot.
    """
    set_on = on or timezone.localdate()
    pupil = Pupil.objects.select_for_update().get(pk=pupil.pk)
    review_on = wish.review_on or first_review_date(pupil.school, set_on)
    _check(pupil, wish, set_on, review_on)
    if instead_of and closing:
        close_target(target=instead_of, closing=closing, by=by, on=set_on)
    target = Target.objects.create(
        pupil=pupil,
        strand=wish.strand,
        wording=wish.wording,
        how_we_will_know=wish.how_we_will_know,
        start=wish.start,
        aim=wish.aim,
        set_on=set_on,
        counts_from=set_on,
        review_on=review_on,
        slot=free_slot(pupil),
        chosen_by_pupil=wish.chosen_by_pupil,
        set_by=by,
    )
    audit.record(by=by, action="target.set", row=target)
    return target


def _check(pupil: Pupil, wish: Wish, set_on: date, review_on: date) -> None:
    if not pupil.is_on_roll(set_on):
        raise PupilHasLeft
    if wish.aim < wish.start:
        raise AimBelowStart
    if review_on <= set_on:
        raise ReviewDateInThePast if review_on < set_on else ReviewDateTooEarly
    if wish.strand not in Strand.objects.published_for(pupil.school.partnership_id):
        raise OtherLanguage


def free_slot(pupil: Pupil) -> int:
    """The lowest of the five slots without an active target. The caller holds the pupil's row. Raises NoFreeSlot."""
    taken = set(Target.objects.active().filter(pupil=pupil).values_list("slot", flat=True))
    slot = next((slot for slot in SLOTS if slot not in taken), None)
    if slot is None:
        raise NoFreeSlot
    return slot


@transaction.atomic
def close_target(*, target: Target, closing: Closing, by: User | None, on: date | None = None) -> None:
    """End an active target outside a review. Its closing step becomes the judgement of the pupil's next review.

    Achieved where the step reaches the aim, else stopped for a reason. A second closing is refused, not silently the winner.
    """
    is_achieved = _check_closing(target, closing)
    closed = (
        Target.objects.active()
        .filter(pk=target.pk)
        .update(
            status=Target.Status.ACHIEVED if is_achieved else Target.Status.STOPPED,
            closed_on=on or timezone.localdate(),
            closing_step=closing.step,
            closing_not_seen=closing.not_seen,
            closing_reason="" if is_achieved else closing.reason,
            slot=None,
        )
    )
    if not closed:
        raise TargetAlreadyClosed
    audit.record(by=by, action="target.achieved" if is_achieved else "target.stopped", row=target)


def _check_closing(target: Target, closing: Closing) -> bool:
    """Say whether the closing step reaches the aim. A target set by mistake was never achieved."""
    if (closing.step is None) == (closing.not_seen == ""):
        raise ClosingNeedsAStep
    if closing.step is not None and closing.step >= target.aim and closing.reason != WhyEnded.MISTAKE:
        return True
    if not closing.reason:
        raise StopNeedsAReason
    return False
