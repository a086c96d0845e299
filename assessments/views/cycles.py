"""The list of cycles, and how far one of them is."""

import re
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from assessments.converters import CycleKey
from assessments.models import Review, ReviewCycle
from assessments.services.planning import planned_cycles
from assessments.services.reminding import workers_left
from assessments.services.standing import by_class, by_key_worker, standings_of
from pupils.models import KeyWorker
from schools.access import Permission, SchoolRequest, school_view

PUPILS_A_PAGE = 25
IS_ID = re.compile(r"[0-9]{1,9}\Z")
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
    group, status, worker = (request.GET.get(name) for name in ("class", "status", "worker"))
    if group is None and status is None and worker is None:
        return _whole(request, found, context)
    if group is not None:
        reviews = reviews.filter(registration_group="" if group == NO_GROUP else group)
    if status is not None:
        reviews = reviews.filter(status=status)
    if worker is not None:
        reviews = reviews.of_key_worker(worker_in(worker), timezone.localdate())
    page = Paginator(reviews, PUPILS_A_PAGE).get_page(request.GET.get("page"))
    context |= {
        "page": page,
        "standings": standings_of(found, page),
        "title": _title(group, status, worker),
        "group": group,
        "worker": worker,
    }
    return render(request, "assessments/cycle_pupils.html", context)


def _whole(request: SchoolRequest, found: ReviewCycle, context: dict[str, Any]) -> HttpResponse:
    """One row a class, or a row a key worker."""
    reviews = (
        Review.objects.filter(cycle=found)
        .for_list_page()
        .prefetch_related(Prefetch("pupil__key_workers", KeyWorker.objects.select_related("user")))
    )
    standings, is_by_worker = standings_of(found, reviews), request.GET.get("by") == "worker"
    groups = (by_key_worker if is_by_worker else by_class)(standings, timezone.localdate())
    paused = [standing.review for standing in standings if standing.review.is_paused]
    more = {"groups": groups, "is_by_worker": is_by_worker, "paused": paused}
    more |= {"done": sum(each.done for each in standings), "total": sum(each.total for each in standings)}
    if found.is_open and request.access.may(Permission.REVIEW_COMPLETE):
        many = len(workers_left(found, request.school, timezone.now()))
        more["remind_words"] = f"Remind key workers ({many})" if many else "Remind key workers"
    return render(request, "assessments/cycle.html", context | more)


def group_in_address(name: str) -> str:
    """A class as the query of an address names it."""
    return name or NO_GROUP


def _counts(found: dict[str, int]) -> list[tuple[str, str, int]]:
    """Status, words and number: the usual ones always, the others where there are any."""
    usual = {Review.Status.NOT_STARTED, Review.Status.IN_PROGRESS, Review.Status.READY, Review.Status.COMPLETED}
    return [(status.value, status.label, found.get(status, 0)) for status in Review.Status if status in usual or found.get(status)]


def worker_in(query: str) -> int | None:
    """The key worker whom an address names; None for anything that is no id: the pupils without one."""
    return int(query) if IS_ID.match(query) else None


def pupils_of(worker: int | None) -> str:
    """What the pupils of a key worker are called together."""
    held = KeyWorker.objects.filter(user=worker).select_related("user").first() if worker else None
    return f"Pupils of {held.name}" if held else "Pupils without a key worker"


def _title(group: str | None, status: str | None, worker: str | None) -> str:
    if worker is not None:
        return pupils_of(worker_in(worker))
    if group is not None:
        return "Pupils without a class" if group == NO_GROUP else group
    return dict(Review.Status.choices).get(status or "", "Reviews")
