"""The page behind an invitation's link: a new person opens an account, somebody known signs in, both accept."""

from enum import StrEnum

from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from schools.addresses import sign_in_first
from schools.forms.staff import AccountForm
from schools.middleware import PLACE
from schools.models import Invitation, User
from schools.places import key_of
from schools.services import invitations as services


class State(StrEnum):
    """What the page has to say."""

    NEW = "new"  # no account yet
    KNOWN = "known"  # an account, signed out
    READY = "ready"  # signed in as the invited person
    SOMEBODY_ELSE = "somebody-else"  # signed in with another address
    CLOSED = "closed"  # the account is closed
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    USED = "used"
    UNKNOWN = "unknown"


GONE = {State.EXPIRED: 410, State.WITHDRAWN: 410, State.USED: 410, State.UNKNOWN: 404}


@sensitive_post_parameters("password")
@login_not_required
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show what the invitation opens and take its acceptance; say plainly what to do where it opens nothing."""
    found = (
        Invitation.objects.filter(token_hash=services.hash_of(token))
        .select_related("school__programme", "partnership", "invited_by")
        .first()
    )
    state = state_of(found, request.user)  # type: ignore[arg-type]
    form = AccountForm(request.POST or None, email=found.email) if found and state is State.NEW else None
    if request.method == "POST" and found and (state is State.READY or (form and form.is_valid())):
        try:
            return accept(request, found, form)
        except (services.InvitationNotOpen, IntegrityError):
            return redirect(request.path)  # somebody was quicker: the page knows by whom
    theme = found.school.programme.look if found and found.school else "dreams"
    words = {"invitation": found, "state": state, "form": form, "theme": theme, "sign_in": sign_in_first(request.path)}
    return render(request, "schools/invitation.html", words, status=GONE.get(state, 200))


def state_of(found: Invitation | None, user: User) -> State:
    """Say what an invitation is to the person at its page."""
    if found is None:
        return State.UNKNOWN
    if found.withdrawn_at:
        return State.WITHDRAWN
    if found.accepted_at:
        return State.USED
    over = found.membership_ends_on and found.membership_ends_on < timezone.localdate()
    if over or found.has_expired(timezone.now()):
        return State.EXPIRED
    if user.is_authenticated:
        return State.READY if user.email == found.email else State.SOMEBODY_ELSE
    account = User.objects.filter(email=found.email).only("is_active").first()
    if account is None:
        return State.NEW
    return State.KNOWN if account.is_active else State.CLOSED


def accept(request: HttpRequest, found: Invitation, form: AccountForm | None) -> HttpResponse:
    """Give the role, sign a new person in, and lead to the place."""
    if form is None:
        services.accept_invitation(invitation=found, by=request.user)  # type: ignore[arg-type]
        response: HttpResponse = redirect("home")
    else:
        user = services.open_account(invitation=found, **form.cleaned_data)
        response = perform_login(request, user, email=user.email)
    request.session[PLACE] = key_of(found.place)
    messages.success(request, f"Welcome to {found.place}. Your role: {found.get_role_display()}.")
    return response
