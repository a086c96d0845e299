"""The school of these tests is the one that the fixture files are from."""

import pytest

from schools.models import School
from tests.pupils.files.parts import OURS

LAESTAB = OURS[0] + OURS[1]


@pytest.fixture
def school(school: School) -> School:
    School.objects.filter(laestab=LAESTAB).update(laestab="")
    school.laestab = LAESTAB
    school.save(update_fields=["laestab"])
    return school
