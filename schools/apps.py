from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    """Partnerships, schools, people and what they may do."""

    name = "schools"
