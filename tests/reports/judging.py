"""Pupils judged in a cycle, in few words; and a page of their school as a text."""

from datetime import timedelta

from django.urls import reverse

from assessments.models import Review, ReviewCycle
from reports import summaries
from schools.models import School
from schools.tenancy import in_school
from targets.models import Target
from tests.factories.assessments import JudgementFactory, ReviewCycleFactory, ReviewFactory
from tests.factories.pupils import PupilFactory
from tests.factories.targets import TargetFactory


def judged(cycle: ReviewCycle, *, step: int | None = 2, previous: int = 1, name: str = "Ravi", **facts: object) -> Target:
    """One pupil with one judged target in a completed review; `facts` are those of the review."""
    pupil = PupilFactory(school=cycle.school, forename=name)
    target = TargetFactory(pupil=pupil, start=1, aim=4, wording=f"{name} asks for help")
    review = ReviewFactory(pupil=pupil, cycle=cycle, status="completed", completed_at=cycle.opened_at, **facts)
    decided(review, target, step, previous)
    return target


def decided(review: Review, target: Target, step: int | None, previous: int) -> None:
    key = target.strand.key if target.strand else ""
    stored = {"start": 1, "aim": 4, "previous": previous, "previous_term": previous, "strand_key": key, "counts": True}
    JudgementFactory(review=review, target=target, step=step, **stored)


def before(cycle: ReviewCycle, **fields: object) -> ReviewCycle:
    """The cycle before this one."""
    dates = {"due_on": cycle.due_on - timedelta(days=90), "opens_on": cycle.opens_on - timedelta(days=90)}
    return ReviewCycleFactory(school=cycle.school, number=2, name="Earlier", **dates, **fields)


def rebuild(cycle: ReviewCycle) -> None:
    with in_school(cycle.school):
        summaries.rebuild(cycle)


def page(client, school: School, query: str = "", name: str = "school-dashboard", **parts: str) -> str:
    return client.get(reverse(name, kwargs={"slug": school.slug, **parts}) + query).text
