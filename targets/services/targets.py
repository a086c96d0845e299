"""Setting and closing targets. Start and aim are never edited: a new aim is a new target in the lineage."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from pupils.models import Pupil
from schools import audit
from schools.models import User
from targets.models import Skill, Strand, Target, WhyEnded
from targets.services.dates import SLOTS, first_review_date
from targets.services.refusals import (
    AimBelowStart,
    ClosingNeedsAStep,
    NoFreeSlot,
    OtherLanguage,
    PupilHasLeft,
    ReviewDateInThePast,
    ReviewDateTooEarly,
    SameWords,
    StopNeedsAReason,
    SubjectMissing,
    TargetAlreadyClosed,
)


@dataclass(frozen=True)
class Wish:
    """What somebody wants a pupil to work towards, as the form gives it: in a strand, perhaps at a skill of it, or in a subject."""

    wording: str
    start: int
    aim: int
    strand: Strand | None = None
    skill: Skill | None = None
    subject: str = ""
    how_we_will_know: str = ""
    chosen_by_pupil: str = Target.Chosen.WITH_HELP
    review_on: date | None = None

    @property
    def kind(self) -> Target.Kind:
        if self.strand is None:
            return Target.Kind.ACADEMIC
        return Target.Kind.SOFT_SKILL if self.skill else Target.Kind.PERSONAL


@dataclass(frozen=True)
class Closing:
    """How an active target ends outside a review: with the step seen now, or not seen and why not."""

    step: int | None = None
    not_seen: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Room:
    """What makes room for a sixth target: an active one, and how it closes."""

    instead_of: Target
    closing: Closing


@transaction.atomic
def set_target(*, pupil: Pupil, wish: Wish, by: User | None, on: date | None = None, room: Room | None = None) -> Target:
    """Set a pupil's target from a day on; without a review date it is judged in the first cycle in which it counts.

    With five active targets one must be closed in the same step (`room`), else NoFreeSlot.
    """
    set_on = on or timezone.localdate()
    pupil = lock(pupil)
    columns = columns_of(pupil, wish, set_on)
    make_room(room, by, set_on)
    target = Target.objects.create(pupil=pupil, slot=free_slot(pupil), set_by=by, **columns)
    audit.record(by=by, action="target.set", row=target)
    return target


def lock(pupil: Pupil) -> Pupil:
    """Take the pupil's row, so that of two people who set or decide at once the second sees what the first did."""
    return Pupil.objects.select_for_update().get(pk=pupil.pk)


def columns_of(pupil: Pupil, wish: Wish, day: date, *, except_for: Target | None = None) -> dict[str, Any]:
    """The columns of a target that is set on a day as wished. Raises TargetRefused for what cannot be set."""
    review_on = wish.review_on or first_review_date(pupil.school, day)
    _check(pupil, wish, day, review_on)
    _refuse_same_words(pupil, wish.wording, except_for)
    names = ("kind", "strand", "skill", "subject", "wording", "how_we_will_know", "start", "aim", "chosen_by_pupil")
    days = {"set_on": day, "counts_from": day, "review_on": review_on}
    return {name: getattr(wish, name) for name in names} | days


def _check(pupil: Pupil, wish: Wish, set_on: date, review_on: date) -> None:
    if not pupil.is_on_roll(set_on):
        raise PupilHasLeft
    if wish.aim < wish.start:
        raise AimBelowStart
    if review_on <= set_on:
        raise ReviewDateInThePast if review_on < set_on else ReviewDateTooEarly
    if wish.kind == Target.Kind.ACADEMIC and not wish.subject:
        raise SubjectMissing
    if wish.strand and wish.strand not in Strand.objects.published_for(pupil.school.partnership_id):
        raise OtherLanguage
    if wish.skill and wish.skill.strand_id != (wish.strand and wish.strand.pk):
        raise OtherLanguage


def _refuse_same_words(pupil: Pupil, wording: str, except_for: Target | None) -> None:
    """A form that was sent twice, or two people with the same idea, make one target."""
    held = Target.objects.filter(pupil=pupil, status__in=(Target.Status.ACTIVE, Target.Status.PROPOSED), wording__iexact=wording)
    if (held.exclude(pk=except_for.pk) if except_for else held).exists():
        raise SameWords


def make_room(room: Room | None, by: User | None, on: date) -> None:
    if room:
        close_target(target=room.instead_of, closing=room.closing, by=by, on=on)


def free_slot(pupil: Pupil) -> int:
    """The lowest of the five slots without an active target. The caller holds the pupil's row. Raises NoFreeSlot."""
    taken = set(Target.objects.active().filter(pupil=pupil).values_list("slot", flat=True))
    slot = next((slot for slot in SLOTS if slot not in taken), None)
    if slot is None:
        raise NoFreeSlot
    return slot


@transaction.atomic
def close_target(*, target: Target, closing: Closing, by: User | None, on: date | None = None) -> Target:
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
    return target


def _check_closing(target: Target, closing: Closing) -> bool:
    """Say whether the closing step reaches the aim. A target set by mistake was never achieved."""
    if (closing.step is None) == (closing.not_seen == ""):
        raise ClosingNeedsAStep
    if closing.step is not None and closing.step >= target.aim and closing.reason != WhyEnded.MISTAKE:
        return True
    if not closing.reason:
        raise StopNeedsAReason
    return False
