"""The five steps in words: of a skill, as its descriptors say it, or of the ladder alone."""

from dataclasses import dataclass

from schools.models import Programme
from targets.models import Skill, Step


@dataclass(frozen=True)
class Rung:
    """What one step looks like, in the words that a school uses; the ladder alone has its word only."""

    step: int
    word: str
    staff: str = ""
    pupil: str = ""


def rungs_of(skill: Skill | None, programme: Programme) -> list[Rung]:
    """The five steps of a skill, with the pupil words for the programme's age; without a skill, those of the ladder."""
    words = Step.words(programme.words)
    if skill is None:
        return [Rung(step, word) for step, word in zip(Step.values, words, strict=True)]
    found = skill.descriptors.all()
    return [Rung(each.step, words[each.step], each.staff, getattr(each, programme.age)) for each in found]
