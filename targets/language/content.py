"""What a target language says, free of rows and versions: two languages with the same content are equal."""

from collections.abc import Iterator
from dataclasses import dataclass

FORMAT = 1  # of the file; a later shape of it gets the next number
STEPS = 5
AGES = ("early", "primary", "secondary")
LONGEST_KEY, LONGEST_NAME = 40, 60
LONGEST_WORDING = {"staff": 200, "early": 80, "primary": 120, "secondary": 160}


@dataclass(frozen=True)
class Wording:
    """What a skill looks like at one step: in staff words, and in pupil words for three ages."""

    staff: str
    early: str
    primary: str
    secondary: str


@dataclass(frozen=True)
class SkillWords:
    """A skill with its five steps, from 0 up."""

    key: str
    name: str
    steps: tuple[Wording, ...]


@dataclass(frozen=True)
class StrandWords:
    """An area of growth with its skills, in order."""

    key: str
    name: str
    skills: tuple[SkillWords, ...]


@dataclass(frozen=True)
class Content:
    """A whole target language: its strands, in order."""

    strands: tuple[StrandWords, ...]

    def skills(self) -> Iterator[SkillWords]:
        for strand in self.strands:
            yield from strand.skills

    def keys(self) -> set[str]:
        """Every key, a skill's behind its strand's: what figures of different versions are compared by."""
        skills = {f"{strand.key}/{skill.key}" for strand in self.strands for skill in strand.skills}
        return skills | {strand.key for strand in self.strands}
