"""A URLconf with the names that the navigation knows, so that its rules hold whatever pages there are."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, URLResolver, path

from config.display import display
from schools.access import PartnershipRequest, Permission, SchoolRequest, partnership_view, school_view


def at_school(permission: Permission, name: str) -> URLPattern:
    @school_view(permission)
    def page(request: SchoolRequest) -> HttpResponse:
        return render(request, "base.html")

    return path(f"schools/<slug:slug>/{name}/", page, name=name)


def at_partnership(permission: Permission, name: str) -> URLPattern:
    @partnership_view(permission)
    def page(request: PartnershipRequest) -> HttpResponse:
        return render(request, "base.html")

    return path(f"partnerships/<slug:slug>/{name}/", page, name=name)


def empty(request: HttpRequest) -> HttpResponse:
    return render(request, "base.html")


urlpatterns: list[URLPattern | URLResolver] = [
    path("", empty, name="home"),
    path("signin/", empty, name="account_login"),
    path("signout/", empty, name="account_logout"),
    path("signin/device/", empty, name="device"),
    path("session/stay/", empty, name="session-stay"),
    *(path(f"{name}/", empty, name=name) for name in ("outbox", "outbox-session", "outbox-never-sent", "service-worker")),
    path("display/", display, name="display"),
    at_school(Permission.PUPIL_NAMES, "pupil-list"),
    at_school(Permission.REVIEW_SEE, "cycle-list"),
    at_school(Permission.DASHBOARD_SUPPRESSED, "school-dashboard"),
    at_school(Permission.LANGUAGE_SEE, "language"),
    at_school(Permission.ROLL_IMPORT, "import-list"),
    at_school(Permission.STAFF_SEE, "staff-list"),
    at_school(Permission.SETTINGS_EDIT, "school-settings"),
    at_partnership(Permission.PARTNERSHIP_FIGURES, "partnership-dashboard"),
    at_partnership(Permission.PARTNERSHIP_STAFF, "partnership-staff"),
]
