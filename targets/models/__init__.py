from targets.models.ladder import NotSeen, Step, WhyEnded
from targets.models.language import Descriptor, Skill, Strand, TargetLanguage
from targets.models.one_to_one import AppendOnly, Helped, Observation, OneToOne
from targets.models.planning import PlannedDay
from targets.models.strategy import Strategy
from targets.models.target import Target
from targets.models.voice import Scale, Voice, VoiceScale, VoiceVisit

__all__ = [
    "AppendOnly",
    "Descriptor",
    "Helped",
    "NotSeen",
    "Observation",
    "OneToOne",
    "PlannedDay",
    "Scale",
    "Skill",
    "Step",
    "Strand",
    "Strategy",
    "Target",
    "TargetLanguage",
    "Voice",
    "VoiceScale",
    "VoiceVisit",
    "WhyEnded",
]
