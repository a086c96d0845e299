"""What somebody did to a target a moment ago, for the page to say and to offer to take back."""

from dataclasses import dataclass
from datetime import datetime

from schools.models import AuditEvent, User
from targets.hints import hints_on, listed
from targets.models import Target
from targets.models.one_to_one import CHANGED_WITHIN

SET, PROPOSED, ACCEPTED, ACCEPTED_WITH_CHANGES = "target.set", "target.proposed", "target.accepted", "target.accepted-with-changes"
DECLINED, ACHIEVED, STOPPED = "target.declined", "target.achieved", "target.stopped"
WORDS = {
    SET: "The target is set.",
    PROPOSED: "The target is proposed. Your SENCO decides on it.",
    ACCEPTED: "The target is set as proposed.",
    ACCEPTED_WITH_CHANGES: "The target is set with your changes.",
    DECLINED: "The proposal is declined. Whoever proposed it reads why.",
    ACHIEVED: "The target is closed as achieved. Its step goes into the next review.",
    STOPPED: "The target is closed. Its step goes into the next review.",
}


@dataclass(frozen=True)
class Deed:
    """The last thing done to a target, where it may still be taken back."""

    target: Target
    action: str

    @property
    def words(self) -> str:
        return WORDS[self.action]

    @property
    def hints(self) -> list[str]:
        """What could be said better in words that are new; somebody without scripts reads it here for the first time."""
        has_new_words = self.action in (SET, PROPOSED, ACCEPTED_WITH_CHANGES)
        return list(hints_on(self.target.wording, listed(self.target.school.words_to_avoid))) if has_new_words else []

    @property
    def is_proposal(self) -> bool:
        """It is withdrawn rather than undone."""
        return self.action == PROPOSED


def last_deed(target: Target, by: User, now: datetime) -> Deed | None:
    """What this person did last to a target, for 24 hours and until anybody does something further to it.

    What a review did to a target is undone in the review.
    """
    event = AuditEvent.objects.filter(school=target.school_id, table=target._meta.label_lower, row_id=target.pk).order_by("-pk").first()
    if event is None or event.by_id != by.pk or event.at < now - CHANGED_WITHIN or event.action not in WORDS:
        return None
    by_a_review = event.action in (ACHIEVED, STOPPED) and not target.is_closed_outside
    return None if by_a_review else Deed(target, event.action)
