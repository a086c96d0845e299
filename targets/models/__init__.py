from targets.models.ladder import NotSeen, Step, WhyEnded
from targets.models.language import Descriptor, Skill, Strand, TargetLanguage
from targets.models.target import Target

__all__ = ["Descriptor", "NotSeen", "Skill", "Step", "Strand", "Target", "TargetLanguage", "WhyEnded"]
