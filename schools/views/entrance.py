"""The door: sign in, sign out, a forgotten password, whose device this is, and staying signed in.

The views behind it are django-allauth's, with their limits; only these are routed.
"""

from contextlib import suppress
from datetime import time

from allauth.account import views as allauth_views
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from schools import sessions
from schools.addresses import add_query, own_page, sign_in_first
from schools.forms.entrance import DeviceForm
from schools.lock import opens_while_locked

OVER_AT = "over"


@login_not_required
def sign_in(request: HttpRequest) -> HttpResponse:
    """E-mail and password. A page that the clock closed says in its address when that was: two tabs cannot share one message."""
    with suppress(ValueError):
        messages.info(request, f"We signed you out at {time.fromisoformat(request.GET.get(OVER_AT, '')):%H:%M}.")
    return allauth_views.LoginView.as_view(extra_context=_demo())(request)


@opens_while_locked("POST")
@login_not_required
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ask on GET, sign out on POST, and have the browser forget the pages that it kept."""
    was_signed_in = request.user.is_authenticated
    response = allauth_views.logout(request)
    if request.method == "POST":
        if "time" in request.POST:
            back = sign_in_first(own_page(request, request.POST.get("next")))
            response = redirect(add_query(back, OVER_AT, f"{timezone.localtime():%H:%M}"))
        elif was_signed_in:
            messages.info(request, "You are signed out.")
        sessions.empty_cache(response)
    return response


@login_not_required
def link_sent(request: HttpRequest) -> HttpResponse:
    """Say that a link is on its way, if there is such an account."""
    return allauth_views.PasswordResetDoneView.as_view(extra_context=_demo())(request)


@require_http_methods(["GET", "POST"])
def device(request: HttpRequest) -> HttpResponse:
    """Ask whether other people use this device; the answer is kept on it, for this person."""
    form = DeviceForm(request.POST or None, initial={"device": sessions.device_of(request) or sessions.Device.SHARED})
    if request.method == "POST" and form.is_valid():
        response = redirect(own_page(request, request.GET.get("next")))
        sessions.remember_device(request, response, sessions.Device(form.cleaned_data["device"]))
        return response
    return render(request, "account/device.html", {"form": form, "is_known": sessions.device_of(request) is not None})


@login_not_required
@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """Take a sign of life from a page: while the person is signed in the seconds that are left to the end nothing moves, else 401."""
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    return JsonResponse({"left": sessions.limits_of(request).seconds_left})


def _demo() -> dict[str, bool]:
    return {"has_demo_mail": settings.DEMO_MAIL}
