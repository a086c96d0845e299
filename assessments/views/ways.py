"""The way back from a review to the check page of its class or of the whole cycle, from which somebody came."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from assessments.models import Review
from schools.access import Permission, SchoolRequest

FROM_CHECK = "check"  # in the query: the class that was checked, or nothing for all


def check_page(request: SchoolRequest, review: Review) -> str:
    """The address of that page; empty for somebody who did not come from it, or may not open it."""
    if FROM_CHECK not in request.GET or not request.access.may(Permission.REVIEW_SEE):
        return ""
    return check_url(request, review.cycle.slug, request.GET[FROM_CHECK])


def check_url(request: SchoolRequest, cycle: str, group: str) -> str:
    query = f"?{urlencode({'class': group})}" if group else ""
    return reverse("cycle-check", args=[request.school.slug, cycle]) + query


def is_part(request: HttpRequest) -> bool:
    """Whether a page asks for its own middle part again."""
    return bool(request.htmx)  # type: ignore[attr-defined]
