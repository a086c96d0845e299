"""Redis gone: pages work, and what was asked for waits and says so."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.models import Review
from reports.models import Job
from reports.services import queue
from schools.tenancy import in_school
from tests.factories.reports import publish_figures

pytestmark = pytest.mark.usefixtures("no_broker")


def test_a_review_is_completed_and_its_letters_wait(client, senco, open_review, mother, django_capture_on_commit_callbacks):
    client.force_login(senco)
    complete = reverse("review-complete", args=[open_review.school.slug, open_review.cycle, open_review.pupil.public_id])
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(complete, {"version": open_review.version}, follow=True)
    assert response.status_code == 200
    assert "Waiting to be made." in response.text
    with in_school(open_review.school):
        assert Review.objects.get(pk=open_review.pk).status == Review.Status.COMPLETED
    job = Job.objects.get(kind=Job.Kind.LETTERS)
    assert (job.state, job.attempts) == (Job.State.WAITING, 0)
    Job.objects.update(created_at=timezone.now() - timedelta(minutes=2))
    assert "nothing is lost" in client.get(response.request["PATH_INFO"]).text


def test_a_report_is_asked_for_and_waits(client, lead, school, django_capture_on_commit_callbacks):
    publish_figures(school)
    client.force_login(lead)
    ask = reverse("report-ask", args=[school.partnership.slug])
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(ask, {"period": "2026-autumn"}, follow=True)
    assert "Waiting to be made." in response.text
    Job.objects.update(created_at=timezone.now() - timedelta(minutes=2))
    assert "nothing is lost" in client.get(response.request["PATH_INFO"]).text


def test_the_sweeper_goes_on_without_a_broker(school):
    Job.objects.create(key="summary:1", kind=Job.Kind.SUMMARY, school=school, row_id=1, created_at=timezone.now() - timedelta(minutes=2))
    queue.sweep_jobs()
    assert Job.objects.get().state == Job.State.WAITING
