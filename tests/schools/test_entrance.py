"""The door: sign in, sign out, forgotten passwords, and limits on each way in."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from schools.models import User
from tests.factories.schools import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


def sign_in(client: Client, user: User, password: str = PASSWORD, **more: str):
    return client.post(reverse("account_login"), {"login": user.email, "password": password, **more})


@pytest.fixture
def person(db: None) -> User:
    return UserFactory(email="pat@school.example")


def test_signed_out_the_first_page_leads_to_sign_in(client: Client) -> None:
    assert client.get("/").headers["Location"] == "/signin/?next=/"


def test_e_mail_and_password_sign_in(client: Client, person: User) -> None:
    assert sign_in(client, person).status_code == 302
    assert int(client.session["_auth_user_id"]) == person.pk


def test_a_password_is_pasted_whole_and_an_address_in_any_case(client: Client, person: User) -> None:
    assert client.post("/signin/", {"login": "  Pat@School.EXAMPLE ", "password": PASSWORD}).status_code == 302


@pytest.mark.parametrize("who", ["known", "unknown", "closed"])
def test_a_wrong_try_says_the_same_whoever_it_is(client: Client, person: User, who: str) -> None:
    if who == "closed":
        User.objects.update(is_active=False)
    address = "nobody@school.example" if who == "unknown" else person.email
    page = client.post("/signin/", {"login": address, "password": "not-it"}).content.decode()
    assert "That e-mail address and password do not belong together" in page
    assert "Error: " in page


def test_a_closed_account_is_told_so_only_with_its_password(client: Client, person: User) -> None:
    User.objects.update(is_active=False)
    assert sign_in(client, person).headers["Location"] == reverse("account_inactive")
    assert "_auth_user_id" not in client.session
    assert "closed" in client.get(reverse("account_inactive")).content.decode()


def test_sign_in_leads_on_to_the_page_that_was_asked_for_but_never_elsewhere(client: Client, person: User) -> None:
    assert "next=%2Fdisplay%2F" in sign_in(client, person, next="/display/").headers["Location"]
    client.logout()
    assert "evil" not in sign_in(client, person, next="https://evil.example/").headers["Location"]


def test_sign_out_asks_first_and_empties_the_cache(client: Client, person: User) -> None:
    client.force_login(person)
    assert "Sign out?" in client.get(reverse("account_logout")).content.decode()
    assert "_auth_user_id" in client.session
    response = client.post(reverse("account_logout"))
    assert response.headers["Clear-Site-Data"] == '"cache"'
    assert response.headers["Location"] == reverse("account_login")
    assert "_auth_user_id" not in client.session


def test_pages_are_kept_in_no_cache(client: Client, person: User) -> None:
    client.force_login(person)
    assert "no-store" in client.get("/").headers["Cache-Control"]


def test_five_wrong_tries_lock_the_account_for_a_while_and_not_its_neighbour(client: Client, person: User) -> None:
    for _ in range(5):
        assert "do not belong together" in sign_in(client, person, "wrong").content.decode()
    assert "Too many tries" in sign_in(client, person).content.decode()
    assert sign_in(client, UserFactory()).status_code == 302


def test_good_tries_are_not_counted(client: Client, person: User) -> None:
    for _ in range(8):
        assert sign_in(client, person).status_code == 302
        client.logout()


@pytest.mark.parametrize(
    ("name", "data", "most"),
    [
        ("account_login", {"login": "x", "password": ""}, 200),
        ("account_reset_password", {"email": "pat@school.example"}, 5),
    ],
)
def test_each_way_in_is_limited(client: Client, name: str, data: dict[str, str], most: int) -> None:
    for _ in range(most):
        assert client.post(reverse(name), data).status_code < 400
    response = client.post(reverse(name), data)
    assert response.status_code == 429
    assert "Too many tries" in response.content.decode()


def test_choosing_a_new_password_is_limited(client: Client) -> None:
    address = reverse("account_reset_password_from_key", args=["1", "set-password"])
    for _ in range(20):
        assert client.post(address).status_code == 200
    assert client.post(address).status_code == 429


def test_without_its_limits_a_way_in_would_stay_open(client: Client, settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = False
    for _ in range(7):
        assert client.post(reverse("account_reset_password"), {"email": "pat@school.example"}).status_code == 302


def test_keys_of_the_cache_hold_no_address(client: Client, person: User) -> None:
    sign_in(client, person, "wrong")
    keys = list(cache._cache)  # type: ignore[attr-defined]
    assert keys
    assert all(re.fullmatch(r"[0-9a-f]{64}", key) for key in keys)


def test_a_forgotten_password_is_chosen_anew_by_e_mail(client: Client, person: User) -> None:
    client.post(reverse("account_reset_password"), {"email": person.email})
    letter = mail.outbox[0]
    assert letter.to == [person.email]
    link = re.search(r"http://testserver(\S+)", letter.body)[1]  # type: ignore[index]
    page = client.get(link, follow=True)
    assert client.post(page.redirect_chain[-1][0], {"password1": "three odd words"}).status_code == 302
    assert sign_in(client, person, "three odd words").status_code == 302
    assert "no longer works" in Client().get(link).content.decode()


@pytest.mark.parametrize("password", ["short", "password1234", "pat@school.example"])
def test_a_weak_new_password_is_refused(client: Client, person: User, password: str) -> None:
    client.post(reverse("account_reset_password"), {"email": person.email})
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body)[1]  # type: ignore[index]
    page = client.get(link, follow=True)
    assert client.post(page.redirect_chain[-1][0], {"password1": password}).status_code == 200
    assert sign_in(client, person).status_code == 302


def test_an_unknown_address_gets_the_same_answer_and_no_letter(client: Client) -> None:
    response = client.post(reverse("account_reset_password"), {"email": "nobody@school.example"})
    assert response.headers["Location"] == reverse("account_reset_password_done")
    assert mail.outbox == []


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_change_password", "account_reauthenticate", "mfa_index"])
def test_what_we_do_not_offer_has_no_address(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)
