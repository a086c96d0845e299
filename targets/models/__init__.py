from targets.models.ladder import NotSeen, Step, WhyEnded
from targets.models.language import Descriptor, Skill, Strand, TargetLanguage
from targets.models.one_to_one import AppendOnly, Helped, Observation, OneToOne
from targets.models.planning import PlannedDay
from targets.models.strategy import Strategy
from targets.models.target import Target

__all__ = [
    "AppendOnly",
    "Descriptor",
    "Helped",
    "NotSeen",
    "Observation",
    "OneToOne",
    "PlannedDay",
    "Skill",
    "Step",
    "Strand",
    "Strategy",
    "Target",
    "TargetLanguage",
    "WhyEnded",
]
