"""A class of two in an open cycle, and the ways in which many rows come at once."""

import io
import re
from collections.abc import Callable
from html import unescape

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from assessments import services
from assessments.models import Judgement, Review
from schools.models import School
from schools.tenancy import in_school
from targets.models import Target
from tests.factories.assessments import CycleDatesFactory
from tests.factories.pupils import PupilFactory
from tests.factories.targets import TargetFactory


@pytest.fixture
def reviews(school: School, senco) -> list[Review]:
    """Ravi with two targets and Sam with one, all of 7B."""
    dates = CycleDatesFactory.around_today(school)
    ravi = PupilFactory(school=school, forename="Ravi", surname="Patel", registration_group="7B")
    sam = PupilFactory(school=school, forename="Sam", surname="Stone", registration_group="7B")
    for pupil, wording, slot in ((ravi, "I ask for help", 1), (ravi, "=I wait", 2), (sam, "I join in", 1)):
        TargetFactory(pupil=pupil, wording=wording, slot=slot, start=1, aim=3, review_on=dates[0].due_on)
    with in_school(school):
        cycle = services.open_cycle(school=school, dates=dates[0], by=senco)
        return list(Review.objects.filter(cycle=cycle).select_related("cycle", "pupil__school").order_by("pupil__forename"))


@pytest.fixture
def address(reviews) -> Callable[[str], str]:
    return lambda name: reverse(name, args=[reviews[0].pupil.school.slug, reviews[0].cycle])


@pytest.fixture
def judged(school: School) -> Callable[[], dict[str, tuple]]:
    """Step, next action and note of each target that has any, by its words."""

    def read() -> dict[str, tuple]:
        with in_school(school):
            rows = Judgement.objects.values_list("target__wording", "step", "not_seen", "next", "note")
            return {
                wording: ("x" if unseen else step, then, note)
                for wording, step, unseen, then, note in rows
                if step is not None or unseen or note
            }

    return read


@pytest.fixture
def target_of(school: School) -> Callable[[str], Target]:
    def find(wording: str) -> Target:
        with in_school(school):
            return Target.objects.select_related("pupil").get(wording=wording)

    return find


@pytest.fixture
def download(client, senco, address) -> Callable[[], openpyxl.Workbook]:
    client.force_login(senco)
    return lambda: openpyxl.load_workbook(io.BytesIO(client.get(address("review-sheet")).content))


@pytest.fixture
def bring_back(client, address) -> Callable[..., str]:
    """Bring a workbook back and give back the page that comes of it."""

    def upload(book: openpyxl.Workbook | bytes, name: str = "sheet.xlsx") -> str:
        if not isinstance(book, bytes):
            content = io.BytesIO()
            book.save(content)
            book = content.getvalue()
        return client.post(address("review-sheet-back"), {"file": SimpleUploadedFile(name, book)}).text

    return upload


@pytest.fixture
def press(client, address) -> Callable[..., str]:
    """Press the button of a page that carries a parcel: put in, or undo."""

    def post(page: str, **more: str) -> str:
        parcel = re.search(r'name="parcel" value="([^"]*)"', page)
        assert parcel
        return client.post(address("review-put-in"), {"parcel": unescape(parcel[1]), **more}, follow=True).text

    return post
