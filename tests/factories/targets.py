"""Rows of the targets app."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import factory
from django.utils.timezone import localdate, now

from schools.models import Partnership
from schools.tenancy import in_school
from targets.models import Helped, NotSeen, Observation, OneToOne, PlannedDay, Strand, Strategy, Target, Voice, VoiceVisit
from targets.services import start_language
from tests.factories.pupils import PupilFactory, SchoolOwnedFactory
from tests.factories.schools import UserFactory


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
    strand = factory.LazyAttribute(lambda made: strand_of(made.school.partnership) if made.kind != Target.Kind.ACADEMIC else None)
    subject = factory.LazyAttribute(lambda made: "Maths" if made.kind == Target.Kind.ACADEMIC else "")
    kind = Target.Kind.PERSONAL
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

    @classmethod
    def proposed(cls, **fields: Any) -> Target:
        """A target that somebody proposed and nobody has decided on."""
        return cls(**{"status": Target.Status.PROPOSED, "slot": None, "proposed_by": factory.SubFactory(UserFactory)} | fields)


class StrategyFactory(SchoolOwnedFactory):
    class Meta:
        model = Strategy

    name = factory.Sequence(lambda n: f"Strategy {n}")
    order = factory.Sequence(lambda n: n)


class PlannedDayFactory(SchoolOwnedFactory):
    class Meta:
        model = PlannedDay

    pupil = factory.SubFactory(PupilFactory)
    school = factory.SelfAttribute("pupil.school")
    weekday = PlannedDay.Weekday.MONDAY


class OneToOneFactory(SchoolOwnedFactory):
    """A one-to-one of today. `steps` holds the step seen for each target, None for not seen; `helped_by` the strategies."""

    class Meta:
        model = OneToOne
        skip_postgeneration_save = True

    pupil = factory.SubFactory(PupilFactory)
    school = factory.SelfAttribute("pupil.school")
    key_worker = factory.SubFactory(UserFactory)
    recorded_at = factory.LazyFunction(now)
    held_on = factory.LazyAttribute(lambda made: localdate(made.recorded_at))
    client_id = factory.LazyFunction(uuid4)

    @factory.post_generation
    def steps(self: OneToOne, create: bool, extracted: dict[Target, int | None] | None, **kwargs: object) -> None:
        with in_school(self.school):
            for target, step in (extracted or {}).items():
                not_seen = NotSeen.NO_OPPORTUNITY if step is None else ""
                Observation.objects.create(one_to_one=self, target=target, step=step, not_seen=not_seen)

    @factory.post_generation
    def helped_by(self: OneToOne, create: bool, extracted: list[Strategy] | None, **kwargs: object) -> None:
        with in_school(self.school):
            for strategy in extracted or ():
                Helped.objects.create(one_to_one=self, strategy=strategy)


class VoiceVisitFactory(SchoolOwnedFactory):
    """A visit of today. `said` holds the columns of each thing that the pupil said, or of each question that was passed."""

    class Meta:
        model = VoiceVisit
        skip_postgeneration_save = True

    pupil = factory.SubFactory(PupilFactory)
    school = factory.SelfAttribute("pupil.school")
    adult = factory.SubFactory(UserFactory)
    told_at = factory.LazyFunction(now)
    given = VoiceVisit.Given.OWN
    scale = "three"

    @factory.post_generation
    def said(self: VoiceVisit, create: bool, extracted: list[dict[str, Any]] | None, **kwargs: object) -> None:
        with in_school(self.school):
            for columns in extracted or ():
                Voice.objects.create(visit=self, **columns)
