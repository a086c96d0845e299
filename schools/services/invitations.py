"""Invitations: the only way to an account and to a role. One address, one role in one place, seven days, one use."""

import hashlib
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from schools import audit
from schools.models import Invitation, Membership, Partnership, Role, School, User
from schools.services.mail import send_email
from schools.tenancy import in_school

VALID_FOR = timedelta(days=7)
LinkFor = Callable[[str], str]


class InvitationRefused(Exception):
    """An invitation that may not be sent. `field` is where a form says so."""

    field = "email"


class RoleNotYours(InvitationRefused):
    field = "role"


class OwnAddress(InvitationRefused):
    """Nobody changes an own role."""


class AlreadyHasRole(InvitationRefused):
    """The person holds this role here today, or will."""


class AlreadyInvited(InvitationRefused):
    """An invitation for this role is on its way to the address."""


class InvitationNotOpen(Exception):
    """The invitation was accepted, withdrawn, or is past its seven days."""

    def __str__(self) -> str:
        return "This invitation was accepted or withdrawn in the meantime."


class AnotherAddress(Exception):
    """Somebody signed in with another address than the invited one."""


def hash_of(token: str) -> str:
    """Return what is kept of a token: enough to know it again, not to use it."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(
    *,
    place: School | Partnership,
    email: str,
    role: str,
    link_for: LinkFor,
    by: User | None,
    granting: frozenset[str],
    ends_on: date | None = None,
) -> tuple[Invitation, str]:
    """Invite an address to a role in a school or partnership, and return the invitation with its link.

    `granting` is what `by` may grant; `by` is empty only for the commands of those who run the service.
    """
    email = email.strip().lower()
    _refuse(place=place, email=email, role=role, by=by, granting=granting)
    token = secrets.token_urlsafe(32)
    with scope_of(place):
        invitation = Invitation.objects.create(
            **at(place),
            email=email,
            role=role,
            membership_ends_on=ends_on,
            invited_by=by,
            token_hash=hash_of(token),
            expires_at=timezone.now() + VALID_FOR,
        )
        audit.record(by=by, action="invitation.sent", row=invitation)
    return invitation, _post(invitation, link_for(token))


def _refuse(*, place: School | Partnership, email: str, role: str, by: User | None, granting: frozenset[str]) -> None:
    words = Role(role).label
    if role not in granting:
        raise RoleNotYours(f"You may not invite somebody as {words}.")
    if by and by.email == email:
        raise OwnAddress("This is your own address. Nobody changes their own role: ask another head.")
    held = Membership.objects.holding(place, timezone.localdate()).filter(user__email=email, role=role).first()
    if held:
        until = f" until {held.ends_on:%-d %B %Y}" if held.ends_on else ""
        raise AlreadyHasRole(f"{held.user} already has the role {words} here{until}.")
    if Invitation.objects.open().filter(**at(place), email=email, role=role).exists():
        raise AlreadyInvited(f"This address is already invited as {words}. You can send that invitation again from the list.")


@transaction.atomic
def send_again(*, invitation: Invitation, link_for: LinkFor, by: User | None, granting: frozenset[str]) -> str:
    """Send an open invitation with a new link and seven new days; the old link stops working."""
    _refuse_role(invitation, granting)
    token = secrets.token_urlsafe(32)
    changes = {"token_hash": hash_of(token), "expires_at": timezone.now() + VALID_FOR, "emailed_at": None}
    if not Invitation.objects.open().filter(pk=invitation.pk).update(**changes):
        raise InvitationNotOpen
    invitation.refresh_from_db()
    with scope_of(invitation.place):
        audit.record(by=by, action="invitation.sent_again", row=invitation)
    return _post(invitation, link_for(token))


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: User, granting: frozenset[str]) -> None:
    """Take an open invitation back: its link stops working at once."""
    _refuse_role(invitation, granting)
    if not Invitation.objects.open().filter(pk=invitation.pk).update(withdrawn_at=timezone.now()):
        raise InvitationNotOpen
    with scope_of(invitation.place):
        audit.record(by=by, action="invitation.withdrawn", row=invitation)


def _refuse_role(invitation: Invitation, granting: frozenset[str]) -> None:
    if invitation.role not in granting:
        raise RoleNotYours(f"You may not invite somebody as {invitation.get_role_display()}.")


@transaction.atomic
def accept_invitation(*, invitation: Invitation, by: User) -> Membership:
    """Give the invited person the role. A second acceptance, or one that comes too late, is refused."""
    if by.email != invitation.email:
        raise AnotherAddress
    now, today = timezone.now(), timezone.localdate()
    if invitation.membership_ends_on and invitation.membership_ends_on < today:
        raise InvitationNotOpen
    if not Invitation.objects.open().filter(pk=invitation.pk, expires_at__gt=now).update(accepted_at=now):
        raise InvitationNotOpen
    place, role = invitation.place, invitation.role
    with scope_of(place):
        audit.record(by=by, action="invitation.accepted", row=invitation)
        if held := Membership.objects.holding(place, today).filter(user=by, role=role).first():
            return held
        membership = Membership.objects.create(**at(place), user=by, role=role, starts_on=today, ends_on=invitation.membership_ends_on)
        audit.record(by=by, action="membership.granted", row=membership)
    transaction.on_commit(partial(_tell_of_grant, membership, invitation.invited_by))
    return membership


@transaction.atomic
def open_account(*, invitation: Invitation, name: str, password: str) -> User:
    """Make the account of an invited person, whose address the link has proved, and give the role."""
    user = User.objects.create_user(invitation.email, password, name=name.strip())
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    accept_invitation(invitation=invitation, by=user)
    return user


def at(place: School | Partnership) -> dict[str, School | Partnership]:
    """Return the column that names a place: school or partnership."""
    return {place._meta.model_name: place}  # type: ignore[dict-item]


@contextmanager
def scope_of(place: School | Partnership) -> Iterator[None]:
    """Open a school's own log for an audit row; a partnership's rows lie outside any school."""
    if isinstance(place, Partnership):
        yield
        return
    with in_school(place):
        yield


def _post(invitation: Invitation, link: str) -> str:
    transaction.on_commit(partial(_send, invitation, link))
    return link


def _send(invitation: Invitation, link: str) -> None:
    if send_email(name="invitation", to=[invitation.email], words={"invitation": invitation, "link": link}):
        Invitation.objects.filter(pk=invitation.pk).update(emailed_at=timezone.now())


def _tell_of_grant(membership: Membership, invited_by: User | None) -> None:
    """Tell the heads of a school, or the leads of a partnership, of every role that is given there."""
    answerable = Role.LEAD if membership.partnership else Role.HEAD
    told = Membership.objects.holding(membership.place, timezone.localdate()).filter(role=answerable).exclude(user=membership.user_id)
    for address in sorted(set(told.values_list("user__email", flat=True))):
        send_email(name="role_granted", to=[address], words={"membership": membership, "invited_by": invited_by})
