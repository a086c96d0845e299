"""The evidence of a cycle: what one-to-ones saw since the last one."""

from collections.abc import Iterable
from datetime import date

from assessments.evidence import Evidence, evidence_of
from assessments.models import ReviewCycle
from targets.models import Observation
from targets.models.one_to_one import ObservationQuerySet


def since_last(cycle: ReviewCycle) -> date | None:
    """The due date of the cycle before; None before the first."""
    return ReviewCycle.objects.filter(due_on__lt=cycle.due_on).order_by("-due_on").values_list("due_on", flat=True).first()


def seen_since(targets: Iterable[int], day: date | None) -> ObservationQuerySet:
    """What one-to-ones that hold saw of these targets after a day, newest first."""
    seen = Observation.objects.live().filter(target__in=targets).newest_first()
    return seen.filter(one_to_one__held_on__gt=day) if day else seen


def evidence_for(cycle: ReviewCycle, targets: Iterable[int]) -> dict[int, Evidence]:
    """The evidence of each target that a one-to-one looked at, by target id; two queries."""
    rows = list(seen_since(targets, since_last(cycle)).values_list("target", "step"))
    return evidence_of(rows[::-1])
