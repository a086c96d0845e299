"""The cross-school progress report: asked for once, made from publications only, kept with its hash."""

import hashlib
import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from reports import rendering, services
from reports.models import Job, ProgressReport
from reports.services import files
from reports.services.queue import Lease
from schools import tenancy
from schools.models import Membership, School
from tests.factories.reports import ProgressReportFactory, publish_figures
from tests.factories.schools import ProgrammeFactory
from tests.factories.targets import strand_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def published(partnership, school, sister_school):
    """Two schools under two programmes, each with figures."""
    strand_of(partnership)
    School.objects.filter(pk=sister_school.pk).update(
        name="Cedar Primary", programme=ProgrammeFactory(partnership=partnership, name="HORIZONS", look="horizons")
    )
    publish_figures(school, pupils=30, moved=15)
    publish_figures(sister_school, pupils=40, moved=30)
    return partnership


def ask(client, partnership, period: str = "2026-autumn"):
    return client.post(reverse("report-ask", args=[partnership.slug]), {"period": period}, follow=True)


def page(report: ProgressReport, name: str = "report") -> str:
    return reverse(name, args=[report.partnership.slug, report.public_id])


def run() -> ProgressReport:
    services.run_job(Job.objects.get(kind=Job.Kind.PROGRESS_REPORT).pk)
    return ProgressReport.objects.select_related("partnership").get()


def test_a_report_is_asked_for_made_and_fetched(client, lead, published, school, media):
    client.force_login(lead)
    assert "Waiting to be made." in ask(client, published).text
    report = run()
    assert report.state == ProgressReport.State.MADE
    assert "The report is ready." in client.get(page(report)).text
    response = client.get(page(report, "report-file"))
    assert response["Content-Disposition"] == 'attachment; filename="progress-report.pdf"'
    assert hashlib.sha256(response.content).hexdigest() == report.sha256
    text = " ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(response.content)).pages)
    assert school.name in text
    assert "Cedar Primary" in text
    assert "HORIZONS" in text


def test_asked_twice_is_one_job_and_one_report(client, lead, head, published):
    client.force_login(lead)
    ask(client, published)
    client.force_login(head)
    ask(client, published)
    assert (Job.objects.count(), ProgressReport.objects.count()) == (1, 1)


def test_a_report_that_is_made_can_be_asked_for_anew(client, lead, published):
    client.force_login(lead)
    ask(client, published)
    run()
    ask(client, published)
    assert ProgressReport.objects.count() == 2


@pytest.mark.parametrize("period", ["2031-autumn", "", "2026-winter", "x" * 200])
def test_a_term_without_figures_is_refused(client, lead, published, period):
    client.force_login(lead)
    assert "Choose a term for which a school has published figures." in ask(client, published, period).text
    assert not ProgressReport.objects.exists()


@pytest.mark.parametrize(("role", "may_ask", "may_see"), [("lead", True, True), ("head", True, True), ("senco", False, True)])
def test_who_asks_and_who_reads(client, published, role, may_ask, may_see, request):
    client.force_login(request.getfixturevalue(role))
    report = ProgressReportFactory(partnership=published)
    assert ask(client, published).status_code == (200 if may_ask else 404)
    assert client.get(page(report)).status_code == (200 if may_see else 404)


@pytest.mark.parametrize("role", ["charlie", "teacher", "office"])
def test_nobody_else_sees_a_report(client, published, role, request):
    client.force_login(request.getfixturevalue(role))
    report = ProgressReportFactory(partnership=published)
    for name in ("report", "report-file"):
        assert client.get(page(report, name)).status_code == 404
    assert ask(client, published).status_code == 404


def test_a_report_of_another_partnership_is_not_found_under_ones_own(client, lead, published, foreign_school):
    client.force_login(lead)
    foreign = ProgressReportFactory(partnership=foreign_school.partnership)
    assert client.get(reverse("report", args=[published.slug, foreign.public_id])).status_code == 404


def test_a_leavers_report_is_not_made(client, lead, published):
    client.force_login(lead)
    ask(client, published)
    Membership.objects.filter(user=lead).update(ended_at=timezone.now())
    assert run().state == ProgressReport.State.FAILED


def test_no_schools_scope_is_opened_for_a_report(client, lead, published, monkeypatch):
    client.force_login(lead)
    ask(client, published)

    def refuse(school: object) -> None:
        raise AssertionError("a pupil's row could be read")

    monkeypatch.setattr(tenancy, "in_school", refuse)
    monkeypatch.setattr("reports.services.letters.in_school", refuse)
    monkeypatch.setattr("reports.services.summaries.in_school", refuse)
    assert run().state == ProgressReport.State.MADE


def take_over(job: Job) -> None:
    """Let the lease run out, and another worker do the whole job."""
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    services.run_job(job.pk)


@pytest.mark.parametrize("at", ["render", "store"])
def test_of_two_attempts_that_are_alive_the_report_keeps_one_file_and_its_own_hash(client, lead, published, media, monkeypatch, at):
    """The first worker is slow, after printing or after storing; the second one makes the whole report of other figures meanwhile."""
    client.force_login(lead)
    ask(client, published)
    job, papers = Job.objects.get(), iter((b"late", b"new"))
    monkeypatch.setattr(rendering, "render_report", lambda content: next(papers))
    where, name = {"render": (rendering, "render_report"), "store": (files, "store")}[at]
    usual = getattr(where, name)

    def slow(*what: object) -> object:
        done = usual(*what)
        monkeypatch.setattr(where, name, usual)
        take_over(job)
        return done

    monkeypatch.setattr(where, name, slow)
    report = run()
    assert (report.state, report.sha256) == (ProgressReport.State.MADE, hashlib.sha256(b"new").hexdigest())
    assert client.get(page(report, "report-file")).content == b"new"
    assert [each.read_bytes() for each in (media / "reports").iterdir()] == [b"new"]


def test_what_a_killed_attempt_stored_does_not_stay(client, lead, published, media, monkeypatch):
    client.force_login(lead)
    ask(client, published)

    def killed(lease: Lease, done: int, total: int) -> None:
        if done:
            raise SystemExit

    with monkeypatch.context() as broken:
        broken.setattr(Lease, "renew", killed)
        with pytest.raises(SystemExit):
            run()
    take_over(Job.objects.get())
    assert ProgressReport.objects.get().state == ProgressReport.State.MADE
    assert len(list((media / "reports").iterdir())) == 1


def test_a_report_before_it_is_made_has_no_file(client, lead, published):
    client.force_login(lead)
    report = ProgressReportFactory(partnership=published)
    assert "missing or damaged" in client.get(page(report, "report-file"), follow=True).text


def test_a_failed_report_says_so(client, lead, published, monkeypatch):
    client.force_login(lead)
    ask(client, published)
    monkeypatch.setattr("reports.rendering.render_report", lambda content: 1 / 0)
    for _ in range(3):
        report = run()
    assert report.state == ProgressReport.State.FAILED
    assert "could not be made" in client.get(page(report)).text
