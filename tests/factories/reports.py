"""Rows of the reports app."""

import factory
from factory.django import DjangoModelFactory

from reports.models import ALL, CycleSummary, Job, Letter, ProgressReport, Publication, ReviewSummary
from schools.models import School, Term
from tests.factories.pupils import SchoolOwnedFactory


class JobFactory(DjangoModelFactory):
    class Meta:
        model = Job

    key = factory.Sequence(lambda n: f"job:{n}")
    kind = Job.Kind.SUMMARY
    row_id = 1


class LetterFactory(SchoolOwnedFactory):
    class Meta:
        model = Letter

    school = factory.SelfAttribute("review.school")


class PublicationFactory(SchoolOwnedFactory):
    class Meta:
        model = Publication

    academic_year = 2026
    term = Term.AUTUMN
    number = 1
    reviews_completed = 20


class CycleSummaryFactory(SchoolOwnedFactory):
    class Meta:
        model = CycleSummary

    academic_year = 2026
    term = Term.AUTUMN


class ReviewSummaryFactory(SchoolOwnedFactory):
    class Meta:
        model = ReviewSummary

    academic_year = 2026
    term = Term.AUTUMN


class ProgressReportFactory(DjangoModelFactory):
    class Meta:
        model = ProgressReport

    academic_year = 2026
    term = Term.AUTUMN


def publish_figures(
    school: School, *, pupils: int = 20, moved: int = 12, key: str = "communicating", number: int = 1, due: int | None = None
) -> Publication:
    """A publication of a school: all pupils in one strand, one target each; `due` where further reviews are not completed."""
    publication = PublicationFactory(school=school, number=number)
    figures = {"pupils": pupils, "pupils_moved_on": moved, "judged": pupils, "moved_on": moved, "same": pupils - moved}
    for strand in (ALL, key):
        CycleSummaryFactory(school=school, publication=publication, strand_key=strand, **figures)
    work = {"due": due or pupils, "completed": pupils, "pupil_views": pupils, "parents_met": pupils}
    ReviewSummaryFactory(school=school, publication=publication, **work)
    return publication
