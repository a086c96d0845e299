"""Who has the same reviews open in a grid, so that two people seldom work on one row. Ids and times only, gone within a minute."""

from datetime import timedelta

from django.core.cache import cache
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST
from redis.exceptions import RedisError

from assessments.converters import CycleKey
from assessments.views.classes import choose_class, group_of, title_of
from assessments.views.cycles import find_cycle
from schools.access import Permission, SchoolRequest, school_view
from schools.models import User

HERE_FOR = timedelta(seconds=45)  # two polls and a little


@require_POST
@school_view(Permission.REVIEW_DRAFT)
def grid_presence(request: SchoolRequest, key: CycleKey) -> HttpResponse:
    """Say that this person is here, and who else is."""
    cycle = find_cycle(key)
    shown = {review.pk: title_of(group_of(review)) for review in choose_class(request, cycle).reviews}
    others = _note(f"grid:{request.school.pk}:{cycle.pk}", request.user.pk, list(shown))
    shared = {pk: shown.keys() & seen for pk, seen in others.items()}
    people = [str(person) for person in User.objects.filter(pk__in=[pk for pk, reviews in shared.items() if reviews]).order_by("pk")]
    return JsonResponse({"words": _words(people, sorted({shown[pk] for pk in set().union(*shared.values())}))})


def _note(key: str, person: int, reviews: list[int]) -> dict[int, list[int]]:
    """Note which reviews one person has open, and return the others' by person. Without a cache nobody is seen, and the grid works."""
    now = timezone.now().timestamp()
    try:
        seen: dict[int, tuple[float, list[int]]] = cache.get(key) or {}
        here = {pk: noted for pk, noted in seen.items() if now - noted[0] < HERE_FOR.total_seconds()} | {person: (now, reviews)}
        cache.set(key, here, HERE_FOR.total_seconds())
    except (RedisError, OSError):
        return {}
    return {pk: open_now for pk, (_, open_now) in here.items() if pk != person}


def _words(people: list[str], classes: list[str]) -> str:
    """Ms Jones is in 7B now."""
    if not people:
        return ""
    return f"{_listed(people)} {'is' if len(people) == 1 else 'are'} in {_listed(classes)} now"


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
