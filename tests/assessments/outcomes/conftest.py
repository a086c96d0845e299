"""The measures of a school: one of each kind."""

import pytest

from assessments.models import OutcomeMeasure
from tests.factories.assessments import OutcomeMeasureFactory


@pytest.fixture
def measures(open_review) -> dict[str, OutcomeMeasure]:
    school = open_review.pupil.school
    wanted = (("attendance", "Attendance"), ("behaviour", "Points"), ("attainment", "Reading age"))
    return {name: OutcomeMeasureFactory(school=school, kind=kind, name=name) for kind, name in wanted}
