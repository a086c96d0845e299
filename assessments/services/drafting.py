"""Saving a review's draft: field by field, so that two people at one review lose nothing."""

from django.db import transaction
from django.utils import timezone

from assessments import drafts, progress
from assessments.drafts import NOT_SEEN, Value, Values
from assessments.models import Review
from assessments.services.facts import FACTS, refresh_facts
from assessments.services.lines import Line, lines_of
from assessments.services.refusals import FieldsClash, ReviewAlreadyCompleted, ReviewWasMissed
from schools import audit
from schools.merge import merge
from schools.models import AuditEvent, User
from targets.models import NotSeen


def values_of(review: Review, lines: list[Line]) -> dict[str, Value]:
    """Everything that a draft holds now, as the page names it."""
    values: dict[str, Value] = {name: getattr(review, name) for name in drafts.VIEWS}
    for line in lines:
        for field in drafts.OF_A_TARGET:
            values[drafts.key(line.target.pk, field)] = getattr(line.judgement, field)
        if line.judgement.not_seen:
            values[drafts.key(line.target.pk, "step")] = NOT_SEEN
    return values


@transaction.atomic
def save_review(*, review: Review, base: Values, mine: Values, by: User | None) -> tuple[str, ...]:
    """Save a draft over what others saved meanwhile; return the fields that only they changed.

    `base` is what the page showed when it was opened. Where both changed one field nothing is written: FieldsClash.
    """
    review = _locked(review)
    lines = lines_of(review)
    theirs = values_of(review, lines)
    known = {name: value for name, value in mine.items() if name in theirs}
    merged = merge(base=base, theirs=theirs, mine=known)
    if merged.clashes:
        raise FieldsClash(merged)
    _write(review, lines, {**theirs, **merged.values})  # type: ignore[dict-item]
    audit.record(by=by, action="review.saved", row=review)
    return merged.kept


def last_saver(review: Review) -> User | None:
    """Who saved this review's draft last."""
    saved = AuditEvent.objects.filter(table=review._meta.label_lower, row_id=review.pk, action="review.saved")
    event = saved.select_related("by").order_by("-at").first()
    return event.by if event else None


def _locked(review: Review) -> Review:
    locked = Review.objects.select_for_update(of=("self",)).select_related("cycle", "pupil").get(pk=review.pk)
    refuse_finished(locked)
    return locked


def refuse_finished(review: Review) -> None:
    if review.status == Review.Status.COMPLETED:
        raise ReviewAlreadyCompleted
    if review.status == Review.Status.MISSED:
        raise ReviewWasMissed


def _write(review: Review, lines: list[Line], values: Values) -> None:
    for line in lines:
        apply(line, drafts.of_target(line.target.pk, values))
    for name in drafts.VIEWS:
        setattr(review, name, values[name])
    review.status = Review.Status.IN_PROGRESS if any(line.left_to_do for line in lines) else Review.Status.READY
    review.version += 1
    refresh_facts(review, timezone.localdate())
    review.save(update_fields=[*drafts.VIEWS, *FACTS, "status", "version"])
    for line in lines:
        if line.judgement.pk:
            line.judgement.version += 1
        if line.judgement.pk or line.judgement.is_decided or line.judgement.note:
            line.judgement.save()


def apply(line: Line, values: dict[str, Value]) -> None:
    """Put a target's values into its judgement. A closed target keeps its closing step; only the note is the reviewer's."""
    judgement = line.judgement
    judgement.note = str(values["note"] or "")
    if line.is_closed:
        return
    is_unseen = values["step"] == NOT_SEEN
    judgement.step = None if is_unseen else values["step"]  # type: ignore[assignment]
    judgement.not_seen = str(values["not_seen"] or NotSeen.NO_OPPORTUNITY) if is_unseen else ""
    judgement.next = str(values["next"] or "")
    if judgement.is_decided and not judgement.next:
        judgement.next = progress.default_next_action(judgement.step)
    judgement.next_wording, judgement.next_aim = str(values["next_wording"] or ""), values["next_aim"]  # type: ignore[assignment]
    judgement.reason = str(values["reason"] or "")
