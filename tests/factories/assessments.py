"""Rows of the assessments app, and the planned cycles that they come from."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import factory
from django.utils.timezone import localdate, now

from assessments.models import AgreedAction, Judgement, OutcomeMeasure, OutcomeValue, Review, ReviewCycle, SetAside
from schools.models import CycleDates, Term
from tests.factories.pupils import SchoolOwnedFactory
from tests.factories.targets import TargetFactory

AUTUMN = (date(2026, 11, 16), date(2026, 12, 11))
SPRING = (date(2027, 3, 1), date(2027, 3, 26))
SUMMER = (date(2027, 6, 14), date(2027, 7, 9))


class CycleDatesFactory(SchoolOwnedFactory):
    class Meta:
        model = CycleDates

    academic_year = 2026
    number = 1
    term = Term.AUTUMN
    opens_on = AUTUMN[0]
    due_on = AUTUMN[1]

    @classmethod
    def year(cls, school: object) -> list[CycleDates]:
        """The three cycles of the academic year 2026/27."""
        return cls._three(school, (AUTUMN, SPRING, SUMMER))

    @classmethod
    def around_today(cls, school: object) -> list[CycleDates]:
        """Three cycles for tests through pages: one that may be opened now and is due in three weeks, and two to come."""
        today = localdate()
        return cls._three(school, [(today + timedelta(days=start), today + timedelta(days=start + 28)) for start in (-7, 100, 200)])

    @classmethod
    def _three(cls, school: object, windows: Sequence[tuple[date, date]]) -> list[CycleDates]:
        rows = zip((1, 2, 3), Term, windows, strict=True)
        return [cls(school=school, number=number, term=term, opens_on=opens, due_on=due) for number, term, (opens, due) in rows]


class ReviewCycleFactory(SchoolOwnedFactory):
    class Meta:
        model = ReviewCycle

    academic_year = 2026
    number = 1
    term = Term.AUTUMN
    name = "Autumn 2026/27"
    opens_on = AUTUMN[0]
    due_on = AUTUMN[1]
    opened_at = datetime(2026, 11, 16, 8, tzinfo=UTC)


class ReviewFactory(SchoolOwnedFactory):
    class Meta:
        model = Review

    school = factory.SelfAttribute("pupil.school")
    cycle = factory.SubFactory(ReviewCycleFactory, school=factory.SelfAttribute("..school"))
    nc_year = factory.SelfAttribute("pupil.nc_year")
    registration_group = factory.SelfAttribute("pupil.registration_group")
    provision = "K"
    primary_need = "SLCN"
    sex = factory.SelfAttribute("pupil.sex")
    enrolment = factory.SelfAttribute("pupil.enrolment")


class JudgementFactory(SchoolOwnedFactory):
    class Meta:
        model = Judgement

    school = factory.SelfAttribute("review.school")
    target = factory.SubFactory(TargetFactory, pupil=factory.SelfAttribute("..review.pupil"))
    step = 2
    next = Judgement.Next.KEEP


class SetAsideFactory(SchoolOwnedFactory):
    class Meta:
        model = SetAside

    school = factory.SelfAttribute("judgement.school")
    judgement = factory.SubFactory(JudgementFactory)
    field = "step"
    value = "1"
    at = factory.LazyFunction(now)


class AgreedActionFactory(SchoolOwnedFactory):
    class Meta:
        model = AgreedAction

    school = factory.SelfAttribute("review.school")
    what = factory.Sequence(lambda number: f"Read together, book {number}")
    who = "Mum"


class OutcomeMeasureFactory(SchoolOwnedFactory):
    class Meta:
        model = OutcomeMeasure

    kind = "behaviour"
    name = factory.Sequence(lambda number: f"Points {number}")


class OutcomeValueFactory(SchoolOwnedFactory):
    class Meta:
        model = OutcomeValue

    school = factory.SelfAttribute("pupil.school")
    measure = factory.SubFactory(OutcomeMeasureFactory, school=factory.SelfAttribute("..school"))
    cycle = factory.SubFactory(ReviewCycleFactory, school=factory.SelfAttribute("..school"))
    value = "3"
