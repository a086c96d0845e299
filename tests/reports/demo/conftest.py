from collections.abc import Iterator

import pytest
from django.db import transaction

from reports.demo.seeding import seed_demo
from schools.models import School
from schools.tenancy import across_schools
from tests.reports.demo.runs import TODAY


@pytest.fixture(scope="package")
def demo(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """One run for all tests that only look, with every school in sight."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        seed_demo(today=TODAY)
        with across_schools(School.objects.values_list("pk", flat=True)):
            yield
        transaction.set_rollback(True)
