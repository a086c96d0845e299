"""python -m tests.journeys.big_class SCHOOL GROUP PUPILS TARGETS: a class in the open cycle, in the data folder of a running site."""

import sys
from datetime import timedelta

import django


def make(slug: str, group: str, pupils: int, targets: int) -> None:
    from assessments.models import Review, ReviewCycle
    from schools.models import School
    from schools.tenancy import in_school
    from targets.models import Strand
    from tests.factories.assessments import ReviewFactory
    from tests.factories.pupils import PupilFactory
    from tests.factories.targets import OneToOneFactory, TargetFactory

    school = School.objects.get(slug=slug)
    strand = Strand.objects.published_for(school.partnership_id).first()
    with in_school(school):
        cycle = ReviewCycle.objects.open().get()
        recorder = Review.objects.filter(completed_by__isnull=False)[0].completed_by
    for number in range(pupils):
        pupil = PupilFactory(school=school, registration_group=group, forename=f"Pupil{number:03}", surname="Made-Up")
        ReviewFactory(pupil=pupil, cycle=cycle)
        rows = [
            TargetFactory(
                pupil=pupil, strand=strand, slot=slot, review_on=cycle.due_on + timedelta(days=1), wording=f"Row {number:03} {slot}"
            )
            for slot in range(1, targets + 1)
        ]
        OneToOneFactory(pupil=pupil, key_worker=recorder, steps=dict.fromkeys(rows, 2))


if __name__ == "__main__":
    django.setup()
    make(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
