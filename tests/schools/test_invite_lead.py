"""A partnership whose lead left gets a new one, and a governor, by command: no page can invite either."""

import re

import pytest
from django.core.management import CommandError
from django.test import Client
from django.utils.timezone import localdate

from schools.models import AuditEvent, Invitation, Membership, Partnership, Role
from tests.schools.test_commands import accepted, run

pytestmark = pytest.mark.django_db


def link_in(said: str) -> str:
    return re.search(r"https?://[^/]+(/invitation/\S+)", said)[1]  # type: ignore[index]


@pytest.mark.parametrize(("words", "role"), [([], Role.LEAD), (["--role", "lead"], Role.LEAD), (["--role", "governor"], Role.GOVERNOR)])
def test_a_partnership_gets_a_lead_or_a_governor(partnership: Partnership, words: list[str], role: str) -> None:
    said = run("invite_lead", "New@Trust.example", *words, "--partnership", partnership.slug)
    membership = accepted(said, "Nora New")
    assert (membership.partnership, membership.role, membership.user.email) == (partnership, role, "new@trust.example")


def test_after_the_last_lead_left_the_next_one_comes_in(partnership: Partnership, lead) -> None:
    Membership.objects.filter(user=lead).update(ended_at="2026-11-01T09:00Z")
    assert accepted(run("invite_lead", "next@trust.example", "--partnership", partnership.slug), "Next Lead").role == Role.LEAD


def test_asked_again_the_open_invitation_gets_a_new_link_and_the_former_one_dies(partnership: Partnership) -> None:
    first = link_in(run("invite_lead", "new@trust.example", "--partnership", partnership.slug))
    Invitation.objects.update(expires_at="2026-01-01T09:00Z")
    second = link_in(run("invite_lead", "NEW@trust.example", "--partnership", partnership.slug))
    assert Invitation.objects.count() == 1
    assert "password" not in Client().get(first).content.decode().lower()
    assert "password" in Client().get(second).content.decode().lower()
    assert AuditEvent.objects.filter(action="invitation.sent_again", by=None).exists()


def test_who_leads_already_is_not_invited_again(partnership: Partnership, lead) -> None:
    assert Membership.objects.holding(partnership, localdate()).filter(user=lead).exists()
    with pytest.raises(CommandError, match="already has the role Partnership lead"):
        run("invite_lead", lead.email, "--partnership", partnership.slug)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["new@trust.example", "--partnership", "nowhere"], "no partnership 'nowhere'"),
        (["new", "--partnership", "own"], "not an e-mail address"),
        (["new@trust.example", "--partnership", "own", "--role", "head"], "invalid choice"),
    ],
)
def test_what_cannot_be_is_said(partnership: Partnership, words: list[str], reason: str) -> None:
    with pytest.raises(CommandError, match=reason):
        run("invite_lead", *words)
    assert not Invitation.objects.exists()
