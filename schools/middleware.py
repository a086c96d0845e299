"""What holds for every answer."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django_htmx.http import HttpResponseClientRedirect

from schools.addresses import own_page, sign_in_first
from schools.lock import lock_of
from schools.places import key_of
from schools.views.lock import pin_page

Answer = Callable[[HttpRequest], HttpResponse]

READING = ("GET", "HEAD", "OPTIONS")
NOT_SAVED = "not_saved"
PLACE = "place"
PERSON = "X-Person"


def private_pages(get_response: Answer) -> Answer:
    """Keep pages out of every cache, so that after sign-out the back button shows no pupil."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware


def sign_in_and_return(get_response: Answer) -> Answer:
    """Lead a signed-out person who sends something to sign-in and back to its page, and say that nothing was saved.

    Plain reading is left to LoginRequiredMiddleware, which comes next; a part of a page must not be swapped for sign-in.
    A script that says whose page it sends for is answered likewise while somebody else is signed in: nothing goes under another name.
    """

    def process_view(request: HttpRequest, view: Callable, args: list[Any], kwargs: dict[str, Any]) -> HttpResponse | None:
        if is_of_another(request):
            return JsonResponse({"other": True}, status=401)
        is_part = bool(request.htmx)  # type: ignore[attr-defined]
        is_reading = request.method in READING
        if request.user.is_authenticated or not getattr(view, "login_required", True) or (is_reading and not is_part):
            return None
        if asks_for_data(request):
            return HttpResponse(status=401)  # a script keeps what it sent, and goes on after sign-in
        if not is_reading:
            request.session[NOT_SAVED] = True
            messages.warning(request, "What you sent was not saved. Sign in, and you come back to its page.")
        address = sign_in_first(page_in_front(request))
        return HttpResponseClientRedirect(address) if is_part else redirect(address)

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    middleware.process_view = process_view  # type: ignore[attr-defined]
    return middleware


def asks_for_data(request: HttpRequest) -> bool:
    """Whether a script of ours sent this and reads the answer, which is then data and no page."""
    return request.accepts("application/json") and not request.accepts("text/html")


def is_of_another(request: HttpRequest) -> bool:
    """Whether the page that sends this was opened by a person other than the one who is signed in now."""
    return request.user.is_authenticated and request.headers.get(PERSON, str(request.user.pk)) != str(request.user.pk)


def page_in_front(request: HttpRequest) -> str:
    """Return the page that a person has before them while this request is made."""
    return own_page(request, request.headers.get("HX-Current-URL") or request.headers.get("Referer"))


def remember_place(get_response: Answer) -> Answer:
    """Keep in the session which school or partnership a person used last."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        place = getattr(request, "school", None) or getattr(request, "partnership", None)
        if place and response.status_code < 400 and request.user.is_authenticated:
            key = key_of(place)
            if request.session.get(PLACE) != key:
                request.session[PLACE] = key
        return response

    return middleware


def locked_sessions(get_response: Answer) -> Answer:
    """Answer a session that was handed to a pupil with the page that asks for the PIN, whatever it wanted.

    What it may open says so itself; so a page that is new tomorrow is shut too.
    """

    def process_view(request: HttpRequest, view: Callable, args: list[Any], kwargs: dict[str, Any]) -> HttpResponse | None:
        if lock_of(request) is None or request.method in getattr(view, "opens_while_locked", ()):
            return None
        return pin_page(request)

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        is_no_page = request.resolver_match is None and response.status_code == HTTPStatus.NOT_FOUND
        return pin_page(request) if is_no_page and lock_of(request) else response

    middleware.process_view = process_view  # type: ignore[attr-defined]
    return middleware
