from assessments.models.meetings import AgreedAction
from assessments.models.reviews import Judgement, Review, ReviewCycle, SetAside

__all__ = ["AgreedAction", "Judgement", "Review", "ReviewCycle", "SetAside"]
