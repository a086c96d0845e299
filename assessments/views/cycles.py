"""The list of cycles, and how far one of them is."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from assessments.converters import CycleKey
from assessments.models import Review, ReviewCycle
from assessments.services.planning import planned_cycles
from assessments.services.standing import groups_of, standings_of
from schools.access import Permission, SchoolRequest, school_view

PUPILS_A_PAGE = 25
NO_GROUP = "-"  # pupils without a class, in the address


def find_cycle(key: CycleKey) -> ReviewCycle:
    """Return a cycle of the school by its year and number. Raises Http404."""
    return get_object_or_404(ReviewCycle, academic_year=key[0], number=key[1])


@school_view(Permission.REVIEW_SEE)
def cycle_list(request: SchoolRequest) -> HttpResponse:
    opened = list(ReviewCycle.objects.with_counts().order_by("-due_on"))
    context = {
        "open": [each for each in opened if each.is_open],
        "closed": [each for each in opened if not each.is_open],
        "planned": planned_cycles(opened, timezone.localdate()),
    }
    return render(request, "assessments/cycle_list.html", context)


@school_view(Permission.REVIEW_SEE)
def cycle(request: SchoolRequest, key: CycleKey) -> HttpResponse:
    """The whole cycle by class; with a class or a status in the query, the pupils in question."""
    found = find_cycle(key)
    reviews = Review.objects.filter(cycle=found).for_list_page()
    counts = dict(reviews.order_by().values_list("status").annotate(Count("pk")))
    days = (found.due_on - timezone.localdate()).days
    context: dict[str, Any] = {"cycle": found, "counts": _counts(counts), "due": sum(counts.values()), "days": days}
    group, status = request.GET.get("class"), request.GET.get("status")
    if group is None and status is None:
        return render(request, "assessments/cycle.html", context | {"groups": groups_of(standings_of(found, reviews))})
    if group is not None:
        reviews = reviews.filter(registration_group="" if group == NO_GROUP else group)
    if status is not None:
        reviews = reviews.filter(status=status)
    page = Paginator(reviews, PUPILS_A_PAGE).get_page(request.GET.get("page"))
    context |= {"page": page, "standings": standings_of(found, page), "title": _title(group, status), "group": group}
    return render(request, "assessments/cycle_pupils.html", context)


def group_in_address(name: str) -> str:
    """A class as the query of an address names it."""
    return name or NO_GROUP


def _counts(found: dict[str, int]) -> list[tuple[str, str, int]]:
    """Status, words and number: the usual ones always, the others where there are any."""
    usual = {Review.Status.NOT_STARTED, Review.Status.IN_PROGRESS, Review.Status.READY, Review.Status.COMPLETED}
    return [(status.value, status.label, found.get(status, 0)) for status in Review.Status if status in usual or found.get(status)]


def _title(group: str | None, status: str | None) -> str:
    if group is not None:
        return "Pupils without a class" if group == NO_GROUP else group
    return dict(Review.Status.choices).get(status or "", "Reviews")
