"""Unsent work on a device: what its pages ask for, the page that lists it, and what is kept for the time without a network."""

from base64 import b64encode
from datetime import datetime
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from schools import audit, outbox, worker
from schools.forms.outbox import NeverSentForm
from schools.models import User


@login_not_required
@require_GET
def outbox_session(request: HttpRequest) -> HttpResponse:
    """Give a signed-in page the key to its unsent work, a fresh token and the server's clock; 401 to everybody else."""
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    device = outbox.device_of(request)
    response = JsonResponse(
        {
            "key": b64encode(outbox.key_for(request.user, device)).decode(),
            "owner": outbox.owner_mark(request.user),
            "token": get_token(request),
            "now": int(timezone.now().timestamp() * 1000),
            "today": f"{timezone.localdate():%A %-d %B}",
        }
    )
    outbox.remember(response, device)
    return response


@require_GET
def outbox_page(request: HttpRequest) -> HttpResponse:
    """What waits on this device. The server knows none of it: a script shows it."""
    return render(request, "schools/outbox.html", {"hours": int(outbox.KEPT_FOR.total_seconds()) // 3600})


@require_POST
def outbox_never_sent(request: HttpRequest) -> HttpResponse:
    """Note that work was removed from a device unsent, and tell its writer on the next page."""
    form = NeverSentForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    user = cast(User, request.user)
    for moment in form.cleaned_data["written_at"]:
        audit.record(by=user, action="outbox.never-sent", row=user)
        messages.warning(request, never_sent_words(moment))
    return HttpResponse(status=204)


def never_sent_words(moment: datetime) -> str:
    return (
        f"A one-to-one of {timezone.localtime(moment):%A %-d %B, %H:%M} was never sent from this device and is removed from it. "
        "If it still counts, record it again: up to 14 days are possible."
    )


@login_not_required
@require_GET
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script that shows one page without a network. It lies at the root, so that it serves every address."""
    response = HttpResponse(worker.source(), content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


@login_not_required
@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    """The page that stands in for every other one while there is no network. It says nothing about anybody."""
    return render(request, "schools/offline.html")
