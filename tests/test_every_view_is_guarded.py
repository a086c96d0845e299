"""The first fence, over every address: a view is behind school_view or partnership_view, or on the reviewed list."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path
from django.utils.module_loading import import_string

from schools.access import Permission

OPEN_TO_ANYBODY = {
    "health-live": "says that the process runs",
    "health-ready": "says which service is missing, by name only",
    "account_login": "the way in",
    "account_logout": "the way out",
    "account_reset_password": "a forgotten password",
    "account_reset_password_done": "a forgotten password",
    "account_reset_password_from_key": "a forgotten password; the key in the address is checked",
    "account_reset_password_from_key_done": "a forgotten password",
    "account_inactive": "says that an account is closed; names nobody",
    "session-stay": "answers 401 when signed out, since a redirect would look like success to a script",
    "outbox-session": "answers 401 when signed out, since a redirect would look like success to a script",
    "service-worker": "a script that is the same for everybody",
    "offline": "says that there is no network; names nobody",
    "invitation": "a new person has no account yet; the token is checked",
    "voice-page": "a pupil has no account; the token is checked, and that this very session was locked with it",
    "demo-mail": "only where DEMO_MAIL is on",
    "styleguide": "only where STYLEGUIDE is on; shows no rows",
    "display": "light or dark, also before sign-in",
}
OPEN_TO_EVERY_PERSON = {
    "home": "leads to the person's own home",
    "take-back": "asks for the own PIN while the device is with a pupil",
    "device": "asks whether the device is shared",
    "outbox": "lists what waits on the person's device; the server knows none of it",
    "outbox-never-sent": "notes for the person what their device removed",
}


def patterns(below: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Walk the URLconf and yield each address with its pattern, Django's admin left out (it holds no pupil data)."""
    for entry in (below or get_resolver()).url_patterns:
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            if entry.app_name != "admin":
                yield from patterns(entry, address)
        else:
            yield address, entry


def fault(address: str, pattern: URLPattern) -> str | None:
    """Say what is wrong with how a view is guarded, or None."""
    name, view = pattern.name or "", pattern.callback
    if isinstance(getattr(view, "permission", None), Permission):
        return None if address.startswith(("schools/<slug:slug>/", "partnerships/<slug:slug>/")) else "guarded, but lies outside a school"
    if name in OPEN_TO_ANYBODY:
        return None
    if not getattr(view, "login_required", True):
        return "open without sign-in and not on the reviewed list"
    return None if name in OPEN_TO_EVERY_PERSON else "neither school_view nor partnership_view, and not on the reviewed list"


def test_every_view_is_guarded() -> None:
    assert {address: why for address, pattern in patterns() if (why := fault(address, pattern))} == {}


def test_every_pattern_has_a_name_of_its_own() -> None:
    names = [pattern.name for _, pattern in patterns()]
    assert None not in names
    assert len(names) == len(set(names))


def test_the_reviewed_list_names_only_what_is_there() -> None:
    assert {*OPEN_TO_ANYBODY, *OPEN_TO_EVERY_PERSON} <= {pattern.name for _, pattern in patterns()}


def forgotten(request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse()


@pytest.mark.parametrize("view", [forgotten, login_not_required(forgotten)])
def test_a_forgotten_guard_is_found(view) -> None:
    address = "schools/<slug:slug>/forgotten/"
    assert fault(address, path(address, view, name="forgotten"))


def test_sign_in_is_required_unless_a_view_says_otherwise(settings) -> None:
    assert "django.contrib.auth.middleware.LoginRequiredMiddleware" in settings.MIDDLEWARE
    assert import_string("django.contrib.auth.middleware.LoginRequiredMiddleware")
