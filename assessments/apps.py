from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """Review cycles, reviews and judgements."""

    name = "assessments"
