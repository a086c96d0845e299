"""What completed reviews said of pupils' targets."""

from collections.abc import Iterable

from assessments.lineage import History, Origin, Past, history_of
from assessments.models import Judgement, Review
from targets.models import Target, WhyEnded


def histories_of(targets: list[Target], except_reviews: Iterable[int] = ()) -> dict[int, History]:
    """Return the history of each target, given all targets of one pupil or of many; one query."""
    origins = {target.pk: Origin(target.carried_on_from_id, target.start) for target in targets}
    past = _past({target.pupil_id for target in targets}, except_reviews)
    return {target.pk: history_of(target.pk, origins, past.get(target.pupil_id, [])) for target in targets}


def judged_in(review: Review) -> list[Judgement]:
    """What a finished review decided, each with `carried_on`: the target that carries it on, where one does."""
    judgements = list(Judgement.objects.filter(review=review).select_related("target__strand").order_by("pk"))
    ended = [judgement.target_id for judgement in judgements]
    children = Target.objects.filter(carried_on_from__in=ended).exclude(
        closing_reason=WhyEnded.MISTAKE, closing_step=None, closing_not_seen=""
    )
    found = {child.carried_on_from_id: child for child in children}
    for judgement in judgements:
        judgement.carried_on = found.get(judgement.target_id)  # type: ignore[attr-defined]
    return judgements


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
