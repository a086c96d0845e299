"""Which pupils of a cycle stand in one grid: a class, the pupils of one key worker, or one's own."""

from dataclasses import dataclass

from django.http import Http404
from django.utils import timezone

from assessments.models import Review, ReviewCycle
from assessments.services.grid import takes_drafts
from assessments.views.cycles import NO_GROUP, pupils_of, worker_in
from pupils.access import visible_pupils
from pupils.words import year_rank
from schools.access import Permission, SchoolRequest

OWN_PUPILS = "your pupils"
NO_CLASS = "Pupils without a class"
MOST_IN_ONE = 40


@dataclass(frozen=True)
class Tab:
    """One class of the cycle; `key` is how the address calls it."""

    key: str
    title: str
    is_here: bool


@dataclass(frozen=True)
class Chosen:
    """The class that is shown, and the others there are."""

    key: str
    title: str
    reviews: list[Review]
    tabs: list[Tab]


def choose_class(request: SchoolRequest, cycle: ReviewCycle) -> Chosen:
    """The class or key worker of the address, else the first class with something to do. Raises Http404.

    Somebody with few pupils sees them all.
    """
    pupils = visible_pupils(request, Permission.REVIEW_DRAFT)
    found = Review.objects.filter(cycle=cycle, pupil__in=pupils).for_list_page()
    judges_all, asked = request.access.may(Permission.REVIEW_DRAFT), request.GET.get("group") or None
    if judges_all and asked is None and "worker" in request.GET:
        worker = worker_in(request.GET["worker"])
        return Chosen("", pupils_of(worker), list(found.of_key_worker(worker, timezone.localdate())), [])
    reviews = list(found)
    if not judges_all and not reviews:
        raise Http404
    if not judges_all and asked is None and len(reviews) <= MOST_IN_ONE:
        return Chosen("", OWN_PUPILS, reviews, [])
    groups = _groups(reviews)
    if asked is not None and asked not in groups:
        raise Http404
    key = asked if asked is not None else _first_to_do(groups)
    tabs = [Tab(each, title_of(each), each == key) for each in groups]
    return Chosen(key, title_of(key), groups.get(key, []), tabs)


def _groups(reviews: list[Review]) -> dict[str, list[Review]]:
    """By class, the youngest first; pupils without one last."""
    found: dict[str, list[Review]] = {}
    for review in reviews:
        found.setdefault(group_of(review), []).append(review)
    order = sorted(found, key=lambda key: (key == NO_GROUP, min(year_rank(each.nc_year) for each in found[key]), key))
    return {key: found[key] for key in order}


def group_of(review: Review) -> str:
    """The class of a review as an address calls it."""
    return review.registration_group or NO_GROUP


def _first_to_do(groups: dict[str, list[Review]]) -> str:
    to_do = (key for key, reviews in groups.items() if any(takes_drafts(each, has_left=False) for each in reviews))
    return next(to_do, next(iter(groups), NO_GROUP))


def title_of(key: str) -> str:
    return NO_CLASS if key == NO_GROUP else key
