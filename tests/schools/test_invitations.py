"""The life of an invitation: sent, followed, accepted once; expired, withdrawn, forwarded and reused ones open nothing."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from schools.models import AuditEvent, Invitation, Membership, Role, School, User
from schools.services import invitations
from schools.tenancy import in_school
from tests.factories.schools import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

NEWCOMER = "amira.khan@school.example"


@pytest.fixture
def by_post(client: Client, school: School, head: User, django_capture_on_commit_callbacks) -> Callable[..., str]:
    """Invite somebody through the page and return the link of the e-mail."""

    def invite(email: str = NEWCOMER, role: str = Role.TEACHER, **more: str) -> str:
        client.force_login(head)
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(reverse("staff-invite", args=[school.slug]), {"email": email, "role": role, **more})
        assert response.status_code == 302, response.content.decode()
        return link_in(mail.outbox[-1])

    return invite


def link_in(letter: mail.EmailMessage) -> str:
    return re.search(r"http://testserver(/invitation/\S+)", letter.body)[1]  # type: ignore[index]


def accept(link: str, **given: str):
    return Client().post(link, {"name": "Amira Khan", "password": "three odd words", **given})


def actions(school: School) -> list[str]:
    with in_school(school):
        return list(AuditEvent.objects.filter(school=school).order_by("pk").values_list("action", flat=True))


def test_a_new_person_is_invited_opens_an_account_and_is_in(by_post, school: School) -> None:
    link = by_post()
    visitor = Client()
    assert f"To <b>{school.name}</b> as <b>Teacher</b>" in visitor.get(link).content.decode()
    response = visitor.post(link, {"name": "Amira Khan", "password": "three odd words"})
    assert response.headers["Location"].startswith(reverse("device"))
    person = User.objects.get(email=NEWCOMER)
    assert int(visitor.session["_auth_user_id"]) == person.pk
    assert person.name == "Amira Khan"
    assert person.check_password("three odd words")
    assert EmailAddress.objects.get(user=person).verified
    membership = Membership.objects.get(user=person)
    assert (membership.school, membership.role, membership.ends_on) == (school, Role.TEACHER, None)
    assert actions(school) == ["invitation.sent", "invitation.accepted", "membership.granted"]


def test_the_e_mail_names_sender_place_role_and_time_and_goes_to_the_address_alone(by_post, school: School, head: User) -> None:
    by_post(email="  Amira.Khan@School.EXAMPLE ")
    letter = mail.outbox[0]
    assert letter.to == [NEWCOMER]
    assert letter.subject == f"You are invited to {school.name}"
    assert all(word in letter.body for word in (head.name, "as Teacher", "works once"))


def test_of_the_token_only_a_hash_is_kept(by_post) -> None:
    token = by_post().split("/")[2]
    row = Invitation.objects.get()
    assert row.token_hash == invitations.hash_of(token)
    assert token not in str(Invitation.objects.values().get())
    assert row.emailed_at


def test_somebody_known_signs_in_and_accepts(by_post, foreign_school: School, charlie: User, school: School) -> None:
    link = by_post(email=charlie.email)
    visitor = Client()
    page = visitor.get(link).content.decode()
    assert "Sign in with it, and you come back here" in page
    assert 'type="password"' not in page
    visitor.post("/signin/", {"login": charlie.email, "password": PASSWORD, "next": link})
    assert visitor.post(link).headers["Location"] == "/"
    assert {membership.school for membership in charlie.memberships.all()} == {foreign_school, school}


def test_an_account_cannot_be_taken_over_by_its_invitation(by_post, charlie: User) -> None:
    link = by_post(email=charlie.email)
    accept(link)
    charlie.refresh_from_db()
    assert charlie.check_password(PASSWORD)
    assert charlie.name != "Amira Khan"
    assert charlie.memberships.count() == 1


def test_a_link_works_once(by_post) -> None:
    link = by_post()
    assert accept(link).status_code == 302
    again = accept(link, name="Somebody Else")
    assert again.status_code == 410
    assert "This invitation was used" in again.content.decode()
    assert Membership.objects.filter(user__email=NEWCOMER).count() == 1


def test_two_who_accept_at_once_make_one_role(by_post, teacher: User) -> None:
    by_post(email=teacher.email, role=Role.SENCO)
    first, second = Invitation.objects.get(), Invitation.objects.get()
    invitations.accept_invitation(invitation=first, by=teacher)
    with pytest.raises(invitations.InvitationNotOpen):
        invitations.accept_invitation(invitation=second, by=teacher)
    assert teacher.memberships.filter(role=Role.SENCO).count() == 1


@pytest.mark.parametrize(("age", "status"), [(timedelta(days=7, seconds=-5), 302), (timedelta(days=7), 410)])
def test_a_link_works_for_seven_days(by_post, age: timedelta, status: int) -> None:
    link = by_post()
    Invitation.objects.update(expires_at=timezone.now() + invitations.VALID_FOR - age)
    assert accept(link).status_code == status
    assert User.objects.filter(email=NEWCOMER).exists() is (status == 302)


def test_an_expired_link_says_whom_to_ask(by_post, head: User) -> None:
    link = by_post()
    Invitation.objects.update(expires_at=timezone.now())
    page = Client().get(link)
    assert page.status_code == 410
    assert f"Ask {head.name}" in page.content.decode()


def test_a_role_whose_last_day_is_over_can_no_longer_be_accepted(by_post) -> None:
    link = by_post(ends_on=str(timezone.localdate()))
    Invitation.objects.update(membership_ends_on=timezone.localdate() - timedelta(days=1))
    assert accept(link).status_code == 410


def test_a_role_for_a_time_ends_by_itself(by_post, school: School) -> None:
    last = timezone.localdate() + timedelta(days=30)
    accept(by_post(ends_on=str(last)))
    membership = Membership.objects.get(user__email=NEWCOMER)
    assert membership.ends_on == last
    assert Membership.objects.active_on(last).filter(pk=membership.pk).exists()
    assert not Membership.objects.active_on(last + timedelta(days=1)).filter(pk=membership.pk).exists()


def test_a_forwarded_link_opens_nothing_for_somebody_signed_in_with_another_address(by_post, charlie: User) -> None:
    link = by_post()
    visitor = Client()
    visitor.force_login(charlie)
    for answer in (visitor.get(link), visitor.post(link, {"name": "Charlie", "password": "three odd words"})):
        assert "This invitation is for another address" in answer.content.decode()
        assert NEWCOMER not in answer.content.decode()
    assert charlie.memberships.count() == 1
    assert not User.objects.filter(email=NEWCOMER).exists()
    with pytest.raises(invitations.AnotherAddress):
        invitations.accept_invitation(invitation=Invitation.objects.get(), by=charlie)


def test_a_withdrawn_link_is_dead(by_post, client: Client, school: School) -> None:
    link = by_post()
    client.post(reverse("invitation-withdraw", args=[school.slug, Invitation.objects.get().public_id]))
    assert accept(link).status_code == 410
    assert "was withdrawn" in Client().get(link).content.decode()
    assert actions(school) == ["invitation.sent", "invitation.withdrawn"]


def test_sending_again_gives_a_new_link_and_ends_the_old_one(
    by_post, client: Client, school: School, django_capture_on_commit_callbacks
) -> None:
    old = by_post()
    Invitation.objects.update(expires_at=timezone.now())
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("invitation-again", args=[school.slug, Invitation.objects.get().public_id]))
    new = link_in(mail.outbox[-1])
    assert new != old
    assert accept(old).status_code == 404
    assert accept(new).status_code == 302


@pytest.mark.parametrize("what", ["invitation-again", "invitation-withdraw"])
def test_an_accepted_invitation_can_be_neither_sent_again_nor_withdrawn(by_post, client: Client, school: School, what: str) -> None:
    accept(by_post())
    page = client.post(reverse(what, args=[school.slug, Invitation.objects.get().public_id]), follow=True)
    assert "in the meantime" in page.content.decode()
    assert Membership.objects.filter(user__email=NEWCOMER).exists()


def test_an_unknown_link_is_not_found_and_says_what_to_try() -> None:
    page = Client().get(reverse("invitation", args=["nonsense"]))
    assert page.status_code == 404
    assert "copy the whole link" in page.content.decode()


def test_a_closed_account_is_not_opened_by_an_invitation(by_post) -> None:
    UserFactory(email=NEWCOMER, is_active=False)
    link = by_post()
    assert "This account is closed" in accept(link).content.decode()
    assert not Membership.objects.filter(user__email=NEWCOMER).exists()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"password": "short"}, "at least 12 characters"),
        ({"password": NEWCOMER}, "too similar"),
        ({"name": " "}, "This field is required"),
    ],
)
def test_a_bad_name_or_password_keeps_the_invitation_open(by_post, given: dict[str, str], words: str) -> None:
    link = by_post()
    assert words in accept(link, **given).content.decode()
    assert accept(link).status_code == 302


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"email": "not an address"}, "Enter a valid email address"),
        ({"email": NEWCOMER, "role": "lead"}, "Select a valid choice"),
        ({"email": NEWCOMER, "role": ""}, "This field is required"),
        ({"email": NEWCOMER, "ends_on": "2020-01-01"}, "in the past"),
        ({"email": NEWCOMER, "ends_on": "31 February"}, "Enter a valid date"),
    ],
)
def test_a_bad_invitation_says_so_at_its_place_and_sends_nothing(
    client: Client, school: School, head: User, given: dict[str, str], words: str
) -> None:
    client.force_login(head)
    page = client.post(reverse("staff-invite", args=[school.slug]), {"role": Role.TEACHER, **given}).content.decode()
    assert words in page
    assert not Invitation.objects.exists()
    assert mail.outbox == []


def test_nobody_is_invited_twice_to_one_role(by_post, client: Client, school: School, head: User, teacher: User) -> None:
    by_post()
    address = reverse("staff-invite", args=[school.slug])
    for email, words in ((NEWCOMER, "already invited"), (teacher.email, "already has the role Teacher"), (head.email, "your own address")):
        page = client.post(address, {"email": email, "role": Role.TEACHER})
        assert words in page.content.decode()
    assert Invitation.objects.count() == 1
    assert client.post(address, {"email": NEWCOMER, "role": Role.SENCO}).status_code == 302


def test_the_heads_are_told_of_every_role_but_not_the_new_person(
    by_post, school: School, head: User, senco: User, member, django_capture_on_commit_callbacks
) -> None:
    second_head = member(school, Role.HEAD)
    link = by_post()
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        accept(link)
    assert sorted(letter.to[0] for letter in mail.outbox) == sorted([head.email, second_head.email])
    assert "Amira Khan" in mail.outbox[0].subject
    assert "is now Teacher" in mail.outbox[0].body


def test_a_mail_server_that_fails_is_shown_in_the_list(
    client: Client, school: School, head: User, settings, django_capture_on_commit_callbacks
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    client.force_login(head)
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(reverse("staff-invite", args=[school.slug]), {"email": NEWCOMER, "role": Role.TEACHER}).status_code == 302
    assert "Not sent" in client.get(reverse("staff-list", args=[school.slug])).content.decode()


def test_the_last_day_of_an_invitation_is_shown(by_post, school: School) -> None:
    link = by_post(ends_on="2099-07-23")
    assert "until 23 July 2099" in Client().get(link).content.decode()
    assert Invitation.objects.get().membership_ends_on == date(2099, 7, 23)
