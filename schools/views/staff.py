"""A school's staff: who has which role until when, who is invited, and the ends of roles."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from schools.access import Permission, SchoolRequest, may_end, may_grant, school_view
from schools.forms.staff import EndDateForm, InviteForm
from schools.models import Invitation, Membership, User
from schools.services import invitations, staff
from schools.views import inviting


@dataclass(frozen=True)
class Person:
    """One line of the list: a person with all roles in this school."""

    user: User
    roles: list[Membership]


def people_of(memberships: list[Membership]) -> list[Person]:
    """Gather roles by person, in the order given."""
    found: dict[int, Person] = {}
    for membership in memberships:
        found.setdefault(membership.user_id, Person(membership.user, [])).roles.append(membership)
    return list(found.values())


@school_view(Permission.STAFF_SEE)
@require_safe
def staff_list(request: SchoolRequest) -> HttpResponse:
    """Who has which role here until when, and who is invited."""
    today = timezone.localdate()
    held = Membership.objects.holding(request.school, today).order_by("user__name", "user__email", "starts_on")
    words = {
        "people": people_of(list(held)),
        "invitations": list(Invitation.objects.for_list_page().filter(school=request.school)),
        "granting": may_grant(request.access.roles),
        "ending": may_end(request.access.roles),
        "now": timezone.now(),
        "today": today,
    }
    return render(request, "schools/staff_list.html", words)


@school_view(Permission.STAFF_INVITE)
@require_http_methods(["GET", "POST"])
def staff_invite(request: SchoolRequest) -> HttpResponse:
    """Invite an address to one role in this school."""
    granting = may_grant(request.access.roles)
    form = InviteForm(request.POST or None, granting=granting, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            sent, _ = invitations.invite(
                place=request.school, link_for=inviting.link_for(request), by=request.user, granting=granting, **form.cleaned_data
            )
        except invitations.InvitationRefused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, f"Invited {sent.email} as {sent.get_role_display()}. The link works for seven days.")
            return redirect("staff-list", request.school.slug)
    return render(request, "schools/staff_invite.html", {"form": form})


@school_view(Permission.STAFF_INVITE)
@require_POST
def invitation_again(request: SchoolRequest, public_id: UUID) -> HttpResponse:
    """Send an invitation with a new link."""
    inviting.send_again(request, own_invitation(request, public_id))
    return redirect("staff-list", request.school.slug)


@school_view(Permission.STAFF_INVITE)
@require_POST
def invitation_withdraw(request: SchoolRequest, public_id: UUID) -> HttpResponse:
    """Take an invitation back."""
    inviting.withdraw(request, own_invitation(request, public_id))
    return redirect("staff-list", request.school.slug)


def own_invitation(request: SchoolRequest, public_id: UUID) -> Invitation:
    return get_object_or_404(Invitation.objects.select_related("school"), public_id=public_id, school=request.school)


@school_view(Permission.STAFF_END)
@require_http_methods(["GET", "POST"])
def staff_member(request: SchoolRequest, public_id: UUID) -> HttpResponse:
    """One role: its last day, and its end now."""
    membership = own_membership(request, public_id)
    form = EndDateForm(request.POST or None, initial={"ends_on": membership.ends_on})
    if request.method == "POST" and form.is_valid():
        try:
            staff.set_end_date(membership=membership, by=request.user, ending=may_end(request.access.roles), **form.cleaned_data)
        except staff.EndRefused as refused:
            form.add_error("ends_on", str(refused))
        else:
            day = f"ends after {membership.ends_on:%-d %B %Y}" if membership.ends_on else "has no end"
            messages.success(request, f"{membership.user}: the role {membership.get_role_display()} {day}.")
            return redirect("staff-list", request.school.slug)
    return role_page(request, membership, form)


@school_view(Permission.STAFF_END)
@require_POST
def staff_end(request: SchoolRequest, public_id: UUID) -> HttpResponse:
    """End a role now."""
    membership = own_membership(request, public_id)
    try:
        staff.end_now(membership=membership, by=request.user, ending=may_end(request.access.roles))
    except staff.EndRefused as refused:
        return role_page(request, membership, EndDateForm(initial={"ends_on": membership.ends_on}), str(refused))
    messages.success(request, f"{membership.user} no longer has the role {membership.get_role_display()} and is signed out everywhere.")
    return redirect("staff-list", request.school.slug)


def own_membership(request: SchoolRequest, public_id: UUID) -> Membership:
    """Return a role of this school that is not over yet."""
    return get_object_or_404(Membership.objects.holding(request.school, timezone.localdate()).select_related("school"), public_id=public_id)


def role_page(request: SchoolRequest, membership: Membership, form: EndDateForm, refused: str = "") -> HttpResponse:
    is_own = membership.user_id == request.user.pk
    may_change = not is_own and membership.role in may_end(request.access.roles)
    words = {"membership": membership, "form": form, "refused": refused, "is_own": is_own, "may_change": may_change}
    return render(request, "schools/staff_member.html", words)
