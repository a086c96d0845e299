"""What completed reviews said of one pupil's targets."""

from assessments.lineage import History, Origin, Past, history_of
from assessments.models import Judgement
from targets.models import Target


def histories_of(pupil_id: int, targets: list[Target], except_review: int | None = None) -> dict[int, History]:
    """Return the history of each target, given all targets of the pupil; one query."""
    origins = {target.pk: Origin(target.carried_on_from_id, target.start) for target in targets}
    past = _past(pupil_id, except_review)
    return {target.pk: history_of(target.pk, origins, past) for target in targets}


def _past(pupil_id: int, except_review: int | None) -> list[Past]:
    """Everything that the pupil's completed reviews decided, oldest first."""
    rows = Judgement.objects.completed().filter(review__pupil=pupil_id).exclude(review=except_review).oldest_first()
    values = rows.values_list("target", "step", "review__cycle__academic_year", "review__cycle__term", "first_achieved", "next")
    return [Past(target, step, (year, term), first, then == Judgement.Next.CLOSE) for target, step, year, term, first, then in values]
