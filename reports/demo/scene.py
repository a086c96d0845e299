"""What the plays of one school share: its people, its pupils, how each grows, and the day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from reports.demo.children import Child
from reports.demo.dice import dice, shares
from reports.demo.growth import TEMPERAMENTS
from reports.demo.places import Place
from reports.demo.targets import TargetWriter
from schools.models import School, User


@dataclass(frozen=True)
class Scene:
    school: School
    place: Place
    children: Sequence[Child]
    senco: User
    writer: TargetWriter
    today: date

    @cached_property
    def by_pupil(self) -> Mapping[int, Child]:
        return {child.pupil.pk: child for child in self.children}

    @cached_property
    def temperaments(self) -> Mapping[int, str]:
        """How each pupil grows, by the pupil's id."""
        drawn = shares(TEMPERAMENTS, len(self.children), dice(self.place.slug, "growth"))
        return {child.pupil.pk: temperament for child, temperament in zip(self.children, drawn, strict=True)}
