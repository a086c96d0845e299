from targets.models.ladder import NotSeen, Step, WhyEnded
from targets.models.language import Strand, TargetLanguage
from targets.models.target import Target

__all__ = ["NotSeen", "Step", "Strand", "Target", "TargetLanguage", "WhyEnded"]
