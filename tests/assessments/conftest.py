"""One pupil with one due target, in an open cycle."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from assessments import services
from assessments.models import Review, ReviewCycle
from pupils.models import Pupil
from schools.models import CycleDates, School
from schools.tenancy import in_school
from targets.models import Target
from tests.factories.assessments import CycleDatesFactory, ReviewCycleFactory, ReviewFactory
from tests.factories.pupils import KeyWorkerFactory, PupilFactory
from tests.factories.targets import TargetFactory

OPENED = datetime(2026, 11, 16, 8, tzinfo=UTC)
COMPLETED = datetime(2026, 12, 4, 8, tzinfo=UTC)


@pytest.fixture
def year(school: School) -> list[CycleDates]:
    return CycleDatesFactory.year(school)


@pytest.fixture
def pupil(school: School, year: list[CycleDates]) -> Pupil:
    return PupilFactory(school=school)


@pytest.fixture
def target(pupil: Pupil) -> Target:
    return TargetFactory(pupil=pupil, start=1, aim=3)


@pytest.fixture
def open_it(school: School, year: list[CycleDates], senco) -> Callable[..., ReviewCycle]:
    def open_cycle(number: int = 1, at: datetime = OPENED) -> ReviewCycle:
        with in_school(school):
            return services.open_cycle(school=school, dates=year[number - 1], by=senco, at=at)

    return open_cycle


@pytest.fixture
def review(target: Target, open_it: Callable[..., ReviewCycle]) -> Review:
    cycle = open_it()
    with in_school(target.school):
        return Review.objects.select_related("pupil", "cycle").get(cycle=cycle, pupil=target.pupil)


@pytest.fixture
def save(senco) -> Callable[..., tuple[str, ...]]:
    """Save a draft: save(review, target, step=3, next="keep"), or save(review, pupil_view="…")."""

    def save_review(review: Review, target: Target | None = None, base: dict | None = None, **values) -> tuple[str, ...]:
        named = {f"t{target.pk}-{name}": value for name, value in values.items()} if target else values
        with in_school(review.school):
            now = services.drafting.values_of(review, services.lines_of(Review.objects.get(pk=review.pk)))
            return services.save_review(review=review, base=now if base is None else base, mine={**now, **named}, by=senco)

    return save_review


@pytest.fixture
def complete(senco) -> Callable[..., Review]:
    def complete_review(review: Review, version: int | None = None, at: datetime = COMPLETED) -> Review:
        with in_school(review.school):
            current = Review.objects.get(pk=review.pk).version
            return services.complete_review(review=review, version=version or current, by=senco, at=at)

    return complete_review


@pytest.fixture
def open_review(school: School, senco) -> Review:
    """Ravi Patel of 7B with one due target, in a cycle that is open today: for tests through pages."""
    dates = CycleDatesFactory.around_today(school)
    pupil = PupilFactory(school=school, forename="Ravi", surname="Patel", upn="H207340225001")
    TargetFactory(pupil=pupil, wording="I ask for help", start=1, aim=3, review_on=dates[0].due_on)
    with in_school(school):
        cycle = services.open_cycle(school=school, dates=dates[0], by=senco)
        return Review.objects.select_related("cycle", "pupil__school").get(cycle=cycle)


@pytest.fixture
def cycle(school) -> ReviewCycle:
    return ReviewCycleFactory(school=school)


@pytest.fixture
def review_of(cycle, key_worker):
    """A pupil of the key worker with a review in this status."""

    def make(status: str = "not_started", **fields):
        pupil = PupilFactory(school=cycle.school, forename="Ravi", surname="Canary", **fields)
        KeyWorkerFactory(pupil=pupil, user=key_worker)
        reason = {"paused_because": "parents"} if status in ("waiting", "on_hold") else {}
        return ReviewFactory(pupil=pupil, cycle=cycle, status=status, **reason)

    return make
