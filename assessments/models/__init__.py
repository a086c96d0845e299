from assessments.models.meetings import AgreedAction
from assessments.models.outcomes import OutcomeMeasure, OutcomeValue
from assessments.models.reminders import Reminder
from assessments.models.reviews import Judgement, Review, ReviewCycle, SetAside

__all__ = ["AgreedAction", "Judgement", "OutcomeMeasure", "OutcomeValue", "Reminder", "Review", "ReviewCycle", "SetAside"]
