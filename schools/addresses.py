"""Addresses of this site: where a request may lead to next, and what is written into an e-mail without a request."""

import os
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def own_page(request: HttpRequest, address: str | None, default: str = "/") -> str:
    """Return the address without its host where it is one of this site, else the default."""
    is_own = url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    if not address or not is_own:
        return default
    return urlunsplit(urlsplit(address)._replace(scheme="", netloc=""))


def sign_in_first(page: str) -> str:
    """Return the address of the sign-in page that leads on to a page."""
    return f"{reverse('account_login')}?{urlencode({'next': page})}"


def add_query(address: str, name: str, value: str) -> str:
    """Return the address with one more value in its query."""
    parts = urlsplit(address)
    return urlunsplit(parts._replace(query="&".join(filter(None, (parts.query, urlencode({name: value}))))))


def site_address() -> str:
    """Return where people open this site, for a command that has no request to ask: https://progress.your-trust.org."""
    if settings.CSRF_TRUSTED_ORIGINS:
        return settings.CSRF_TRUSTED_ORIGINS[0]
    named = [host for host in settings.ALLOWED_HOSTS if "*" not in host and not host.startswith(".")]
    if named and not settings.DEMO_MAIL:
        return f"https://{named[0]}"
    return f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
