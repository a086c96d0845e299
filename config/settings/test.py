"""Settings for tests: SQLite, or the PostgreSQL of TEST_DATABASE_URL as the roles of a real installation."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from config.settings.base import *  # noqa: F403
from config.settings.base import MIDDLEWARE, database
from schools.fences import MIGRATOR

VAR = Path(tempfile.mkdtemp(prefix="send-tests-"))
atexit.register(shutil.rmtree, VAR, ignore_errors=True)
SECRET_KEY = "for-tests-only-" + "x" * 50
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
STYLEGUIDE = True
DEMO_MAIL = True
MEDIA_ROOT = VAR / "media"
STATIC_ROOT = None  # nothing is collected for tests
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DEFAULT_FROM_EMAIL = "no-reply@partnership.example"

TEST_DATABASE_URL = os.environ.get("TEST_DATABASE_URL", "")
if TEST_DATABASE_URL:
    DATABASES = {"default": {**database(TEST_DATABASE_URL), "USER": MIGRATOR, "PASSWORD": ""}}
    DATABASES["default"]["TEST"] = {"NAME": f"test_{DATABASES['default']['NAME']}"}
    DATABASE_ROLE = "migrator"  # while the database is built; tests/conftest.py then connects as the application
else:
    DATABASES = {"default": {**database("sqlite://:memory:"), "TEST": {"NAME": os.environ.get("TEST_SQLITE_FILE") or None}}}

CELERY_BROKER_URL = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:1/0")  # nobody listens on port 1
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "KEY_FUNCTION": "config.cache.hidden_key"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MIDDLEWARE = [*MIDDLEWARE]
