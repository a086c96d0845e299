"""Whom somebody should look at: no movement, a step back, no one-to-one for a while. Names, for the school's own SENCO and head."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, QuerySet

from assessments.lineage import Origin, line_of
from assessments.models import Judgement, ReviewCycle
from assessments.progress import has_no_movement
from pupils.models import Pupil
from targets.models import OneToOne, Target

LONG_SINCE = timedelta(weeks=3)
OF_TARGET = ("pk", "carried_on_from", "start", "status", "pupil", "wording")


@dataclass(frozen=True)
class Look:
    """One pupil to look at, and why, in few words."""

    pupil: Pupil
    why: str


def pupils_with_target(today: date) -> dict[int, Pupil]:
    """Pupils on roll with an active target, each with `last_on`, the day of the last one-to-one; one query."""
    with_target = Pupil.objects.on_roll(today).filter(pk__in=Target.objects.active().values("pupil"))
    return {pupil.pk: pupil for pupil in OneToOne.objects.with_last_day(with_target)}


def without_movement(pupils: Mapping[int, Pupil], today: date) -> list[Look]:
    """Those of the pupils with an active target whose last two seen judgements are equal; two queries."""
    on_roll = Pupil.objects.on_roll(today)
    targets = Target.objects.exclude(kind=Target.Kind.ACADEMIC).filter(pupil__in=on_roll)
    origins, active = {}, []
    for pk, before, start, status, pupil, wording in targets.values_list(*OF_TARGET):
        origins[pk] = Origin(before, start)
        if status == Target.Status.ACTIVE and pupil in pupils:
            active.append((pk, pupil, wording))
    steps = _steps(on_roll)
    return _by_name(Look(pupils[pupil], wording) for pk, pupil, wording in active if has_no_movement(_of_line(pk, origins, steps)))


def _steps(pupils: QuerySet[Pupil]) -> dict[int, list[int | None]]:
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


def long_since(pupils: Mapping[int, Pupil], today: date) -> list[Look]:
    """Those of the pupils without a one-to-one in the last three weeks."""
    late = [(pupil, pupil.last_on) for pupil in pupils.values()]  # type: ignore[attr-defined]
    return _by_name(Look(pupil, _since(last_on, today)) for pupil, last_on in late if last_on is None or last_on < today - LONG_SINCE)


def _since(last_on: date | None, today: date) -> str:
    return "No one-to-one yet" if last_on is None else f"Last one {(today - last_on).days} days ago"


def _by_name(looks: Iterable[Look]) -> list[Look]:
    return sorted(looks, key=lambda look: (look.pupil.search_key, look.pupil.pk))
