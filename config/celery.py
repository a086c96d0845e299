"""The Celery application. Tasks live in each app's tasks.py; a task takes ids and calls one service."""

import os

from celery import Celery
from celery.signals import beat_init, worker_init

from config.starting import stop_an_unsafe_process

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")

app = Celery("config")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

worker_init.connect(stop_an_unsafe_process)
beat_init.connect(stop_an_unsafe_process)
