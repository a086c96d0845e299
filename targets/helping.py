"""What helps a pupil, as far as one-to-ones tell: for the profile and for the next adult."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from django.db.models import QuerySet

from pupils.models import Pupil
from targets.models import Helped, Observation, OneToOne
from targets.rises import Sight, Tally, ranked, tallies

SINCE = timedelta(days=365)  # children change: what helped longer ago is history
MOST = 5


@dataclass(frozen=True)
class Help:
    """One strategy, and how often a step up followed its use."""

    name: str
    rose: int
    times: int

    @property
    def words(self) -> str:
        """As experience, not as proof."""
        return f"A step up followed {self.often}."

    @property
    def often(self) -> str:
        return f"{self.rose} of {self.times} times"


def what_helps(pupil: Pupil, today: date) -> list[Help]:
    """What helps one pupil, the surest first; nothing where there is too little to tell."""
    return what_helps_each([pupil], today).get(pupil.pk, [])


def what_helps_each(pupils: Iterable[Pupil], today: date) -> dict[int, list[Help]]:
    """What helps each of many pupils, by pupil id; two queries. Only one-to-ones that hold count, and strategies in use."""
    talks = OneToOne.objects.live().filter(pupil__in=[pupil.pk for pupil in pupils], held_on__gte=today - SINCE)
    seen = Observation.objects.filter(one_to_one__in=talks, step__isnull=False)
    used = Helped.objects.filter(one_to_one__in=talks, strategy__is_active=True)
    found = tallies(_sights(seen), _uses(used))
    by_pupil: dict[int, dict[str, Tally]] = defaultdict(dict)
    for (pupil, name), each in found.items():
        by_pupil[pupil][name] = each
    return {pupil: _best(each) for pupil, each in by_pupil.items()}


def _sights(seen: QuerySet[Observation]) -> list[Sight]:
    in_time = seen.order_by("one_to_one__held_on", "one_to_one__recorded_at", "one_to_one", "pk")
    rows = in_time.values_list("one_to_one", "target", "one_to_one__held_on", "step")
    return [Sight(talk, target, day, cast(int, step)) for talk, target, day, step in rows]


def _uses(used: QuerySet[Helped]) -> list[tuple[int, tuple[int, str]]]:
    """In the school's order, which decides between equals."""
    rows = used.order_by("strategy__order", "strategy").values_list("one_to_one", "one_to_one__pupil", "strategy__name")
    return [(talk, (pupil, name)) for talk, pupil, name in rows]


def _best(each: dict[str, Tally]) -> list[Help]:
    return [Help(name, each[name].rose, each[name].times) for name in ranked(each)[:MOST]]
