"""Saving a review's draft: field by field, so that two people at one review lose nothing."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from assessments import drafts
from assessments.drafts import Value, Values
from assessments.models import Review
from assessments.services.facts import facts_to_copy
from assessments.services.judging import values_of_line, write_line
from assessments.services.lines import Line, lines_of
from assessments.services.refusals import FieldsClash
from assessments.services.setting_aside import set_aside
from assessments.services.statuses import refuse_finished, refuse_left, status_after_saving
from schools import audit
from schools.merge import merge
from schools.models import AuditEvent, User


def values_of(review: Review, lines: list[Line]) -> dict[str, Value]:
    """Everything that a draft holds now, as the page names it."""
    values: dict[str, Value] = {name: getattr(review, name) for name in drafts.VIEWS}
    for line in lines:
        values |= {drafts.key(line.target.pk, field): value for field, value in values_of_line(line).items()}
    return values


@transaction.atomic
def save_review(
    *, review: Review, base: Values, mine: Values, by: User | None, unchosen: Collection[tuple[str, Value]] = ()
) -> tuple[str, ...]:
    """Save a draft over what others saved meanwhile; return the fields that only they changed.

    `base` is what the page showed when it was opened. Where both changed one field nothing is written: FieldsClash. Answering it
    is saving again, with theirs as the new base and what was not chosen, by field, in `unchosen`: that is set aside.
    """
    review = locked(review)
    lines = lines_of(review)
    theirs = values_of(review, lines)
    known = {name: value for name, value in mine.items() if name in theirs}
    merged = merge(base=base, theirs=theirs, mine=known)
    if merged.clashes:
        raise FieldsClash(merged)
    if unchosen:
        _set_aside(review, lines, unchosen, by)
    _write(review, lines, {**theirs, **merged.values}, by)
    audit.record(by=by, action="review.saved", row=review)
    return merged.kept


def _set_aside(review: Review, lines: list[Line], unchosen: Collection[tuple[str, Value]], by: User | None) -> None:
    """Before anything is written: with the review what was said, with a target's judgement what was judged."""
    now = timezone.now()
    said = {name: getattr(review, name) for name in drafts.VIEWS}
    set_aside(review, said, unchosen, by=by, saver=last_saver(review), at=now)
    for line in lines:
        own = {drafts.key(line.target.pk, field): field for field in drafts.OF_A_TARGET}
        lost = [(own[name], value) for name, value in unchosen if name in own]
        if line.judgement.pk:
            set_aside(line.judgement, values_of_line(line), lost, by=by, saver=line.judgement.saved_by, at=now)


def last_saver(review: Review) -> User | None:
    """Who saved this review's draft last."""
    saved = AuditEvent.objects.filter(table=review._meta.label_lower, row_id=review.pk, action="review.saved")
    event = saved.select_related("by").order_by("-at").first()
    return event.by if event else None


def locked(review: Review) -> Review:
    """The review of a draft about to be saved; others who save it wait. Raises ReviewRefused where it takes none."""
    found = Review.objects.select_for_update(of=("self",)).select_related("cycle", "pupil").get(pk=review.pk)
    refuse_finished(found)
    refuse_left(found.pupil, timezone.localdate())
    return found


def _write(review: Review, lines: list[Line], values: Values, by: User | None) -> None:
    now = timezone.now()
    for line in lines:
        write_line(line, drafts.of_target(line.target.pk, values), by, now)
    for name in drafts.VIEWS:
        setattr(review, name, values[name])
    review.status = status_after_saving(review, lines)
    review.version += 1
    facts = facts_to_copy(review, review.pupil, timezone.localdate())
    for name, value in facts.items():
        setattr(review, name, value)
    review.save(update_fields=[*drafts.VIEWS, *facts, "status", "version"])
