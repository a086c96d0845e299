"""One pupil whose review is completed, with a mother who may receive letters; and the worker's work done by hand."""

from collections.abc import Callable
from datetime import date

import pytest
from celery import Celery
from django.utils.timezone import localdate

from assessments.models import Judgement, Review
from pupils.models import Contact, Pupil
from reports import services
from reports.models import Job, Letter
from reports.services import queue
from schools.models import CycleDates, School
from schools.tenancy import in_school
from targets.models import Target
from tests.factories.assessments import CycleDatesFactory
from tests.factories.pupils import ContactFactory, PupilFactory
from tests.factories.targets import TargetFactory


@pytest.fixture
def pupil(school: School) -> Pupil:
    CycleDatesFactory.around_today(school)
    return PupilFactory(school=school, forename="Ravi", surname="Patel", date_of_birth=date(localdate().year - 10, 5, 4))


@pytest.fixture
def mother(pupil: Pupil) -> Contact:
    return ContactFactory(pupil=pupil, forename="Asha", surname="Patel", address="1 Test Lane")


@pytest.fixture
def target(pupil: Pupil) -> Target:
    return TargetFactory(pupil=pupil, wording="I ask for help", start=1, aim=3, review_on=localdate())


@pytest.fixture
def open_review(school: School, target: Target, senco) -> Review:
    """A review that has all it needs to be completed."""
    with in_school(school):
        cycle = services.begin_cycle(school=school, dates=CycleDates.objects.get(number=1), by=senco)
        review = Review.objects.select_related("cycle", "pupil__school").get(cycle=cycle)
        Judgement.objects.create(review=review, target=target, step=2, next="keep")
        return review


@pytest.fixture
def review(open_review: Review, senco) -> Review:
    """A completed review, its letters asked for."""
    with in_school(open_review.school):
        services.finish_review(review=open_review, version=open_review.version, by=senco)
        return Review.objects.select_related("cycle", "pupil__school").get(pk=open_review.pk)


@pytest.fixture
def letters_job(review: Review) -> Job:
    return Job.objects.get(kind=Job.Kind.LETTERS, row_id=review.pk)


@pytest.fixture
def letters_of() -> Callable[[Review], list[Letter]]:
    def find(review: Review) -> list[Letter]:
        with in_school(review.school):
            return list(Letter.objects.for_list_page().filter(review=review))

    return find


@pytest.fixture
def no_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody listens on port 1."""
    app = Celery("nobody")
    app.config_from_object("django.conf:settings", namespace="CELERY")
    app.conf.broker_url = "redis://127.0.0.1:1/0"
    monkeypatch.setattr(queue, "current_app", app)
