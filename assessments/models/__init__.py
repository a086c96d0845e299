from assessments.models.reviews import Judgement, Review, ReviewCycle

__all__ = ["Judgement", "Review", "ReviewCycle"]
