"""Whom somebody should look at: no movement, a step back, no one-to-one for a while. Names, for the school's own SENCO and head."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F

from assessments.lineage import Origin, line_of
from assessments.models import Judgement, ReviewCycle
from assessments.progress import has_no_movement
from pupils.models import Pupil
from targets.models import OneToOne, Target

LONG_SINCE = timedelta(weeks=3)


@dataclass(frozen=True)
class Look:
    """One pupil to look at, and why, in few words."""

    pupil: Pupil
    why: str


def without_movement(today: date) -> list[Look]:
    """Pupils on roll with an active target whose last two seen judgements are equal; two queries."""
    on_roll = Pupil.objects.on_roll(today).filter(pk__in=Target.objects.active().values("pupil"))
    targets = list(Target.objects.exclude(kind=Target.Kind.ACADEMIC).filter(pupil__in=on_roll).select_related("pupil"))
    origins = {target.pk: Origin(target.carried_on_from_id, target.start) for target in targets}
    steps = _steps({target.pupil_id for target in targets})
    active = [target for target in targets if target.status == Target.Status.ACTIVE]
    still = [target for target in active if has_no_movement(_of_line(target.pk, origins, steps))]
    return _by_name(Look(target.pupil, target.wording) for target in still)


def _steps(pupils: Iterable[int]) -> dict[int, list[int | None]]:
    """What completed reviews judged, oldest first, by target."""
    found: dict[int, list[int | None]] = defaultdict(list)
    judged = Judgement.objects.completed().filter(review__pupil__in=pupils).oldest_first()
    for target, step in judged.values_list("target", "step"):
        found[target].append(step)
    return found


def _of_line(target: int, origins: dict[int, Origin], steps: dict[int, list[int | None]]) -> list[int | None]:
    line = reversed(list(line_of(target, origins)))
    return [step for each in line for step in steps.get(each, ())]


def gone_back(cycle: ReviewCycle) -> list[Look]:
    """Pupils of whom a completed review of the cycle saw a lower step than the one before. It happens, and is worth a talk."""
    rows = Judgement.objects.completed().filter(review__cycle=cycle, counts=True, step__lt=F("previous"), aim__gt=F("start"))
    found = rows.exclude(target__kind=Target.Kind.ACADEMIC).select_related("target", "review__pupil")
    return _by_name(Look(row.review.pupil, row.target.wording) for row in found)


def long_since(today: date) -> list[Look]:
    """Pupils on roll with an active target and no one-to-one in the last three weeks; one query."""
    with_target = Pupil.objects.on_roll(today).filter(pk__in=Target.objects.active().values("pupil"))
    pupils = OneToOne.objects.with_last_day(with_target)
    late = [pupil for pupil in pupils if pupil.last_on is None or pupil.last_on < today - LONG_SINCE]  # type: ignore[attr-defined]
    return _by_name(Look(pupil, _since(pupil.last_on, today)) for pupil in late)  # type: ignore[attr-defined]


def _since(last_on: date | None, today: date) -> str:
    return "No one-to-one yet" if last_on is None else f"Last one {(today - last_on).days} days ago"


def _by_name(looks: Iterable[Look]) -> list[Look]:
    return sorted(looks, key=lambda look: (look.pupil.search_key, look.pupil.pk))
