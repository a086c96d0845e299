"""The page of a school's staff, and the ends of roles."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from schools.access import may_end, may_grant
from schools.models import AuditEvent, Invitation, Membership, Partnership, Role, School, User
from schools.services import staff
from schools.tenancy import in_school
from tests.counting import assert_does_not_grow
from tests.factories.schools import PASSWORD, MembershipFactory, SchoolFactory

pytestmark = pytest.mark.django_db


def role_of(user: User) -> Membership:
    return Membership.objects.get(user=user)


def page(client: Client, user: User, name: str, *args: object, **data: str):
    client.force_login(user)
    address = reverse(name, args=args)
    return client.post(address, data) if data else client.get(address)


def end(client: Client, by: User, whom: User):
    client.force_login(by)
    membership = role_of(whom)
    return client.post(reverse("staff-end", args=[membership.school.slug, membership.public_id]))  # type: ignore[union-attr]


def test_the_list_shows_each_person_once_with_all_roles_and_last_days(client: Client, school: School, head: User, teacher: User) -> None:
    MembershipFactory(school=school, user=teacher, role=Role.SENCO, ends_on=timezone.localdate() + timedelta(days=3))
    MembershipFactory(school=school, role=Role.OFFICE, ends_on=timezone.localdate() - timedelta(days=1))
    body = page(client, head, "staff-list", school.slug).content.decode()
    assert body.count(f">{teacher.name}</th>") == 1
    assert "Teacher" in body
    assert "SENCO, until" in body
    assert "Office" not in body


def test_the_list_shows_nobody_of_another_school(client: Client, school: School, head: User, charlie: User, foreign_school: School) -> None:
    Invitation.objects.create(school=foreign_school, email="x@foreign.example", role=Role.HEAD, token_hash="x", expires_at=timezone.now())
    body = page(client, head, "staff-list", school.slug).content.decode()
    assert charlie.email not in body
    assert "x@foreign.example" not in body


def test_the_list_does_not_grow_in_queries(client: Client, school: School, head: User) -> None:
    client.force_login(head)
    assert_does_not_grow(client, reverse("staff-list", args=[school.slug]), lambda: thirty_more(school, head), at_most=6)


def test_the_partnerships_list_does_not_grow_in_queries(client: Client, school: School, partnership: Partnership, lead: User) -> None:
    def more() -> None:
        for other in SchoolFactory.create_batch(30, partnership=partnership):
            MembershipFactory(school=other, role=Role.HEAD)
            MembershipFactory(partnership=partnership, role=Role.GOVERNOR)
        thirty_more(school, lead)

    client.force_login(lead)
    assert_does_not_grow(client, reverse("partnership-staff", args=[partnership.slug]), more, at_most=10)


def thirty_more(school: School, by: User) -> None:
    MembershipFactory.create_batch(30, school=school, role=Role.TEACHER)
    for number in range(30):
        Invitation.objects.create(
            school=school, email=f"{number}@x.example", role=Role.HEAD, token_hash=str(number), expires_at=timezone.now(), invited_by=by
        )


MAY_INVITE = {
    Role.SENCO: {Role.KEY_WORKER, Role.TEACHER},
    Role.OFFICE: {Role.KEY_WORKER, Role.TEACHER},
    Role.HEAD: {Role.KEY_WORKER, Role.TEACHER, Role.SENCO, Role.HEAD, Role.OFFICE, Role.GOVERNOR},
}


@pytest.mark.parametrize("by", MAY_INVITE)
@pytest.mark.parametrize("role", Role.values)
def test_a_role_invites_what_its_row_allows_and_nothing_else(client: Client, school: School, member, by: Role, role: str) -> None:
    response = page(client, member(school, by), "staff-invite", school.slug, email="new@school.example", role=role)
    is_allowed = role in MAY_INVITE[by]
    assert response.status_code == (302 if is_allowed else 200)
    assert Invitation.objects.exists() is is_allowed


@pytest.mark.parametrize("role", [Role.TEACHER, Role.KEY_WORKER, Role.GOVERNOR])
def test_others_find_neither_list_nor_invitation(client: Client, school: School, member, role: str) -> None:
    person = member(school, role)
    for name in ("staff-list", "staff-invite"):
        assert page(client, person, name, school.slug).status_code == 404


def test_an_invitation_that_one_may_not_grant_can_be_neither_withdrawn_nor_sent_again(client: Client, school: School, senco: User) -> None:
    sent = Invitation.objects.create(school=school, email="h@x.example", role=Role.HEAD, token_hash="x", expires_at=timezone.now())
    client.force_login(senco)
    for name in ("invitation-again", "invitation-withdraw"):
        answer = client.post(reverse(name, args=[school.slug, sent.public_id]), follow=True).content.decode()
        assert "You may not invite somebody as Headteacher" in answer
    sent.refresh_from_db()
    assert sent.withdrawn_at is None
    assert sent.token_hash == "x"


def test_a_leaver_is_out_between_two_clicks_and_signed_out_everywhere(client: Client, school: School, head: User, senco: User) -> None:
    theirs = Client()
    theirs.post("/signin/", {"login": senco.email, "password": PASSWORD})
    address = reverse("staff-list", args=[school.slug])
    assert theirs.get(address).status_code == 200
    assert end(client, head, senco).status_code == 302
    answer = theirs.get(address)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/signin/")
    assert "_auth_user_id" not in theirs.session
    with in_school(school):
        assert AuditEvent.objects.filter(school=school, action="membership.ended", by=head).count() == 1


def test_a_session_that_lived_on_would_still_find_nothing(client: Client, school: School, head: User, senco: User) -> None:
    theirs = Client()
    theirs.force_login(senco)  # leaves no trace in the list of sessions
    address = reverse("staff-list", args=[school.slug])
    assert theirs.get(address).status_code == 200
    end(client, head, senco)
    assert theirs.get(address).status_code == 404


def test_the_end_of_one_role_leaves_the_others(client: Client, school: School, sister_school: School, head: User, senco: User) -> None:
    MembershipFactory(school=sister_school, user=senco, role=Role.SENCO)
    client.force_login(head)
    client.post(reverse("staff-end", args=[school.slug, senco.memberships.get(school=school).public_id]))
    client.force_login(senco)
    assert client.get(reverse("staff-list", args=[school.slug])).status_code == 404
    assert client.get(reverse("staff-list", args=[sister_school.slug])).status_code == 200


def test_the_last_head_stays(client: Client, school: School, head: User, office: User, member) -> None:
    second = member(school, Role.HEAD)
    assert end(client, second, head).status_code == 302
    third = member(school, Role.HEAD, name="Third Head")
    Membership.objects.filter(user=third).update(ends_on=timezone.localdate())
    answer = end(client, third, second)
    assert "would leave the school without a head" in answer.content.decode()
    assert role_of(second).ended_at is None


def test_a_last_day_may_not_leave_the_school_without_a_head(client: Client, school: School, head: User, member) -> None:
    second = member(school, Role.HEAD)
    soon, later = timezone.localdate() + timedelta(days=30), timezone.localdate() + timedelta(days=60)
    assert page(client, head, "staff-member", school.slug, role_of(second).public_id, ends_on=str(soon)).status_code == 302
    answer = page(client, second, "staff-member", school.slug, role_of(head).public_id, ends_on=str(later))
    assert "would leave the school without a head" in answer.content.decode()
    assert role_of(head).ends_on is None


def test_nobody_changes_an_own_role(client: Client, school: School, head: User, member) -> None:
    member(school, Role.HEAD)
    assert "your own role" in end(client, head, head).content.decode()
    answer = page(client, head, "staff-member", school.slug, role_of(head).public_id, ends_on=str(timezone.localdate()))
    assert "your own role" in answer.content.decode()
    assert role_of(head).ended_at is None
    assert role_of(head).ends_on is None


@pytest.mark.parametrize("role", [Role.KEY_WORKER, Role.TEACHER, Role.SENCO, Role.GOVERNOR])
def test_the_office_ends_roles_but_no_heads(client: Client, school: School, office: User, head: User, member, role: str) -> None:
    member(school, Role.HEAD)
    person = member(school, role)
    assert end(client, office, person).status_code == 302
    assert role_of(person).ended_at
    assert "Only a head ends the role Headteacher" in end(client, office, head).content.decode()
    assert role_of(head).ended_at is None


def test_a_senco_ends_nothing(client: Client, school: School, senco: User, teacher: User) -> None:
    assert end(client, senco, teacher).status_code == 404
    assert page(client, senco, "staff-member", school.slug, role_of(teacher).public_id).status_code == 404
    assert "Change" not in page(client, senco, "staff-list", school.slug).content.decode().split("<main")[1].split("Invited")[0].replace(
        '<span class="visually-hidden">Change</span>', ""
    )


def test_a_role_of_another_school_is_not_found(client: Client, school: School, head: User, charlie: User, foreign_school: School) -> None:
    client.force_login(head)
    for name in ("staff-member", "staff-end"):
        assert client.post(reverse(name, args=[school.slug, role_of(charlie).public_id])).status_code == 404
        assert client.post(reverse(name, args=[foreign_school.slug, role_of(charlie).public_id])).status_code == 404
    assert role_of(charlie).ended_at is None


def test_a_last_day_is_set_and_lifted(client: Client, school: School, head: User, teacher: User) -> None:
    day = timezone.localdate() + timedelta(days=10)
    args = ("staff-member", school.slug, role_of(teacher).public_id)
    assert page(client, head, *args, ends_on=str(day)).status_code == 302
    assert role_of(teacher).ends_on == day
    assert page(client, head, *args, ends_on="", save="yes").status_code == 302
    assert role_of(teacher).ends_on is None


def test_a_last_day_in_the_past_is_refused_at_its_place(client: Client, school: School, head: User, teacher: User) -> None:
    answer = page(client, head, "staff-member", school.slug, role_of(teacher).public_id, ends_on="2020-01-01")
    assert "in the past" in answer.content.decode()
    assert role_of(teacher).ends_on is None


def test_a_role_ends_once(school: School, head: User, teacher: User) -> None:
    membership = role_of(teacher)
    with in_school(school):
        staff.end_now(membership=membership, by=head, ending=may_end(frozenset({Role.HEAD})))
        with pytest.raises(staff.EndRefused):
            staff.end_now(membership=membership, by=head, ending=may_end(frozenset({Role.HEAD})))
        with pytest.raises(staff.EndRefused):
            staff.set_end_date(membership=membership, ends_on=None, by=head, ending=may_end(frozenset({Role.HEAD})))
        assert AuditEvent.objects.filter(school=school, action="membership.ended").count() == 1


def test_nobody_grants_or_ends_beyond_the_rows_of_the_roles() -> None:
    assert may_grant(frozenset({Role.TEACHER, Role.GOVERNOR, Role.KEY_WORKER})) == frozenset()
    assert may_end(frozenset({Role.SENCO, Role.LEAD})) == frozenset()
    assert may_grant(frozenset({Role.LEAD})) == {Role.HEAD}


def test_ending_a_role_sends_no_pupil_and_no_e_mail(client: Client, school: School, head: User, teacher: User) -> None:
    end(client, head, teacher)
    assert mail.outbox == []
