"""Targets whose aim was reached for the first time: seen in a one-to-one, or judged in a completed review."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from assessments.models import Judgement, Review
from pupils.models import Pupil
from pupils.words import class_words
from targets.models import Helped, Observation, OneToOne, Target, WhyEnded

SINCE = timedelta(days=14)


@dataclass(frozen=True)
class Sight:
    """A day on which the aim was reached or passed, by whom it may be read, and the one-to-one where it was one."""

    day: date
    step: int
    is_shared: bool
    talk: int | None = None


@dataclass(frozen=True)
class Reached:
    """A target with its aim reached. `first` is what is celebrated; the certificate tells of the highest step since.

    What only the pupil's staff may read gives no words to a list for assembly, and no certificate.
    """

    target: Target
    sights: list[Sight] = field(default_factory=list)

    @property
    def first(self) -> Sight:
        return min(self.sights, key=lambda sight: sight.day)

    @property
    def best(self) -> Sight:
        """The highest step that others than the pupil's staff may read, on the first day that saw it."""
        return max(self._shared, key=lambda sight: (sight.step, -sight.day.toordinal()))

    @property
    def is_shared(self) -> bool:
        """Whether anything that told of it may be read by others than the pupil's staff."""
        return bool(self._shared)

    @property
    def words(self) -> str:
        """The target in the pupil's words, where it is shared."""
        return self.target.wording if self.is_shared else ""

    @property
    def _shared(self) -> list[Sight]:
        return [sight for sight in self.sights if sight.is_shared]

    @property
    def group(self) -> str:
        return class_words(self.target.pupil.nc_year, self.target.pupil.registration_group)


def celebrated(today: date) -> list[Reached]:
    """What pupils on roll have reached in the last 14 days, the latest first; three queries, however many there are."""
    since = today - SINCE
    seen = _at_aim().filter(one_to_one__held_on__gte=since).values("target")
    judged = _judged_at_aim().filter(first_achieved=True, review__completed_at__date__gte=since).values("target")
    lately = Target.objects.filter(Q(pk__in=seen) | Q(pk__in=judged), pupil__in=Pupil.objects.on_roll(today))
    targets = lately.exclude(closing_reason=WhyEnded.MISTAKE).select_related("pupil").order_by("pupil__search_key", "pk")
    found = [each for each in reached_of(targets) if each.first.day >= since]
    return sorted(found, key=lambda each: each.first.day, reverse=True)


def reached_of(targets: Iterable[Target]) -> list[Reached]:
    """Those of the targets whose aim was reached; two queries."""
    by_id = {target.pk: target for target in targets}
    sights: dict[int, list[Sight]] = defaultdict(list)
    seen = _at_aim().filter(target__in=by_id).values_list("target", "one_to_one__held_on", "step", "one_to_one__audience", "one_to_one")
    for target, day, step, audience, talk in seen:
        sights[target].append(Sight(day, step or 0, audience == OneToOne.Audience.SHARED, talk))
    for target, at, step in _judged_at_aim().filter(target__in=by_id).values_list("target", "review__completed_at", "step"):
        sights[target].append(Sight(timezone.localdate(at), step or 0, is_shared=True))
    return [Reached(target, sights[pk]) for pk, target in by_id.items() if pk in sights]


def helped_in(talk: int) -> tuple[str, ...]:
    """What helped in one one-to-one, in the school's order."""
    return tuple(Helped.objects.filter(one_to_one=talk).order_by("strategy__order", "strategy").values_list("strategy__name", flat=True))


def _at_aim() -> QuerySet[Observation]:
    """To stay where one began is no aim reached, however good it is."""
    return Observation.objects.live().filter(step__gte=F("target__aim"), target__start__lt=F("target__aim"))


def _judged_at_aim() -> QuerySet[Judgement]:
    return Judgement.objects.filter(review__status=Review.Status.COMPLETED, step__gte=F("aim"), start__lt=F("aim"))
