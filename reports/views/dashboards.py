"""Published figures, with small numbers hidden: what a school's governors see, and what a partnership sees of its schools."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from reports import queries
from reports.models import ProgressReport
from reports.queries import Period, PublishedSchool
from reports.suppression import Published, publish
from reports.views.exports import csv_of
from reports.views.heat import bars, csv_rows, heat_table
from reports.views.tables import programme_tables, published_rows
from schools.access import PartnershipRequest, Permission, SchoolRequest, partnership_view, school_view
from schools.models import School

REPORTS_SHOWN = 10


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
    found = _published(request)
    context: dict[str, Any] = {"period": found.period, "periods": found.periods, "lead": found.lead, "reports": _reports(request)}
    if found.schools:
        context |= {
            "tables": programme_tables(found.schools, found.result, found.strands),
            "heat": heat_table(found.schools, found.result, found.strands),
            "bars": bars(found.result, found.strands),
            "silent": found.silent,
        }
    return render(request, "reports/partnership_dashboard.html", context)


@partnership_view(Permission.PARTNERSHIP_FIGURES)
def partnership_csv(request: PartnershipRequest) -> HttpResponse:
    """The heat table as a file, with c for what is hidden."""
    found = _published(request)
    if found.period is None:
        raise Http404
    table = heat_table(found.schools, found.result, found.strands)
    return csv_of(f"figures-{found.period.slug}", ("Strand", "School", "Pupils who moved on", "Pupils"), csv_rows(table))


@dataclass(frozen=True)
class Found:
    """What a partnership's schools have published for one term, suppressed once over all of them."""

    period: Period | None
    periods: list[Period]
    strands: tuple[tuple[str, str], ...]
    schools: list[PublishedSchool]
    silent: list[School]
    result: Published

    @property
    def lead(self) -> str:
        count = len(self.schools) + len(self.silent)
        return f"{self.period}, {count} {'school' if count == 1 else 'schools'}" if self.period else ""


def _published(request: PartnershipRequest) -> Found:
    schools = queries.schools_feeding(request.partnership, timezone.localdate())
    periods = queries.published_periods(schools)
    period = chosen_period(request.GET.get("period", ""), periods)
    strands = queries.strands_of(request.partnership.pk) if period else ()
    published = queries.published_schools(schools, [key for key, _ in strands], period) if period else []
    silent = [school for school in schools if school.pk not in {each.school.pk for each in published}]
    result = publish([each.figures for each in published], threshold=request.partnership.suppression_threshold)
    return Found(period, periods, strands, published, silent, result)


def _reports(request: PartnershipRequest) -> list["_Asked"]:
    return [_Asked(report) for report in ProgressReport.objects.filter(partnership=request.partnership)[:REPORTS_SHOWN]]


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
