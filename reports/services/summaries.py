"""Figures after a deed: a cycle's summaries are rebuilt, and published once the cycle is closed."""

from typing import cast

from django.utils import timezone

from assessments.models import Review, ReviewCycle
from reports import publishing
from reports import summaries as figures
from reports.models import Job
from reports.services.queue import Lease
from schools.models import School
from schools.tenancy import in_school


def renew_figures(job: Job, lease: Lease) -> None:
    """Rebuild the figures of a cycle and of its term. A closed cycle's are published, since nothing more will change them.

    While a review of the term is open again they wait for it: two publications that differ by one child would tell of that child.
    """
    with in_school(cast(int, job.school_id)):
        cycle = ReviewCycle.objects.select_related("school").get(pk=job.row_id)
        figures.rebuild(cycle)
        of_term = Review.objects.filter(cycle__academic_year=cycle.academic_year, cycle__term=cycle.term)
        if not cycle.is_open and not of_term.opened_again().exists():
            publishing.publish_term(cycle.school, cycle.academic_year, cycle.term, at=timezone.now())
    lease.renew(1, 1)


def publish_nightly() -> None:
    """Publish each school's figures where enough was completed since the last time; one school at a time, each in its own scope."""
    for school in School.objects.order_by("pk"):
        with in_school(school):
            publishing.publish_if_due(school, at=timezone.now())
