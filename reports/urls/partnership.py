"""Addresses below /partnerships/<slug>/."""

from django.urls import path

from reports import converters  # noqa: F401 - registers <period:...>
from reports.views import dashboards, partnership_cycles, progress_reports

urlpatterns = [
    path("dashboard/", dashboards.partnership_dashboard, name="partnership-dashboard"),
    path("dashboard/figures.csv", dashboards.partnership_csv, name="partnership-csv"),
    path("cycles/", partnership_cycles.partnership_cycles, name="partnership-cycles"),
    path("cycles/<period:period>/open/", partnership_cycles.partnership_cycle_open, name="partnership-cycle-open"),
    path("reports/", progress_reports.report_ask, name="report-ask"),
    path("reports/<uuid:report_id>/", progress_reports.report, name="report"),
    path("reports/<uuid:report_id>/file/", progress_reports.report_file, name="report-file"),
]
