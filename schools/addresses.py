"""Where a request may lead to next: a page of this site, never another host."""

from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def own_page(request: HttpRequest, address: str | None, default: str = "/") -> str:
    """Return the address where it is one of this site, else the default."""
    is_own = url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return address if address and is_own else default


def sign_in_first(page: str) -> str:
    """Return the address of the sign-in page that leads on to a page."""
    return f"{reverse('account_login')}?{urlencode({'next': page})}"
