"""What this project decides differently from django-allauth."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from schools import sessions
from schools.middleware import NOT_SAVED
from schools.models import User

ASK = "the head or the office of your school"


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come from invitations only; a sign-in starts the clock and asks once whose device it is."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "That e-mail address and password do not belong together. Look at both and try again.",
        "too_many_login_attempts": f"Too many tries. Wait five minutes and try again, or ask {ASK}.",
        "account_inactive": f"This account is closed. Ask {ASK}.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        sessions.start(request)

    def post_login(self, request: HttpRequest, user: User, **details: Any) -> HttpResponse:
        response = super().post_login(request, user, **details)
        if request.session.pop(NOT_SAVED, False):
            messages.warning(request, "You were signed out before you sent this page. What you typed was not saved: please enter it again.")
        if sessions.device_of(request) is None:
            return redirect(f"{reverse('device')}?{urlencode({'next': response.url})}")
        return response
