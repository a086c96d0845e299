"""Who is in a class's grid now, so that two people seldom work on the same rows. Ids and times only, and gone within a minute."""

from datetime import timedelta

from django.core.cache import cache
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST
from redis.exceptions import RedisError

from assessments.converters import CycleKey
from assessments.views.classes import choose_class
from assessments.views.cycles import find_cycle
from schools.access import Permission, SchoolRequest, school_view
from schools.models import User

HERE_FOR = timedelta(seconds=45)  # two polls and a little


@require_POST
@school_view(Permission.REVIEW_DRAFT)
def grid_presence(request: SchoolRequest, key: CycleKey) -> HttpResponse:
    """Say that this person is here, and who else is."""
    cycle = find_cycle(key)
    chosen = choose_class(request, cycle)
    where = chosen.key or f"own:{request.user.pk}"  # own pupils are nobody else's place
    others = sorted(_note(f"grid:{request.school.pk}:{cycle.pk}:{where}", request.user.pk))
    people = [str(person) for person in User.objects.filter(pk__in=others)]
    return JsonResponse({"person": request.user.pk, "words": _words(people, chosen.title)})


def _note(key: str, person: int) -> set[int]:
    """Note one person's presence and return the others'. Without a cache nobody is seen, and the grid works."""
    now = timezone.now().timestamp()
    try:
        seen: dict[int, float] = cache.get(key) or {}
        here = {pk: at for pk, at in seen.items() if now - at < HERE_FOR.total_seconds()} | {person: now}
        cache.set(key, here, HERE_FOR.total_seconds())
    except (RedisError, OSError):
        return set()
    return here.keys() - {person}


def _words(people: list[str], where: str) -> str:
    """Ms Jones is in 7B now."""
    if not people:
        return ""
    names = people[0] if len(people) == 1 else f"{', '.join(people[:-1])} and {people[-1]}"
    return f"{names} {'is' if len(people) == 1 else 'are'} in {where} now"
