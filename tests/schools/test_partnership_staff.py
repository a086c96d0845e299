"""The lead invites heads of the partnership's own schools, and does nothing else to a school."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from schools.models import AuditEvent, Invitation, Membership, Partnership, PartnershipSchool, Role, School, User
from schools.tenancy import in_school
from tests.factories.schools import PartnershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_work(client: Client, lead: User) -> Client:
    client.force_login(lead)
    return client


def staff(partnership: Partnership) -> str:
    return reverse("partnership-staff", args=[partnership.slug])


def invite(client: Client, partnership: Partnership, school: School, email: str = "new.head@school.example"):
    return client.post(reverse("partnership-invite", args=[partnership.slug]), {"school": school.slug, "email": email})


def test_the_page_shows_each_school_its_heads_and_the_own_people(at_work, partnership, school, sister_school, head, lead) -> None:
    body = at_work.get(staff(partnership)).content.decode()
    assert all(words in body for words in (school.name, sister_school.name, head.name, lead.name, "No head yet"))


def test_a_partnership_without_schools_says_so(client: Client, member) -> None:
    empty = PartnershipFactory()
    client.force_login(member(empty, Role.LEAD))
    assert "No schools yet" in client.get(staff(empty)).content.decode()


def test_the_lead_invites_a_head(at_work, partnership, school, lead, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        assert invite(at_work, partnership, school).headers["Location"] == staff(partnership)
    sent = Invitation.objects.get()
    assert (sent.school, sent.role, sent.invited_by) == (school, Role.HEAD, lead)
    assert mail.outbox[0].to == ["new.head@school.example"]
    with in_school(school):
        assert AuditEvent.objects.get(school=school).action == "invitation.sent"
    assert f"of {school.name}" in at_work.get(staff(partnership)).content.decode()


def test_no_head_is_invited_for_a_school_of_another_partnership(at_work, partnership, foreign_school) -> None:
    assert "Select a valid choice" in invite(at_work, partnership, foreign_school).content.decode()
    assert not Invitation.objects.exists()


def test_a_school_that_only_feeds_the_partnership_keeps_its_own_heads(at_work, partnership, foreign_school) -> None:
    PartnershipSchool.objects.create(partnership=partnership, school=foreign_school, starts_on=timezone.localdate())
    assert foreign_school.name not in at_work.get(staff(partnership)).content.decode()
    assert invite(at_work, partnership, foreign_school).status_code == 200
    assert not Invitation.objects.exists()


def test_a_head_who_is_there_already_is_not_invited_again(at_work, partnership, school, head) -> None:
    assert "already has the role Headteacher" in invite(at_work, partnership, school, head.email).content.decode()
    assert invite(at_work, partnership, school).status_code == 302
    assert "already invited" in invite(at_work, partnership, school).content.decode()


@pytest.mark.parametrize("what", ["again", "withdraw"])
def test_an_invitation_of_a_head_is_sent_again_or_withdrawn(at_work, partnership, school, what: str) -> None:
    invite(at_work, partnership, school)
    before = Invitation.objects.get()
    at_work.post(reverse(f"partnership-invitation-{what}", args=[partnership.slug, before.public_id]))
    after = Invitation.objects.get()
    assert (after.withdrawn_at is not None) is (what == "withdraw")
    assert (after.token_hash != before.token_hash) is (what == "again")


def row(role: str, **where: object) -> Invitation:
    return Invitation.objects.create(email="x@x.example", role=role, token_hash=role, expires_at=timezone.now(), **where)


@pytest.mark.parametrize("what", ["again", "withdraw"])
def test_other_invitations_of_a_school_are_not_the_leads(at_work, partnership, school, foreign_school, what: str) -> None:
    for sent in (row(Role.SENCO, school=school), row(Role.HEAD, school=foreign_school)):
        assert at_work.post(reverse(f"partnership-invitation-{what}", args=[partnership.slug, sent.public_id])).status_code == 404
    own = row(Role.GOVERNOR, partnership=partnership)
    page = at_work.post(reverse(f"partnership-invitation-{what}", args=[partnership.slug, own.public_id]), follow=True)
    assert "You may not invite somebody as Governor" in page.content.decode()
    assert Invitation.objects.filter(withdrawn_at=None).count() == 3


@pytest.mark.parametrize("name", ["partnership-staff", "partnership-invite"])
def test_nobody_but_the_lead_finds_the_page(client: Client, partnership, school, head, senco, member, charlie, name: str) -> None:
    for person in (head, senco, charlie, member(partnership, Role.GOVERNOR), member(PartnershipFactory(), Role.LEAD)):
        client.force_login(person)
        assert client.get(reverse(name, args=[partnership.slug])).status_code == 404
    client.force_login(member(partnership, Role.LEAD))
    assert client.get(reverse(name, args=[partnership.slug])).status_code == 200


def test_a_lead_has_no_way_into_a_school(at_work, school) -> None:
    for name in ("staff-list", "staff-invite", "school-settings", "school-cycles", "pupil-list"):
        assert at_work.get(reverse(name, args=[school.slug])).status_code == 404
    assert not Membership.objects.filter(school=school).exists()
