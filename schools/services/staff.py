"""Ends of roles. Memberships are read at every request, so an ended role opens nothing from the next click on."""

from datetime import date, timedelta
from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from schools import audit
from schools.models import Membership, Role, School, User


class EndRefused(Exception):
    """A role that may not be ended so. The words are for the person who asked."""


class LastHead(EndRefused):
    """A school is never left without a head."""


@transaction.atomic
def set_end_date(*, membership: Membership, ends_on: date | None, by: User, ending: frozenset[str]) -> Membership:
    """Set or lift the last day of a role. `ending` is which roles `by` may end."""
    _refuse(membership, by, ending)
    if ends_on and ends_on < timezone.localdate():
        raise EndRefused("The last day is in the past. To end the role now, use “End now”.")
    if ends_on and ends_on < membership.starts_on:
        raise EndRefused(f"The role begins on {membership.starts_on:%-d %B %Y}: the last day cannot come before.")
    if ends_on:
        _keep_a_head(membership, ends_on + timedelta(days=1))
    if not Membership.objects.filter(pk=membership.pk, ended_at=None).update(ends_on=ends_on):
        raise EndRefused("This role has already ended.")
    membership.ends_on = ends_on
    audit.record(by=by, action="membership.end_set", row=membership)
    return membership


@transaction.atomic
def end_now(*, membership: Membership, by: User, ending: frozenset[str]) -> None:
    """End a role at once and sign the person out everywhere."""
    _refuse(membership, by, ending)
    _keep_a_head(membership, timezone.localdate() + timedelta(days=1))
    if not Membership.objects.filter(pk=membership.pk, ended_at=None).update(ended_at=timezone.now()):
        raise EndRefused("This role has already ended.")
    audit.record(by=by, action="membership.ended", row=membership)
    end_sessions(user=membership.user)


def end_sessions(*, user: User) -> None:
    """Sign a person out on every device."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    for session in UserSession.objects.filter(user=user):
        store.delete(session.session_key)
        session.delete()


def _refuse(membership: Membership, by: User, ending: frozenset[str]) -> None:
    if membership.user_id == by.pk:
        raise EndRefused("This is your own role. Nobody changes their own role: ask another head.")
    if membership.role not in ending:
        raise EndRefused(f"Only a head ends the role {membership.get_role_display()}.")


def _keep_a_head(membership: Membership, day: date) -> None:
    """Refuse to leave the school without a head on a day. Two heads who end each other wait for each other here."""
    if membership.role != Role.HEAD or membership.school is None:
        return
    School.objects.select_for_update().get(pk=membership.school.pk)
    if not Membership.objects.heads_of(membership.school, day).exclude(pk=membership.pk).exists():
        raise LastHead(
            f"{membership.user} would leave the school without a head. Invite the next head first; once they have accepted, end this role."
        )
