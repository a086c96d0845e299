"""Figures: a school's own, what its governors see of them, and a partnership's, which are published and suppressed."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from reports import queries
from reports.models import ProgressReport
from reports.queries import Period
from reports.views.tables import ProgrammeTable, live_rows, programme_tables, published_rows
from schools.access import PartnershipRequest, Permission, SchoolRequest, partnership_view, school_view
from schools.models import School

REPORTS_SHOWN = 10


@school_view(Permission.DASHBOARD_SEE)
def school_dashboard(request: SchoolRequest) -> HttpResponse:
    """The school's own figures of its latest cycle, unsuppressed: its SENCO and head may see every name behind them."""
    figures = queries.live_figures()
    strands = queries.strands_of(request.school.partnership_id)
    rows = live_rows(figures, strands) if figures else []
    return render(request, "reports/school_dashboard.html", {"figures": figures, "rows": rows})


@school_view(Permission.DASHBOARD_SUPPRESSED)
def school_published(request: SchoolRequest) -> HttpResponse:
    """What the school has published, with small numbers hidden."""
    school = School.objects.select_related("programme", "partnership").get(pk=request.school.pk)
    strands = queries.strands_of(school.partnership_id)
    periods = queries.published_periods([school])
    period = chosen_period(request.GET.get("period", ""), periods)
    found = queries.published_schools([school], [key for key, _ in strands], period) if period else []
    rows = published_rows(found[0], strands, school.partnership.suppression_threshold) if found else []
    return render(request, "reports/school_published.html", {"period": period, "periods": periods, "rows": rows, "found": found})


@partnership_view(Permission.PARTNERSHIP_FIGURES)
def partnership_dashboard(request: PartnershipRequest) -> HttpResponse:
    """What the schools have published, each under its programme, in alphabetical order."""
    schools = queries.schools_feeding(request.partnership, timezone.localdate())
    periods = queries.published_periods(schools)
    period = chosen_period(request.GET.get("period", ""), periods)
    tables: list[ProgrammeTable] = []
    silent: list[School] = []
    if period:
        strands = queries.strands_of(request.partnership.pk)
        published = queries.published_schools(schools, [key for key, _ in strands], period)
        tables = programme_tables(published, strands, request.partnership.suppression_threshold)
        silent = [school for school in schools if school.pk not in {each.school.pk for each in published}]
    lead = f"{period}, {len(schools)} {'school' if len(schools) == 1 else 'schools'}" if period else ""
    reports = [_Asked(report) for report in ProgressReport.objects.filter(partnership=request.partnership)[:REPORTS_SHOWN]]
    context = {"period": period, "periods": periods, "tables": tables, "silent": silent, "lead": lead, "reports": reports}
    return render(request, "reports/partnership_dashboard.html", context)


@dataclass(frozen=True)
class _Asked:
    """A report that somebody asked for, with its term in words."""

    report: ProgressReport

    @property
    def public_id(self) -> UUID:
        return self.report.public_id

    @property
    def period(self) -> Period:
        return Period.of(self.report.academic_year, self.report.term)


def chosen_period(slug: str, periods: list[Period]) -> Period | None:
    """The period of the address, else the latest one."""
    return next((period for period in periods if period.slug == slug), periods[0] if periods else None)
