"""The cross-school progress report: ask for it, see how far it is, fetch the file."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from reports import queries, services
from reports.models import Job, ProgressReport
from reports.queries import Period
from reports.services.progress_reports import open_report
from reports.services.refusals import ReportRefused
from reports.views.jobs import latest_job, pdf
from schools.access import PartnershipRequest, Permission, partnership_view

FILE_NAME = "progress-report.pdf"


@require_POST
@partnership_view(Permission.REPORT_ASK)
def report_ask(request: PartnershipRequest) -> HttpResponse:
    schools = queries.schools_feeding(request.partnership, timezone.localdate())
    period = next((each for each in queries.published_periods(schools) if each.slug == request.POST.get("period")), None)
    if period is None:
        messages.error(request, "Choose a term for which a school has published figures.")
        return redirect("partnership-dashboard", request.partnership.slug)
    try:
        report = services.ask_report(partnership=request.partnership, period=period, by=request.user)
    except ReportRefused as refused:
        messages.error(request, refused.message)
        return redirect("partnership-dashboard", request.partnership.slug)
    return redirect("report", request.partnership.slug, report.public_id)


@partnership_view(Permission.PARTNERSHIP_FIGURES)
def report(request: PartnershipRequest, report_id: UUID) -> HttpResponse:
    """How far a report is. While it is being made the page asks for its own middle part again."""
    found = find_report(request, report_id)
    period = Period.of(found.academic_year, found.term)
    context = {"report": found, "period": period, "progress": latest_job(Job.Kind.PROGRESS_REPORT, found.pk)}
    is_part = bool(request.htmx)  # type: ignore[attr-defined]
    return render(request, "reports/_report.html" if is_part else "reports/report.html", context)


@partnership_view(Permission.PARTNERSHIP_FIGURES)
def report_file(request: PartnershipRequest, report_id: UUID) -> HttpResponse:
    found = find_report(request, report_id)
    try:
        return pdf(open_report(report=found, by=request.user), FILE_NAME)
    except ReportRefused as refused:
        messages.error(request, refused.message)
        return redirect("report", request.partnership.slug, found.public_id)


def find_report(request: PartnershipRequest, report_id: UUID) -> ProgressReport:
    """Return a report of this partnership. Raises Http404."""
    return get_object_or_404(ProgressReport.objects.select_related("asked_by"), partnership=request.partnership, public_id=report_id)
