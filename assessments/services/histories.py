"""What completed reviews said of pupils' targets."""

from collections.abc import Iterable

from assessments.lineage import History, Origin, Past, history_of
from assessments.models import Judgement
from targets.models import Target


def histories_of(targets: list[Target], except_reviews: Iterable[int] = ()) -> dict[int, History]:
    """Return the history of each target, given all targets of one pupil or of many; one query."""
    origins = {target.pk: Origin(target.carried_on_from_id, target.start) for target in targets}
    past = _past({target.pupil_id for target in targets}, except_reviews)
    return {target.pk: history_of(target.pk, origins, past.get(target.pupil_id, [])) for target in targets}


def _past(pupils: Iterable[int], except_reviews: Iterable[int]) -> dict[int, list[Past]]:
    """Everything that the pupils' completed reviews decided, by pupil, oldest first."""
    rows = Judgement.objects.completed().filter(review__pupil__in=pupils).exclude(review__in=except_reviews).oldest_first()
    values = rows.values_list(
        "review__pupil", "target", "step", "review__cycle__academic_year", "review__cycle__term", "first_achieved", "next"
    )
    found: dict[int, list[Past]] = {}
    for pupil, target, step, year, term, first, then in values:
        found.setdefault(pupil, []).append(Past(target, step, (year, term), first, then == Judgement.Next.CLOSE))
    return found
