"""The meeting with the parents: what they say, typed in live, and what was agreed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from assessments.drafts import Value
from assessments.models import AgreedAction, Review
from assessments.services.drafting import refuse_finished, save_review
from assessments.services.refusals import TooMuchAgreed
from schools import audit
from schools.models import User

MOST_ACTIONS = 6  # the sheet is one page


@dataclass(frozen=True)
class Agreement:
    """What somebody will do, and until when."""

    what: str
    who: str
    due_on: date | None = None


@transaction.atomic
def save_meeting(
    *,
    review: Review,
    base: Mapping[str, Value],
    mine: Mapping[str, Value],
    unchosen: Collection[tuple[str, Value]] = (),
    agreed: Agreement | None = None,
    take_back: UUID | None = None,
    by: User | None,
) -> tuple[str, ...]:
    """Save what the parents say, and add or take back an action; return the fields that only others changed.

    All or nothing: where both changed one field it raises FieldsClash, and the action is not written either.
    """
    locked = Review.objects.select_for_update().get(pk=review.pk)
    refuse_finished(locked)
    is_typed = any(base.get(name) != value for name, value in mine.items())
    kept = save_review(review=review, base=base, mine=mine, unchosen=unchosen, by=by) if is_typed or unchosen else ()
    if take_back:
        _take_back(locked, take_back, by)
    if agreed:
        _agree(locked, agreed, by)
    return kept


def _agree(review: Review, agreed: Agreement, by: User | None) -> None:
    """The review is locked, so nobody else adds a seventh. The same again, as a form sent twice, is the same action."""
    if AgreedAction.objects.filter(review=review, what=agreed.what, who=agreed.who).exists():
        return
    if AgreedAction.objects.filter(review=review).count() >= MOST_ACTIONS:
        raise TooMuchAgreed
    action = AgreedAction.objects.create(review=review, what=agreed.what, who=agreed.who, due_on=agreed.due_on)
    audit.record(by=by, action="action.agreed", row=action)


def _take_back(review: Review, public_id: UUID, by: User | None) -> None:
    """Gone already is as good."""
    action = AgreedAction.objects.filter(review=review, public_id=public_id).first()
    if action:
        audit.record(by=by, action="action.taken-back", row=action)
        action.delete()


def agreed_last_time(review: Review) -> list[AgreedAction]:
    """What the last meeting before this one agreed on; of one review alone, the latest that agreed on anything."""
    earlier = AgreedAction.objects.filter(review__pupil=review.pupil_id, review__cycle__due_on__lt=review.cycle.due_on)
    found = list(earlier.order_by("-review__cycle__due_on", "pk"))
    return [action for action in found if action.review_id == found[0].review_id]
