"""Settings, addresses and what is drawn on every page."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
