"""Settings for real schools. Refuses to start with an unsafe value and says which."""

import os

from django.core.exceptions import ImproperlyConfigured

from config.broker import client_url
from config.checks import refuse_unsafe
from config.settings.base import *  # noqa: F403

if reasons := refuse_unsafe(os.environ):
    raise ImproperlyConfigured("This server will not start:\n- " + "\n- ".join(reasons))

SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True

# Limits of sign-in, counted over all processes. Without Redis nobody signs in: better than signing in without limits.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": client_url(os.environ["REDIS_URL"]),
        "KEY_FUNCTION": "config.cache.hidden_key",
        "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 2},
    }
}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TRUSTED_PROXIES", "1"))  # the proxy with TLS; else one address would stand for everybody

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.static_files.HashedFiles"},
}
