"""Settings of the bench: the real ones without what a server needs around it, and one address more, of an empty page."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from config.settings.base import *  # noqa: F403

VAR = Path(tempfile.mkdtemp(prefix="send-bench-"))
atexit.register(shutil.rmtree, VAR, ignore_errors=True)
SECRET_KEY = "for-measuring-only-" + "x" * 50
ALLOWED_HOSTS = ["testserver"]
ROOT_URLCONF = "bench.urls"
MEDIA_ROOT = VAR / "media"
CELERY_BROKER_URL = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/0")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
LOGGING = {"version": 1}
STATIC_ROOT = None  # nothing is collected for measuring
WHITENOISE_USE_FINDERS = False
