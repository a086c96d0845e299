"""What is over is removed over night, and what is not stays."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from schools.lock import make_token
from schools.models import Invitation, Role, School, Token, User
from schools.tasks import forget_what_is_over
from tests.factories.schools import PASSWORD

pytestmark = pytest.mark.django_db


def test_an_ended_session_leaves_nothing_and_a_living_one_stays(senco: User, head: User) -> None:
    for person in (senco, head):
        Client().post("/signin/", {"login": person.email, "password": PASSWORD})
    gone = UserSession.objects.get(user=senco).session_key
    Session.objects.filter(session_key=gone).update(expire_date=timezone.now() - timedelta(seconds=1))
    forget_what_is_over()
    assert [session.user for session in UserSession.objects.all()] == [head]
    assert not Session.objects.filter(session_key=gone).exists()
    assert Session.objects.count() == 1


@pytest.mark.parametrize(
    ("state", "days", "stays"),
    [
        ({"expires_at": 0}, 29, True),
        ({"expires_at": 0}, 31, False),
        ({"expires_at": 7, "withdrawn_at": 0}, 31, False),
        ({"expires_at": 0, "accepted_at": 0}, 400, True),
    ],
)
def test_an_invitation_that_nobody_took_is_forgotten_after_a_month(school: School, state: dict[str, int], days: int, stays: bool) -> None:
    then = timezone.now() - timedelta(days=days)
    times = {name: then + timedelta(days=later) for name, later in state.items()}
    Invitation.objects.create(school=school, email="x@x.example", role=Role.TEACHER, token_hash="x", **times)
    forget_what_is_over()
    assert Invitation.objects.exists() is stays


def test_messages_that_name_people_are_in_no_cookie(client: Client, school: School, head: User) -> None:
    client.force_login(head)
    answer = client.post(f"/schools/{school.slug}/staff/invite/", {"email": "amira@x.example", "role": Role.TEACHER})
    assert answer.status_code == 302
    assert not any("amira" in morsel.value for morsel in answer.cookies.values())
    assert "amira@x.example" in client.get(answer.headers["Location"]).content.decode()


@pytest.mark.parametrize(("minutes", "stays"), [(1, True), (-1, False)])
def test_a_link_of_pupil_mode_is_forgotten_after_its_hour(school: School, minutes: int, stays: bool) -> None:
    token, _ = make_token(school=school, row_id=1)
    Token.objects.update(expires_at=timezone.now() + timedelta(minutes=minutes))
    forget_what_is_over()
    assert Token.objects.filter(pk=token.pk).exists() is stays
