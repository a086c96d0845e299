from django.apps import AppConfig


class TargetsConfig(AppConfig):
    """What each pupil works towards."""

    name = "targets"
