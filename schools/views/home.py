"""The address without a path: everybody's own first page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from schools.middleware import PLACE
from schools.models import Membership
from schools.places import home_of, memberships_of, places_for


def home(request: HttpRequest) -> HttpResponse:
    """Lead to the school or partnership used last, else the first; without a role, say whom to ask."""
    today = timezone.localdate()
    place = home_of(places_for(memberships_of(request.user, today)), request.session.get(PLACE, ""))  # type: ignore[arg-type]
    if place:
        return redirect(place.home)
    coming, gone = Membership.objects.coming_and_gone(request.user, today)  # type: ignore[arg-type]
    heads = Membership.objects.heads_of(gone.school, today) if gone and gone.school else []
    return render(request, "schools/no_role.html", {"coming": coming, "gone": gone, "heads": heads})
