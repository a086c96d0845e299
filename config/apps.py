from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Lets the template vocabulary of config.ui and the project's own commands be found."""

    name = "config"
    label = "config"
