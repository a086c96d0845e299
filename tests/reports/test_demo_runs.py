"""The demo is the same for the same day, goes only into an empty database, and only once."""

from collections import Counter
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from assessments.models import Review, ReviewCycle
from pupils.models import Pupil
from reports.demo.people import LEAD, PASSWORD, SIGN_INS
from schools.models import School, User
from schools.tenancy import across_schools
from targets.models import Target
from tests.factories.schools import SchoolFactory
from tests.reports.demo.runs import TODAY, fingerprints, seeded

pytestmark = pytest.mark.django_db


def test_same_day_gives_the_same_rows_and_a_second_run_changes_nothing():
    with seeded(TODAY):
        first, said = fingerprints(), StringIO()
        call_command("seed_demo", stdout=said)
        assert fingerprints() == first
    assert said.getvalue() == "The demo is already there; nothing was changed.\n"
    with seeded(TODAY):
        assert fingerprints() == first
        with across_schools(School.objects.values_list("pk", flat=True)):
            Pupil.objects.filter(pk=Pupil.objects.order_by("pk")[0].pk).update(first_language="und")
        assert {label for label, found in fingerprints().items() if found != first[label]} == {"pupils.Pupil"}


@pytest.mark.parametrize("day", [date(2026, 9, 1), date(2028, 8, 15)])
def test_on_any_day_there_is_something_to_review_and_nothing_of_tomorrow(day):
    said = StringIO()
    call_command("seed_demo", "--today", day.isoformat(), stdout=said)
    assert PASSWORD in said.getvalue()
    assert all(f"senco@{slug}.example" in said.getvalue() for slug in SIGN_INS)
    with across_schools(School.objects.values_list("pk", flat=True)):
        cycles = Counter(ReviewCycle.objects.values_list("school__slug", flat=True))
        assert cycles == {"ashdown": 4, "birchwood": 3, "cedar": 4, "deepdale": 4}
        assert Review.objects.filter(status=Review.Status.READY).count() >= 6
        assert not ReviewCycle.objects.filter(opens_on__gt=day).exists()
        assert not Target.objects.filter(set_on__gt=day).exists()
        assert not Pupil.objects.filter(on_roll_from__gt=day).exists()


def test_demo_goes_only_into_an_empty_database():
    SchoolFactory()
    with pytest.raises(CommandError, match="already holds schools"):
        call_command("seed_demo")
    assert not User.objects.filter(email=LEAD[0]).exists()
