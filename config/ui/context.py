"""What every page gets: programme, mode, the main navigation and the places a person may go to."""

from dataclasses import dataclass
from functools import cache
from typing import cast

from django.db import connection
from django.http import HttpRequest
from django.urls import NoReverseMatch, resolve, reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from config.display import is_signed_in, mode_of
from schools.access import KEY_WORKER_RIGHTS, Access, Permission
from schools.models import Partnership, Role, School, User
from schools.outbox import owner_mark
from schools.places import memberships_of, places_for
from targets.proposals import waiting

SCHOOL_NAV = (
    ("Today", "today"),
    ("Pupils", "pupil-list"),
    ("Reviews", "cycle-list"),
    ("Reviews", "own-reviews"),
    ("Dashboard", "school-dashboard"),
    ("Dashboard", "school-published"),
)
SCHOOL_MENU = (
    ("Target language", "language", "book"),
    ("Proposed targets", "proposal-list", "flag"),
    ("Letters to print", "letters-to-print", "print"),
    ("Moderation", "moderation", "people"),
    ("Import", "import-list", "upload"),
    ("Staff", "staff-list", "people"),
    ("Settings", "school-settings", "gear"),
)
PARTNERSHIP_NAV = (
    ("Dashboard", "partnership-dashboard"),
    ("Review cycles", "partnership-cycles"),
    ("Moderation", "partnership-moderation"),
    ("Staff", "partnership-staff"),
)


@dataclass(frozen=True)
class Link:
    """One entry of a menu."""

    label: str
    url: str
    current: bool
    icon: str = ""


@cache
def permission_behind(name: str) -> str | None:
    """Return the permission that the view of this name asks for; None when there is no such view."""
    try:
        return getattr(resolve(reverse(name, args=["x"])).func, "permission", None)
    except NoReverseMatch:
        return None


def may_open(access: Access, name: str) -> bool:
    """Say whether a menu may offer a view: by role, or to those who as a rule have pupils of their own."""
    permission = permission_behind(name)
    as_key_worker = permission in KEY_WORKER_RIGHTS and bool({Role.KEY_WORKER, Role.TEACHER} & access.roles)
    return permission in access.rights or as_key_worker


def links(request: HttpRequest, access: Access, slug: str, entries: tuple[tuple[str, ...], ...]) -> list[Link]:
    """Return the entries that this person may open here; of several under one label the first, current on the pages of each."""
    urls = {name: reverse(name, args=[slug]) for _, name, *_ in entries if permission_behind(name)}
    here = {label for label, name, *_ in entries if name in urls and request.path.startswith(urls[name])}
    found: dict[str, Link] = {}
    for label, name, *icon in entries:
        if label not in found and may_open(access, name):
            found[label] = Link(label, urls[name], label in here, *icon)
    return list(found.values())


def places_of(request: HttpRequest) -> list[Link]:
    """Return the schools and partnerships of a person, each with its first page."""
    here = getattr(request, "school", None) or getattr(request, "partnership", None)
    held = getattr(request, "memberships", None)
    if held is None:  # outside any school or partnership
        held = memberships_of(request.user, timezone.localdate())  # type: ignore[arg-type]
    return [Link(str(place.where), place.home, place.where == here, "building") for place in places_for(held)]


def page_context(request: HttpRequest) -> dict[str, object]:
    """Return the frame of a page; it must hold for signed-out people and outside any school too."""
    school: School | None = getattr(request, "school", None)
    partnership: Partnership | None = getattr(request, "partnership", None)
    access: Access | None = getattr(request, "access", None)
    frame: dict[str, object] = {"theme": "dreams", "mode": mode_of(request), "nav": [], "place_menu": [], "place": ""}
    frame["is_for_trying_out"] = connection.vendor != "postgresql"
    if school and access:
        frame |= {"theme": school.programme.look, "place": str(school), "nav": links(request, access, school.slug, SCHOOL_NAV)}
        frame |= {"place_menu": links(request, access, school.slug, SCHOOL_MENU)}
        if access.may(Permission.TARGET_DECIDE):
            frame["proposals_waiting"] = cache(lambda: waiting().count())  # counted only by the page that shows it
    elif partnership and access:
        frame |= {"place": str(partnership), "nav": links(request, access, partnership.slug, PARTNERSHIP_NAV)}
    if is_signed_in(request):
        frame["places"] = SimpleLazyObject(lambda: places_of(request))
        frame["unsent_owner"] = owner_mark(cast(User, request.user))
    return frame
