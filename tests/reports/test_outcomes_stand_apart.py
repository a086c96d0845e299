"""Attendance, behaviour and attainment stand beside the steps: no figure, letter, dashboard or completed review reads them."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pupils.models import Contact
from reports import services
from reports import summaries as figures
from reports.models import CycleSummary, ReviewSummary
from reports.publishing import publish_term
from reports.services.letter_contents import contents_of
from schools.tenancy import in_school
from tests.factories.assessments import OutcomeValueFactory

TABLES = ("assessments_outcomevalue", "assessments_outcomemeasure")


def reads_outcomes(deed: Callable[[], object]) -> bool:
    """Whether doing it asks the database for an outcome."""
    with CaptureQueriesContext(connection) as captured:
        deed()
    return any(table in query["sql"] for query in captured.captured_queries for table in TABLES)


def test_completing_figures_publication_and_letters_read_no_outcome(open_review, mother: Contact, senco):
    OutcomeValueFactory(pupil=open_review.pupil, cycle=open_review.cycle, value="88.8")
    cycle, school = open_review.cycle, open_review.pupil.school
    with in_school(school):
        finish = lambda: services.finish_review(review=open_review, version=open_review.version, by=senco)  # noqa: E731
        assert not reads_outcomes(finish)
        open_review.refresh_from_db()
        for deed in (
            lambda: figures.rebuild(cycle),
            lambda: publish_term(school, cycle.academic_year, cycle.term),
            lambda: contents_of(open_review, services.letters.who_may_receive(open_review).recipients),
        ):
            assert not reads_outcomes(deed)


@pytest.mark.parametrize("name", ["school-dashboard", "cycle-list"])
def test_no_page_of_figures_reads_an_outcome(client, open_review, senco, name):
    OutcomeValueFactory(pupil=open_review.pupil, cycle=open_review.cycle)
    client.force_login(senco)
    assert not reads_outcomes(lambda: client.get(reverse(name, args=[open_review.pupil.school.slug])))


def test_a_page_that_reads_them_would_be_seen(client, open_review, senco):
    """The control: the pupil's own page shows them."""
    client.force_login(senco)
    address = reverse("pupil-targets", args=[open_review.pupil.school.slug, open_review.pupil.public_id])
    assert reads_outcomes(lambda: client.get(address))


def test_the_same_figures_come_out_with_and_without_outcomes(review):
    with in_school(review.pupil.school):
        before = figure_rows(review)
        OutcomeValueFactory(pupil=review.pupil, cycle=review.cycle, value="1")
        assert figure_rows(review) == before


def figure_rows(review) -> list[dict]:
    figures.rebuild(review.cycle)
    return [row for model in (CycleSummary, ReviewSummary) for row in model.objects.order_by("slice", "value").values() if row.pop("id")]
