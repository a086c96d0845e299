from django.apps import AppConfig


class PupilsConfig(AppConfig):
    """Pupils, their needs, families and key workers."""

    name = "pupils"
