"""A class of 7B in an open cycle, as the grid shows it."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.urls import reverse

from assessments import services
from assessments.models import Judgement, Review, ReviewCycle
from pupils.models import Pupil
from schools.tenancy import in_school
from targets.models import Target
from tests.factories.assessments import CycleDatesFactory
from tests.factories.pupils import PupilFactory
from tests.factories.targets import TargetFactory

CONTROL = re.compile(r"<(input|select|textarea)\b([^>]*)>(.*?)(?=<(?:input|select|textarea)\b|$)", re.S)
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')


@pytest.fixture
def dates(school):
    return CycleDatesFactory.around_today(school)


@pytest.fixture
def pupil(school) -> Pupil:
    return PupilFactory(school=school, forename="Ravi", surname="Patel", registration_group="7B")


@pytest.fixture
def target(pupil, dates) -> Target:
    return TargetFactory(pupil=pupil, wording="I ask for help", start=1, aim=3, review_on=dates[0].due_on)


@pytest.fixture
def another(dates, school) -> Callable[..., Target]:
    """One more target of the class: of a new pupil, unless one is named."""

    def make(pupil: Pupil | None = None, slot: int = 1, **fields) -> Target:
        pupil = pupil or PupilFactory(school=school, registration_group="7B")
        return TargetFactory(pupil=pupil, slot=slot, review_on=dates[0].due_on, **fields)

    return make


@pytest.fixture
def open_cycle(school, dates, senco) -> Callable[[], ReviewCycle]:
    def open_it() -> ReviewCycle:
        with in_school(school):
            return services.open_cycle(school=school, dates=dates[0], by=senco)

    return open_it


@pytest.fixture
def cycle(target, open_cycle) -> ReviewCycle:
    return open_cycle()


def review_of(target: Target) -> Review:
    with in_school(target.school):
        return Review.objects.select_related("cycle", "pupil").get(pupil=target.pupil_id)


def judged(target: Target) -> Judgement:
    with in_school(target.school):
        return Judgement.objects.select_related("saved_by").get(target=target)


def grid_url(cycle: ReviewCycle, query: str = "?group=7B") -> str:
    return reverse("review-grid", args=[cycle.school.slug, cycle]) + query


def row_url(cycle: ReviewCycle, target: Target) -> str:
    return reverse("review-row", args=[cycle.school.slug, cycle, target.public_id])


def fields_of(text: str, mark: str = 'id="grid"') -> dict[str, str]:
    """What a browser would send of the grid's form, or of the one that `mark` stands in, as it is."""
    form = text[text.index(mark) :]
    found = {}
    for tag, attributes, after in CONTROL.findall(form[: form.index("</form>")]):
        values = dict(ATTRIBUTE.findall(attributes))
        if "name" not in values or (values.get("type") == "radio" and " checked" not in attributes):
            continue
        found[unescape(values["name"])] = unescape(_value(tag, values, after))
    return found


def _value(tag: str, values: dict[str, str], after: str) -> str:
    if tag == "input":
        return values.get("value", "")
    if tag == "textarea":
        return after.split("</textarea>")[0]
    chosen = re.search(r'<option value="([^"]*)"[^>]*\bselected', after.split("</select>")[0])
    return chosen[1] if chosen else ""


def now(target: Target) -> str:
    return f"now-{target.pk}"


def note(target: Target) -> str:
    return f"note-{target.pk}"


@pytest.fixture
def post(client, senco, cycle):
    """Send the page as it was opened, with some fields changed; the answer is that of the page that follows."""
    client.force_login(senco)

    def send(opened: dict[str, str] | None = None, **changed: str):
        fields = opened or fields_of(client.get(grid_url(cycle)).text)
        return client.post(grid_url(cycle), fields | changed, follow=True)

    return send
