"""A partnership's people: its own, and the heads of its schools, whom the lead invites."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from schools.access import PartnershipRequest, Permission, may_grant, partnership_view
from schools.forms.staff import InviteHeadForm
from schools.models import Invitation, Membership, Partnership, Role, School
from schools.services import invitations
from schools.views import inviting


def schools_of(partnership: Partnership) -> QuerySet[School]:
    """Schools whose heads the lead answers for: those whose home partnership it is, not those that only feed it figures."""
    return School.objects.filter(partnership=partnership).order_by("name")


def invitations_of(partnership: Partnership) -> QuerySet[Invitation]:
    """Open invitations of the partnership's own people and of its schools' heads."""
    heads = Q(school__partnership=partnership, role=Role.HEAD)
    return Invitation.objects.for_list_page().filter(Q(partnership=partnership) | heads)


@partnership_view(Permission.PARTNERSHIP_STAFF)
@require_safe
def partnership_staff(request: PartnershipRequest) -> HttpResponse:
    """Each school with its heads, the partnership's own people, and who is invited."""
    today = timezone.localdate()
    heads: dict[int, list[Membership]] = {}
    for membership in (
        Membership.objects.active_on(today).filter(school__partnership=request.partnership, role=Role.HEAD).select_related("user")
    ):
        heads.setdefault(membership.school_id or 0, []).append(membership)
    words = {
        "schools": [(school, heads.get(school.pk, [])) for school in schools_of(request.partnership)],
        "people": list(Membership.objects.holding(request.partnership, today).order_by("user__name")),
        "invitations": list(invitations_of(request.partnership)),
        "granting": may_grant(request.access.roles),
        "now": timezone.now(),
    }
    return render(request, "schools/partnership_staff.html", words)


@partnership_view(Permission.PARTNERSHIP_STAFF)
@require_http_methods(["GET", "POST"])
def partnership_invite(request: PartnershipRequest) -> HttpResponse:
    """Invite the head of one of the partnership's schools."""
    form = InviteHeadForm(request.POST or None, schools=schools_of(request.partnership), initial={"school": request.GET.get("school")})
    if request.method == "POST" and form.is_valid():
        place, email = form.cleaned_data["school"], form.cleaned_data["email"]
        try:
            granting = may_grant(request.access.roles)
            invitations.invite(
                place=place, email=email, role=Role.HEAD, link_for=inviting.link_for(request), by=request.user, granting=granting
            )
        except invitations.InvitationRefused as refused:
            form.add_error("email", str(refused))
        else:
            messages.success(request, f"Invited {email} as head of {place}. The link works for seven days.")
            return redirect("partnership-staff", request.partnership.slug)
    return render(request, "schools/partnership_invite.html", {"form": form})


@partnership_view(Permission.PARTNERSHIP_STAFF)
@require_POST
def partnership_invitation_again(request: PartnershipRequest, public_id: UUID) -> HttpResponse:
    """Send an invitation with a new link."""
    inviting.send_again(request, own_invitation(request, public_id))
    return redirect("partnership-staff", request.partnership.slug)


@partnership_view(Permission.PARTNERSHIP_STAFF)
@require_POST
def partnership_invitation_withdraw(request: PartnershipRequest, public_id: UUID) -> HttpResponse:
    """Take an invitation back."""
    inviting.withdraw(request, own_invitation(request, public_id))
    return redirect("partnership-staff", request.partnership.slug)


def own_invitation(request: PartnershipRequest, public_id: UUID) -> Invitation:
    return get_object_or_404(invitations_of(request.partnership), public_id=public_id)
