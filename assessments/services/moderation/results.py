"""What a round says of each skill: how often two schools saw the same step, how far beyond chance, and where they differ most."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessments.agreement import Kappa, quadratic_kappa
from assessments.models import ModerationMark

MOST_PAIRS = 3


@dataclass(frozen=True)
class SkillResult:
    """One skill, or all of them together."""

    name: str
    marks: list[ModerationMark]

    @property
    def n(self) -> int:
        return len(self.marks)

    @property
    def same(self) -> int:
        """Pairs in which both schools saw the same step."""
        return sum(mark.first == mark.step for mark in self.marks)

    @property
    def near(self) -> int:
        """Pairs that are one step apart."""
        return sum(_distance(mark) == 1 for mark in self.marks)

    @property
    def kappa(self) -> Kappa | None:
        return quadratic_kappa([mark.first for mark in self.marks], [mark.step or 0 for mark in self.marks])

    @property
    def furthest(self) -> list[ModerationMark]:
        """The pairs that differ most, by at least two steps."""
        far = [mark for mark in self.marks if _distance(mark) > 1]
        return sorted(far, key=_distance, reverse=True)[:MOST_PAIRS]

    @property
    def notes(self) -> list[str]:
        """What the descriptor should say instead, in the words of those who judged."""
        return [mark.note for mark in self.marks if mark.note]


def _distance(mark: ModerationMark) -> int:
    return abs(mark.first - (mark.step or 0))


def results_of(marks: Iterable[ModerationMark], names: Mapping[str, str]) -> list[SkillResult]:
    """All skills together first, then each by name. Give it marks that were given.

    A skill stands once, whatever its name was in the language of each mark: under the one it has now in `names`, by key.
    """
    given = list(marks)
    skills = {mark.skill_key: names.get(mark.skill_key, mark.skill) for mark in given}
    by_name = sorted(skills.items(), key=lambda skill: (skill[1], skill[0]))
    each = [SkillResult(name, [mark for mark in given if mark.skill_key == key]) for key, name in by_name]
    return [SkillResult("All skills", given), *each] if given else []
