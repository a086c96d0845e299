from assessments.models.reviews import Judgement, Review, ReviewCycle, SetAside

__all__ = ["Judgement", "Review", "ReviewCycle", "SetAside"]
