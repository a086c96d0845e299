"""The embedded default of `make run`: SQLite, an embedded broker, e-mails written to a page. For trying out."""

import os

from config.broker import broker_url
from config.settings.base import *  # noqa: F403
from config.settings.base import ALLOWED_HOSTS, VAR
from config.settings.local_secret import local_secret

SECRET_KEY = local_secret(VAR / "secret-key")
HOST = os.environ.get("HOST", "127.0.0.1")
ALLOWED_HOSTS = ALLOWED_HOSTS or (["*"] if HOST in ("0.0.0.0", "::") else ["localhost", "127.0.0.1", "[::1]", HOST])  # noqa: S104
STYLEGUIDE = True
DEMO_MAIL = True

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"
DEFAULT_FROM_EMAIL = "no-reply@partnership.example"

STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True  # nothing has to be collected before a first start

CELERY_BROKER_URL = broker_url()
