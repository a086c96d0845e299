"""Rows of the targets app."""

from datetime import date, timedelta
from typing import Any

import factory

from schools.models import Partnership
from targets.models import Strand, Target
from targets.services import start_language
from tests.factories.pupils import PupilFactory, SchoolOwnedFactory


def strand_of(partnership: Partnership, key: str = "communicating") -> Strand:
    """A strand of the partnership's published language, which is made where there is none."""
    start_language(partnership=partnership, by=None)
    return Strand.objects.published_for(partnership.pk).get(key=key)


class TargetFactory(SchoolOwnedFactory):
    """An active target, set ten weeks before its review. Slots go 1, 2, 3 for one pupil."""

    class Meta:
        model = Target

    pupil = factory.SubFactory(PupilFactory)
    school = factory.SelfAttribute("pupil.school")
    strand = factory.LazyAttribute(lambda made: strand_of(made.school.partnership))
    wording = factory.Sequence(lambda n: f"I ask for help, number {n}")
    how_we_will_know = "I put my hand up."
    start = 1
    aim = 3
    review_on = date(2026, 12, 11)
    set_on = factory.LazyAttribute(lambda made: made.review_on - timedelta(weeks=10))
    counts_from = factory.SelfAttribute("set_on")
    slot = 1

    @classmethod
    def closed(cls, **fields: Any) -> Target:
        """A target that was closed outside a review at its aim."""
        values = {"status": Target.Status.ACHIEVED, "slot": None, "closing_step": 3, "closed_on": date(2026, 11, 20)} | fields
        return cls(**values)
