"""The cross-school progress report: asked for by a head or lead, made from publications only, kept with its hash."""

from django.db import transaction
from django.utils import timezone

from reports import queries, rendering
from reports.content import ReportContent
from reports.models import Job, ProgressReport
from reports.queries import Period
from reports.services import files
from reports.services.queue import UNFINISHED, Lease, LeaseLost, enqueue_job
from reports.services.refusals import NOTHING_PUBLISHED, CannotBeDone, NothingPublished
from reports.suppression import publish
from schools import audit
from schools.models import Partnership, User


@transaction.atomic
def ask_report(*, partnership: Partnership, period: Period, by: User) -> ProgressReport:
    """Ask for the report of a term. While one is being made, asking again leads to that very one."""
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    key = f"report:{partnership.pk}:{period.slug}"
    if unfinished := Job.objects.filter(key=key, state__in=UNFINISHED).first():
        return ProgressReport.objects.get(pk=unfinished.row_id)
    if period not in queries.published_periods(queries.schools_feeding(partnership, timezone.localdate())):
        raise NothingPublished
    report = ProgressReport.objects.create(partnership=partnership, academic_year=period.academic_year, term=period.term, asked_by=by)
    enqueue_job(kind=Job.Kind.PROGRESS_REPORT, key=key, row_id=report.pk, by=by, where=partnership)
    audit.record(by=by, action="report.asked", row=report)
    return report


def make_report(job: Job, lease: Lease) -> None:
    """Print the report and keep it. Done twice it is one file; no pupil's row is read."""
    report = ProgressReport.objects.select_related("partnership").get(pk=job.row_id)
    content = report_content(report)
    lease.renew(0, 1)
    _keep(report, rendering.render_report(content), lease)
    for earlier in range(1, lease.attempt):
        files.discard(_path(report, earlier))


def _keep(report: ProgressReport, pdf: bytes, lease: Lease) -> None:
    """Store the file, and name it with its hash while the job is held. An attempt that came too late takes its own file away."""
    path = _path(report, lease.attempt)
    sha256 = files.store(path, pdf)
    try:
        with transaction.atomic():
            lease.renew(1, 1)  # locks the job's row: nobody takes it over before both are written
            ProgressReport.objects.filter(pk=report.pk).update(state=ProgressReport.State.MADE, file=path, sha256=sha256)
    except LeaseLost:
        files.discard(path)
        raise


def _path(report: ProgressReport, attempt: int) -> str:
    """Each attempt has a file of its own: of two that are alive, neither writes over what the other one named."""
    return files.name_for("reports", f"{report.public_id}:{attempt}")


def report_content(report: ProgressReport) -> ReportContent:
    """Gather published, suppressed figures and nothing else. Raises CannotBeDone when no school has published any."""
    partnership, today = report.partnership, timezone.localdate()
    period = Period.of(report.academic_year, report.term)
    strands = queries.strands_of(partnership.pk)
    schools = queries.published_schools(queries.schools_feeding(partnership, today), [key for key, _ in strands], period)
    if not schools:
        raise CannotBeDone(NOTHING_PUBLISHED)
    return ReportContent(
        partnership=partnership.name,
        period=str(period),
        dated=today,
        strands=strands,
        schools=tuple(each.info for each in schools),
        published=publish([each.figures for each in schools], threshold=partnership.suppression_threshold),
        threshold=partnership.suppression_threshold,
    )


def open_report(*, report: ProgressReport, by: User) -> bytes:
    """Read a report's file. Raises FileDamaged where it is missing or not what was kept."""
    content = files.fetch(report.file, report.sha256)
    audit.record(by=by, action="report.opened", row=report)
    return content
