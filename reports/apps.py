from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Figures, letters, reports, and the jobs that make them."""

    name = "reports"
