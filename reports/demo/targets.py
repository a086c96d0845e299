"""Targets of the demo's pupils: two to four each, in words that fit the age, in strands that fit the needs."""

from collections.abc import Iterable, Mapping
from datetime import date
from random import Random
from types import ModuleType
from typing import Any

from reports.demo.children import Child
from reports.demo.dice import Deck, dice
from reports.demo.growth import start_and_aim
from reports.demo.profiles import band_of
from reports.demo.words import (
    early,
    primary,
    secondary,
    sensory,
    targets_early,
    targets_primary,
    targets_secondary,
    targets_sensory,
)
from schools.models import School, User
from targets.models import Strand, Target

BANKS = {early: targets_early, primary: targets_primary, secondary: targets_secondary, sensory: targets_sensory}
HOW_MANY, HOW_MANY_ODDS = (2, 3, 4), (3, 5, 2)
CHOSEN = (Target.Chosen.YES, Target.Chosen.WITH_HELP, Target.Chosen.WITH_HELP, Target.Chosen.YES, Target.Chosen.NO)
OFTEN, SELDOM = 4, 1
AT_A_SKILL = 0.45
OLDER_FROM = 9
FITS = {
    "ASD": ("communicating", "relationships", "managing-feelings"), "SLCN": ("communicating", "relationships", "confidence"),
    "SEMH": ("managing-feelings", "relationships", "confidence"), "SPLD": ("engagement", "confidence", "independence"),
    "MLD": ("independence", "engagement", "communicating"), "SLD": ("communicating", "independence", "engagement"),
    "PMLD": ("communicating", "engagement", "relationships"), "DS": ("communicating", "independence", "relationships"),
    "PD": ("independence", "confidence", "engagement"), "HI": ("communicating", "confidence", "independence"),
    "VI": ("independence", "confidence", "relationships"), "MSI": ("communicating", "engagement", "independence"),
}  # fmt: skip
FIT_FOR_ALL = ("confidence", "engagement", "relationships")


class TargetWriter:
    """Writes the targets of one school, some at a skill of the language; a wording comes back only when its bank is used up."""

    def __init__(self, school: School, strands: Mapping[str, Strand], set_by: User) -> None:
        self._school, self._age = school.slug, school.programme.age
        self._strands, self._set_by = strands, set_by
        self._decks: dict[tuple[str, str], Deck] = {}
        self._knowing: dict[str, str] = {}

    def wording(self, child: Child, strand: str, held: Iterable[str]) -> str:
        bank = BANKS[band_of(child)]
        too_early = targets_secondary.FOR_OLDER if child.born_into < OLDER_FROM else ()
        return self._deck(bank, strand).draw(apart_from=(*held, *too_early))

    def next_wording(self, child: Child, target: Target) -> str:
        """What a target changes to: at a skill, the words of its next step."""
        if target.skill is None:
            return self.wording(child, target.strand.key, [target.wording]) if target.strand else target.wording
        words = [getattr(each, self._age) for each in target.skill.descriptors.all()]
        return next(each for each in words[1:] if each != target.wording)

    def _at_a_skill(self, child: Child, strand: str, aim: int, set_on: date, held: Iterable[str]) -> dict[str, Any]:
        """A good part of the targets are a step of a skill, in the words that the language has for it."""
        rng = dice(self._school, child.key, "skill", strand, set_on)
        skill = rng.choice(list(self._strands[strand].skills.all()))
        descriptor = next(each for each in skill.descriptors.all() if each.step == aim)
        words = getattr(descriptor, self._age)
        if rng.random() > AT_A_SKILL or band_of(child) is sensory or words in held:
            return {}
        return {"kind": Target.Kind.SOFT_SKILL, "skill": skill, "wording": words, "how_we_will_know": descriptor.staff}

    def how_we_will_know(self, wording: str) -> str:
        return self._knowing[wording]

    def _in_own_words(self, child: Child, strand: str, held: Iterable[str]) -> dict[str, Any]:
        wording = self.wording(child, strand, held)
        return {"wording": wording, "how_we_will_know": self.how_we_will_know(wording) + "."}

    def _deck(self, bank: ModuleType, strand: str) -> Deck:
        key = (bank.__name__, strand)
        if key not in self._decks:
            self._knowing.update(bank.TARGETS[strand])
            self._decks[key] = Deck([wording for wording, _ in bank.TARGETS[strand]], dice(self._school, *key))
        return self._decks[key]

    def write(
        self, child: Child, slots: Iterable[int], set_on: date, review_on: date, rng: Random, held: Iterable[str] = ()
    ) -> list[Target]:
        """One target for each free slot, in strands that differ while there are others."""
        targets: list[Target] = []
        for slot, strand in zip(slots, strands_for(child, rng), strict=False):
            taken = (*held, *(target.wording for target in targets))
            start, aim = start_and_aim(rng)
            targets.append(
                Target(
                    pupil=child.pupil,
                    strand=self._strands[strand],
                    **(self._at_a_skill(child, strand, aim, set_on, taken) or self._in_own_words(child, strand, taken)),
                    start=start,
                    aim=aim,
                    set_on=set_on,
                    counts_from=set_on,
                    review_on=review_on,
                    slot=slot,
                    chosen_by_pupil=rng.choice(CHOSEN),
                    set_by=self._set_by,
                )
            )
        return targets


def how_many(rng: Random) -> int:
    return rng.choices(HOW_MANY, HOW_MANY_ODDS)[0]


def strands_for(child: Child, rng: Random) -> list[str]:
    """All six strands in a drawn order, those that fit the primary need first more often than not."""
    fitting = FITS.get(child.needs[0], FIT_FOR_ALL) if child.needs else FIT_FOR_ALL
    weights = {key: OFTEN if key in fitting else SELDOM for key in targets_secondary.TARGETS}
    return sorted(weights, key=lambda key: rng.random() ** (1 / weights[key]), reverse=True)
