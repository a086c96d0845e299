"""Lists of letters ask as much of the database for thirty letters as for one."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.models import Review
from reports.models import Letter
from schools.models import Term
from tests.counting import assert_does_not_grow
from tests.factories.assessments import ReviewCycleFactory, ReviewFactory
from tests.factories.pupils import ContactFactory, PupilFactory
from tests.factories.reports import LetterFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ravi(school):
    return PupilFactory(school=school, forename="Ravi", surname="Patel")


@pytest.fixture
def reviewed(school, ravi) -> Callable[..., Review]:
    """A completed review: `reviewed()` of Ravi's own, each in another year; `reviewed(pupil=…)` of somebody else's."""
    years = iter(range(2026, 1990, -1))

    def a_review(**fields: object) -> Review:
        year = next(years)
        cycle = ReviewCycleFactory(school=school, academic_year=year, term=Term.AUTUMN, name=f"Autumn {year}")
        return ReviewFactory(**{"pupil": ravi, "cycle": cycle, "status": "completed", "completed_at": timezone.now()} | fields)

    return a_review


def letter_of(review: Review, **fields: object) -> Letter:
    return LetterFactory(review=review, contact=ContactFactory(pupil=review.pupil), **fields)


def test_letters_to_print_do_not_grow_in_queries(client, office, school, reviewed):
    def more(how_many: int = 29) -> None:
        for number in range(how_many):
            pupil = PupilFactory(school=school, registration_group=f"7{'ABC'[number % 3]}")
            letter_of(reviewed(pupil=pupil), state=Letter.State.APPROVED)

    more(1)
    client.force_login(office)
    assert_does_not_grow(client, reverse("letters-to-print", args=[school.slug]), more, at_most=15)


def test_a_pupils_letters_do_not_grow_in_queries(client, senco, school, ravi, reviewed):
    letter_of(reviewed())
    client.force_login(senco)
    url = reverse("pupil-letters", args=[school.slug, ravi.public_id])
    assert_does_not_grow(client, url, lambda: [letter_of(reviewed()) for _ in range(29)], at_most=15)


def test_the_letters_of_a_review_do_not_grow_in_queries(client, senco, school, ravi, reviewed):
    review = reviewed()
    letter_of(review)
    client.force_login(senco)
    url = reverse("review-letters", args=[school.slug, review.cycle, ravi.public_id])
    assert_does_not_grow(client, url, lambda: [letter_of(review) for _ in range(29)], at_most=20)
