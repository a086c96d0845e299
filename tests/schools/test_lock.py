"""A device in a pupil's hands: the adult's session opens nothing until the PIN, and five wrong ones end it."""

import pytest
from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from schools import lock
from schools.middleware import locked_sessions
from schools.models import MOST_TRIES, Pin, Token
from schools.services.pins import NoTriesLeft, set_pin, try_pin

pytestmark = pytest.mark.django_db

PIN, ANOTHER = "8052", "8053"
ASKS = "Only the adult who handed it over"
TAKE_BACK = "/take-back/"


@pytest.fixture
def handed(client: Client, senco, school) -> Client:
    """The SENCO's browser, handed over."""
    client.force_login(senco)
    set_pin(user=senco, digits=PIN, by=senco)
    hand(client, school)
    return client


def hand(client: Client, school) -> Token:
    token, text = lock.make_token(school=school, row_id=1)
    request = RequestFactory().get("/")
    request.session = client.session
    lock.lock(request, token, here=f"/voice/{text}/1/", back=reverse("staff-list", args=[school.slug]))
    request.session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = request.session.session_key or ""
    return token


def test_every_page_asks_for_the_pin(handed, school):
    for path in ("/", reverse("staff-list", args=[school.slug]), reverse("pupil-list", args=[school.slug]), "/signin/", "/display/"):
        for answer in (handed.get(path), handed.post(path)):
            assert answer.status_code == 403
            assert ASKS in answer.text
            assert answer.headers["Cache-Control"] == "no-store"


def test_a_request_that_began_before_cannot_save_the_lock_away(client, senco, school):
    client.force_login(senco)
    set_pin(user=senco, digits=PIN, by=senco)
    earlier = client.session
    earlier["seen_at"] = 1
    hand(client, school)
    with pytest.raises(UpdateError):
        earlier.save()
    assert client.get(reverse("staff-list", args=[school.slug])).status_code == 403


def test_an_address_that_leads_nowhere_asks_for_the_pin_too(handed, senco):
    answer = handed.get("/nowhere-at-all/")
    assert answer.status_code == 403
    assert str(senco) not in answer.text


def test_without_the_lock_they_are_open(client, senco, school):
    client.force_login(senco)
    assert client.get(reverse("staff-list", args=[school.slug])).status_code == 200


def test_a_view_that_nobody_thought_of_is_shut_and_one_that_says_so_is_open(handed):
    def view(request):
        return HttpResponse("in")

    request = RequestFactory().get("/new/")
    request.session, request.user = handed.session, None
    guard = locked_sessions(view).process_view
    assert guard(request, view, [], {}).status_code == 403
    assert guard(request, lock.opens_while_locked("GET")(view), [], {}) is None


def test_the_pin_leads_the_adult_back_and_ends_the_link(handed, school):
    assert Token.objects.count() == 1
    answer = handed.post(TAKE_BACK, {"pin": PIN}, follow=True)
    assert answer.redirect_chain == [(reverse("staff-list", args=[school.slug]), 302)]
    assert answer.status_code == 200
    assert not Token.objects.exists()


def test_a_wrong_pin_opens_nothing_and_says_how_often_one_may_try(handed):
    answer = handed.post(TAKE_BACK, {"pin": ANOTHER})
    assert "You can try 4 more times." in answer.text
    assert handed.get("/").status_code == 403


@pytest.mark.parametrize("typed", ["", "805", "8052805", "80a2", "８０５２"])
def test_what_is_no_pin_is_no_try(handed, typed, senco):
    assert "PIN" in handed.post(TAKE_BACK, {"pin": typed}).text
    assert Pin.objects.get(user=senco).wrong_tries == 0


def test_after_five_wrong_ones_only_a_sign_in_helps(handed, school):
    for _ in range(MOST_TRIES):
        answer = handed.post(TAKE_BACK, {"pin": ANOTHER})
    assert answer.headers["Location"] == reverse("account_login")
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert handed.get(reverse("staff-list", args=[school.slug])).status_code == 302
    assert "five times" in handed.get("/signin/").text


def test_a_right_pin_after_wrong_ones_begins_to_count_anew(senco):
    set_pin(user=senco, digits=PIN, by=senco)
    for _ in range(2):
        assert [try_pin(user=senco, digits=ANOTHER) for _ in range(MOST_TRIES - 1)] == [4, 3, 2, 1]
        assert try_pin(user=senco, digits=PIN) is None


def test_the_right_pin_comes_too_late_after_five_wrong_ones(senco):
    set_pin(user=senco, digits=PIN, by=senco)
    for _ in range(MOST_TRIES - 1):
        try_pin(user=senco, digits=ANOTHER)
    for digits in (ANOTHER, PIN):
        with pytest.raises(NoTriesLeft):
            try_pin(user=senco, digits=digits)


def test_only_a_hash_of_the_pin_is_kept(senco):
    set_pin(user=senco, digits=PIN, by=senco)
    assert PIN not in Pin.objects.get().hash


def test_signing_in_again_is_the_way_for_somebody_who_forgot_it(handed):
    assert handed.get("/signout/").status_code == 403
    assert handed.post("/signout/").status_code == 302
    assert handed.get("/").headers["Location"].startswith("/signin/")


def test_somebody_whose_device_is_with_nobody_is_led_home(client, senco):
    client.force_login(senco)
    assert client.get(TAKE_BACK).headers["Location"] == "/"


def test_a_token_is_good_in_the_session_that_was_locked_with_it_and_for_its_hour(client, senco, school):
    client.force_login(senco)
    token, text = lock.make_token(school=school, row_id=1)
    request = RequestFactory().get("/")
    request.session, request.user = client.session, senco
    assert lock.handed_over(request, text) is None
    lock.lock(request, token, here="/", back="/")
    assert lock.handed_over(request, text) == token
    assert lock.handed_over(request, text + "x") is None
    Token.objects.update(expires_at="2026-01-01T00:00Z")
    assert lock.handed_over(request, text) is None
    lock.keep_open(token)
    assert lock.handed_over(request, text) == token
