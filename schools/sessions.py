"""How long a sign-in lasts. A device is shared until its person says otherwise; the server decides, the page only warns.

The last activity is noted twice a minute at most, so a session ends up to NOTED_EVERY later than its page says, never sooner.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from schools.lock import LASTS, lock_of

A_YEAR = timedelta(days=365)
EVENING = 18  # o'clock, in the schools' time
NOTED_EVERY = timedelta(seconds=30)
WARNING = timedelta(minutes=2)
SIGNED_IN_AT, SEEN_AT = "signed_in_at", "seen_at"
UNATTENDED = "X-Unattended"  # sent by a page that asks by itself, so that asking is not taken for somebody being there


class Device(StrEnum):
    """Who uses the device: several people, or the person alone."""

    SHARED = "shared"
    OWN = "own"


IDLE = {Device.SHARED: timedelta(minutes=15), Device.OWN: timedelta(minutes=30)}
LONGEST = {Device.SHARED: timedelta(hours=8), Device.OWN: timedelta(hours=12)}


@dataclass(frozen=True)
class TimeLimits:
    """When a session ends: unless somebody does something, and whatever they do."""

    idle: timedelta
    seen_at: datetime
    ends_at: datetime

    def over_since(self, now: datetime) -> datetime | None:
        """Return the moment at which the session ended, or None while it lasts."""
        idle_end = self.seen_at + self.idle
        if now < min(idle_end + NOTED_EVERY, self.ends_at):
            return None
        return min(idle_end, self.ends_at)

    @property
    def idle_seconds(self) -> int:
        return int(self.idle.total_seconds())

    @property
    def seconds_left(self) -> int:
        """Seconds to the end that nothing moves."""
        return max(0, int((self.ends_at - timezone.now()).total_seconds()))


def absolute_end(signed_in_at: datetime, device: Device) -> datetime:
    """Return the end that nothing moves; on a shared device the evening, for somebody who signed in before it."""
    end = signed_in_at + LONGEST[device]
    evening = timezone.localtime(signed_in_at).replace(hour=EVENING, minute=0, second=0, microsecond=0)
    return min(end, evening) if device is Device.SHARED and signed_in_at < evening else end


def _cookie(request: HttpRequest) -> str:
    return f"device-{request.user.pk}"


def device_of(request: HttpRequest) -> Device | None:
    """Return what this person said of this device; None where they never did."""
    try:
        return Device(request.get_signed_cookie(_cookie(request), default="", salt=_cookie(request)) or "")
    except (BadSignature, ValueError):
        return None


def remember_device(request: HttpRequest, response: HttpResponse, device: Device) -> None:
    """Keep the answer on the device, for this person alone."""
    response.set_signed_cookie(
        _cookie(request),
        device,
        salt=_cookie(request),
        max_age=A_YEAR,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def start(request: HttpRequest) -> None:
    """Begin to count, at sign-in."""
    now = timezone.now().timestamp()
    request.session[SIGNED_IN_AT] = request.session[SEEN_AT] = now


def limits_of(request: HttpRequest) -> TimeLimits:
    """Return the limits of a signed-in person's session."""
    if SIGNED_IN_AT not in request.session:
        start(request)
    device = device_of(request) or Device.SHARED
    here = timezone.get_current_timezone()
    signed_in_at, seen_at = (datetime.fromtimestamp(request.session[key], here) for key in (SIGNED_IN_AT, SEEN_AT))
    idle = LASTS if lock_of(request) else IDLE[device]  # a pupil is not hurried, and the PIN stands before everything else
    return TimeLimits(idle, seen_at, absolute_end(signed_in_at, device))


def note_activity(request: HttpRequest) -> None:
    """Note that somebody is there, unless that was noted a moment ago or the page asked by itself."""
    now = timezone.now().timestamp()
    if UNATTENDED not in request.headers and now - request.session[SEEN_AT] >= NOTED_EVERY.total_seconds():
        request.session[SEEN_AT] = now


def empty_cache(response: HttpResponse) -> None:
    """Have the browser forget pages it kept. Not its storage, which may hold unsent work."""
    response.headers["Clear-Site-Data"] = '"cache"'


def time_limits(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """End a session that is over its time; otherwise say on the request when it will be."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return get_response(request)
        limits = limits_of(request)
        if ended_at := limits.over_since(timezone.now()):
            logout(request)
            messages.info(request, f"We signed you out at {timezone.localtime(ended_at):%H:%M}.")
            response = get_response(request)
            empty_cache(response)
            return response
        note_activity(request)
        if not lock_of(request):  # a pupil is not warned, and tabs that show a page with a warning are closed by one without
            request.time_limits = limits  # type: ignore[attr-defined]
        return get_response(request)

    return middleware
