"""What a target can be about: a skill of the published language, the pupil's own words in a strand, or a subject.

A choice is named by keys, which are the same in every version of the language: a proposal outlives the version it was made in.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from targets.models import Skill, Strand, Target

ACADEMIC = "academic"
OWN_WORDS = "In the pupil’s own words"
FIRST_TO_SUGGEST = 1  # what step 0 says is what an adult does for now; nobody works towards it


@dataclass(frozen=True)
class Choice:
    """One thing that a target can be about."""

    key: str
    words: str
    strand: Strand | None = None
    skill: Skill | None = None

    @property
    def is_academic(self) -> bool:
        return self.strand is None

    @property
    def option(self) -> str:
        """The choice as one line of a list: own words say in which strand."""
        return self.words if self.skill or self.is_academic else f"{self.strand}: {self.words.lower()}"

    @property
    def title(self) -> str:
        """Communicating: Asking for help."""
        return f"{self.strand}: {self.skill or OWN_WORDS.lower()}" if self.strand else "Academic target"

    def suggestions(self, age: str) -> list[str]:
        """Words from the language, as pupils of an age say them: of the skill, or of every skill of the strand."""
        if self.strand is None:
            return []
        skills = [self.skill] if self.skill else self.strand.skills.all()
        steps = (each for skill in skills for each in skill.descriptors.all() if each.step >= FIRST_TO_SUGGEST)
        return [getattr(each, age) for each in steps]


Choices = dict[str, Choice]


def choices_for(partnership_id: int) -> Choices:
    """Everything that a target can be about in a partnership, by key; empty before it has published a language. Three queries."""
    strands = Strand.objects.published_for(partnership_id).with_descriptors()
    found = {choice.key: choice for strand in strands for choice in _in_strand(strand)}
    return found | {ACADEMIC: Choice(ACADEMIC, "An academic target")} if found else {}


def _in_strand(strand: Strand) -> Iterator[Choice]:
    for skill in strand.skills.all():
        yield Choice(f"skill:{skill.key}", skill.name, strand, skill)
    yield Choice(f"strand:{strand.key}", OWN_WORDS, strand)


def by_strand(choices: Choices) -> dict[str, list[Choice]]:
    """The same under the names of their strands."""
    found: dict[str, list[Choice]] = {}
    for choice in choices.values():
        found.setdefault(str(choice.strand or "Something else"), []).append(choice)
    return found


def key_of(target: Target) -> str:
    """The choice that a target was set or proposed with."""
    if target.skill:
        return f"skill:{target.skill.key}"
    return f"strand:{target.strand.key}" if target.strand else ACADEMIC
