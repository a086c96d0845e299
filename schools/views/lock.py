"""The page that stands before everything while a device is with a pupil: it asks the adult for the PIN."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from schools import sessions
from schools.forms.pin import PinForm
from schools.lock import lock_of, opens_while_locked, unlock
from schools.services.pins import NoTriesLeft, try_pin


@sensitive_post_parameters("pin")
@opens_while_locked()
@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest) -> HttpResponse:
    """Ask for the PIN and lead the adult back to where the device was handed over. Five wrong ones end the sign-in."""
    if lock_of(request) is None:
        return redirect("home")
    form = PinForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            left = try_pin(user=request.user, digits=form.cleaned_data["pin"])  # type: ignore[arg-type]
        except NoTriesLeft:
            return _sign_in_again(request)
        if left is None:
            return redirect(unlock(request))
        form.add_error("pin", f"That is not your PIN. You can try {left} more time{'s' if left > 1 else ''}.")
    return _page(request, form, 200)


def pin_page(request: HttpRequest) -> HttpResponse:
    """The answer to everything else that a locked session asks for."""
    return _page(request, PinForm(), 403)


def _page(request: HttpRequest, form: PinForm, status: int) -> HttpResponse:
    held = lock_of(request) or {}
    return render(request, "schools/pin.html", {"form": form, "here": held.get("here"), "theme": held.get("look")}, status=status)


def _sign_in_again(request: HttpRequest) -> HttpResponse:
    """End the session as a whole: what was open in it is gone with it."""
    logout(request)
    messages.warning(request, "That was not the PIN, five times. Sign in with your password.")
    response = redirect("account_login")
    sessions.empty_cache(response)
    return response
