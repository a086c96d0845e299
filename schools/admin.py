"""Django's admin, for the people who run the service: to look things up and mend names. No pupil's data is in it.

It gives nobody a role: roles come from invitations alone, so that a head hears of each. It is signed into like everything else.
"""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator

from schools.addresses import own_page, sign_in_first
from schools.models import Membership, Partnership, Programme, School, User


class Site(admin.AdminSite):
    """Signs in and out, and changes passwords, through the one door with its limits."""

    site_header = site_title = "DREAMS and HORIZONS: administration"
    index_title = "Look up and mend"

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        page = own_page(request, request.GET.get("next"), reverse("admin:index"))
        if not request.user.is_authenticated:
            return redirect(sign_in_first(page))
        if not self.has_permission(request):
            raise Http404
        return redirect(page)

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # type: ignore[override]
        return redirect("account_logout")

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # type: ignore[override]
        return redirect("account_reset_password")


site = Site(name="admin")


class LookUp(admin.ModelAdmin):
    """Rows are looked at; only the fields in `mendable` can be changed, and nothing is added or removed."""

    mendable: ClassVar[tuple[str, ...]] = ()
    shown: ClassVar[tuple[str, ...]] = ()
    actions = None

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        return self.shown

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return [name for name in self.shown if name not in self.mendable]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(User, site=site)
class UserAdmin(LookUp):
    """A closed account signs nobody in from the next click on."""

    shown = ("name", "email", "is_active", "is_staff", "is_superuser", "last_login", "joined_at")
    mendable = ("name", "is_active")
    list_display = ("email", "name", "is_active", "last_login")
    search_fields = ("email", "name")
    list_filter = ("is_active", "is_staff")


@admin.register(Partnership, site=site)
class PartnershipAdmin(LookUp):
    shown = ("name", "slug", "kind", "parent", "gias_group_uid", "trust_reference", "company_number", "suppression_threshold")
    mendable = ("name", "kind", "parent", "gias_group_uid", "trust_reference", "company_number", "suppression_threshold")
    list_display = ("name", "slug", "kind")
    search_fields = ("name", "slug")


@admin.register(Programme, site=site)
class ProgrammeAdmin(LookUp):
    shown = ("partnership", "name", "look", "age", "main_colour", "second_colour")
    mendable = ("name", "look", "age", "main_colour", "second_colour")
    list_display = ("name", "partnership", "look", "age")
    list_select_related = ("partnership",)


@admin.register(School, site=site)
class SchoolAdmin(LookUp):
    shown = ("name", "slug", "urn", "laestab", "phase", "kind", "partnership", "programme", "cycles_a_year")
    mendable = ("name", "urn", "laestab", "phase", "kind")
    list_display = ("name", "slug", "laestab", "phase", "partnership")
    list_select_related = ("partnership",)
    list_filter = ("phase",)
    search_fields = ("name", "slug", "laestab", "urn")


@admin.register(Membership, site=site)
class MembershipAdmin(LookUp):
    """Looked at only: roles begin by invitation and end on the page of a school's staff."""

    shown = ("user", "school", "partnership", "role", "starts_on", "ends_on", "ended_at")
    list_display = ("user", "role", "school", "partnership", "starts_on", "ends_on", "ended_at")
    list_select_related = ("user", "school", "partnership")
    list_filter = ("role",)
    search_fields = ("user__email", "user__name", "school__name", "partnership__name")

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
