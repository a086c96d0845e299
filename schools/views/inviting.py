"""What a school's and a partnership's page of staff have in common."""

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse

from schools.access import PartnershipRequest, SchoolRequest, may_grant
from schools.models import Invitation
from schools.services import invitations


def link_for(request: HttpRequest) -> invitations.LinkFor:
    """Return what turns a token into the address that an invited person opens."""
    return lambda token: request.build_absolute_uri(reverse("invitation", args=[token]))


def send_again(request: SchoolRequest | PartnershipRequest, found: Invitation) -> None:
    """Send an invitation with a new link, and say how it went."""
    try:
        granting = may_grant(request.access.roles)
        invitations.send_again(invitation=found, link_for=link_for(request), by=request.user, granting=granting)
    except (invitations.InvitationNotOpen, invitations.RoleNotYours) as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, f"Sent again to {found.email}. The new link works for seven days, the old one no longer.")


def withdraw(request: SchoolRequest | PartnershipRequest, found: Invitation) -> None:
    """Take an invitation back, and say how it went."""
    try:
        invitations.withdraw_invitation(invitation=found, by=request.user, granting=may_grant(request.access.roles))
    except (invitations.InvitationNotOpen, invitations.RoleNotYours) as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, f"The invitation of {found.email} is withdrawn. Its link no longer works.")
