from assessments.models.meetings import AgreedAction
from assessments.models.moderation import ModerationConsent, ModerationMark, ModerationRound, ModerationSample
from assessments.models.old_word import OldWord
from assessments.models.outcomes import OutcomeMeasure, OutcomeValue
from assessments.models.reminders import Reminder
from assessments.models.reviews import Judgement, Review, ReviewCycle, SetAside

__all__ = [
    "AgreedAction",
    "Judgement",
    "ModerationConsent",
    "ModerationMark",
    "ModerationRound",
    "ModerationSample",
    "OldWord",
    "OutcomeMeasure",
    "OutcomeValue",
    "Reminder",
    "Review",
    "ReviewCycle",
    "SetAside",
]
