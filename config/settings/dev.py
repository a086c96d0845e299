"""The embedded default of `make run`: SQLite, an embedded broker, e-mails written to a page. For trying out."""

from config.broker import broker_url
from config.settings.base import *  # noqa: F403
from config.settings.base import CONTENT_SECURITY_POLICY, VAR
from config.settings.local_secret import local_secret

SECRET_KEY = local_secret(VAR / "secret-key")
DEBUG = False
ALLOWED_HOSTS = ["*"]
STYLEGUIDE = True
DEMO_MAIL = True

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"
DEFAULT_FROM_EMAIL = "no-reply@partnership.example"

CELERY_BROKER_URL = broker_url()
CONTENT_SECURITY_POLICY = {**CONTENT_SECURITY_POLICY}
