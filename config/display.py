"""Light, dark or as the device: a choice of each person, kept on the server and applied before the first paint."""

from django.contrib.auth.decorators import login_not_required
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from schools.addresses import own_page
from schools.models import User

COOKIE = "mode"
A_YEAR = 365 * 24 * 60 * 60


def is_signed_in(request: HttpRequest) -> bool:
    """Say whether a person is known; an error page may be drawn before anybody asked."""
    user = getattr(request, "user", None)
    return user is not None and user.is_authenticated


def mode_of(request: HttpRequest) -> str:
    """Return the person's choice; signed out, the choice made on this device."""
    if is_signed_in(request):
        return request.user.mode  # type: ignore[union-attr]
    try:
        mode = request.get_signed_cookie(COOKIE, default=User.Mode.AUTO)
    except BadSignature:
        return User.Mode.AUTO
    return mode if mode in User.Mode.values else User.Mode.AUTO


@login_not_required
@require_http_methods(["GET", "POST"])
def display(request: HttpRequest) -> HttpResponse:
    """Show the choice; store it and go back to the page it was made on."""
    if request.method == "GET":
        return render(request, "display.html", {"modes": User.Mode.choices})
    mode = request.POST.get("mode")
    if mode not in User.Mode.values:
        return HttpResponseBadRequest()
    if request.user.is_authenticated:
        User.objects.filter(pk=request.user.pk).update(mode=mode)
    response = redirect(own_page(request, request.POST.get("next")))
    response.set_signed_cookie(COOKIE, mode, max_age=A_YEAR, httponly=True, samesite="Lax", secure=request.is_secure())
    return response
