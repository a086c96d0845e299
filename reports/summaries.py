"""The figures of one school: what its completed reviews come to, for each cycle and for each term.

Cycle rows serve the school itself. Term rows are what leaves it, by way of a publication, so pupils who are registered
elsewhere (subsidiary, guest) are left out of them. Everything is counted anew from the judgements each time.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from assessments.lineage import Origin, line_of
from assessments.models import Judgement, Review, ReviewCycle
from assessments.progress import Judged, tally
from assessments.terms import Told, last_of_lineages
from pupils.models import Pupil
from reports.models import ALL, CycleSummary, ReviewSummary
from targets.models import Target, WhyEnded

ELSEWHERE = (Pupil.Enrolment.SUBSIDIARY, Pupil.Enrolment.GUEST)
STORED = ("target", "review__pupil", "step", "start", "aim", "previous", "previous_term", "counts", "first_achieved", "next", "reason")


@transaction.atomic
def rebuild(cycle: ReviewCycle) -> None:
    """Count a cycle and its term anew, for the school in scope. Doing it twice, or two at once, leaves one set of rows."""
    term = list(lock_term(cycle))
    at_home = Q(review__enrolment__in=ELSEWHERE)
    _replace(cycle, cycle, _judged([cycle]), Review.objects.filter(cycle=cycle))
    told = last_of_lineages(_judged(term, without=at_home))
    _replace(cycle, None, told, Review.objects.filter(cycle__in=term).exclude(enrolment__in=ELSEWHERE))


def lock_term(cycle: ReviewCycle) -> QuerySet[ReviewCycle]:
    """The cycles of a cycle's term, kept from other rebuilds until the transaction ends."""
    return ReviewCycle.objects.select_for_update().filter(academic_year=cycle.academic_year, term=cycle.term).order_by("pk")


def _judged(cycles: Sequence[ReviewCycle], *, without: Q | None = None) -> list[Told]:
    """Judgements of completed reviews, oldest first. Academic targets never enter these figures."""
    rows = Judgement.objects.completed().filter(review__cycle__in=cycles).exclude(target__kind=Target.Kind.ACADEMIC).oldest_first()
    lineages = _lineages(cycles)
    kept = rows.exclude(without) if without is not None else rows
    return [_told(row, lineages) for row in kept.values(*STORED, "strand_key")]


def _lineages(cycles: Sequence[ReviewCycle]) -> dict[int, int]:
    """Target -> the target with which its lineage began."""
    reviewed = Review.objects.filter(cycle__in=cycles).values("pupil")
    targets = Target.objects.filter(pupil__in=reviewed).order_by().values_list("pk", "carried_on_from", "start")
    origins = {pk: Origin(carried_on_from, start) for pk, carried_on_from, start in targets}
    return {pk: list(line_of(pk, origins))[-1] for pk in origins}


def _told(row: dict, lineages: dict[int, int]) -> Told:
    judged = Judged(
        pupil=row["review__pupil"],
        step=row["step"],
        start=row["start"],
        aim=row["aim"],
        previous=row["previous"],
        counts=row["counts"],
        first_achieved=row["first_achieved"],
        by_mistake=row["next"] == Judgement.Next.CLOSE and row["reason"] == WhyEnded.MISTAKE,
    )
    return Told(lineages[row["target"]], judged, row["previous_term"], row["strand_key"])


def _replace(cycle: ReviewCycle, of_cycle: ReviewCycle | None, told: Sequence[Told], reviews: QuerySet[Review]) -> None:
    """Put one set of live rows in the place of the former; the term's set has no cycle."""
    period = {"academic_year": cycle.academic_year, "term": cycle.term, "cycle": of_cycle, "publication": None}
    for model in (CycleSummary, ReviewSummary):
        model.objects.filter(**period).delete()
    keys = [ALL, *sorted({each.strand_key for each in told})]
    CycleSummary.objects.bulk_create(CycleSummary(**period, strand_key=key, **_figures(_in_strand(told, key))) for key in keys)
    ReviewSummary.objects.create(**period, **work_on(reviews))


def _in_strand(told: Iterable[Told], key: str) -> list[Judged]:
    return [each.judged for each in told if key in (ALL, each.strand_key)]


def _figures(judged: list[Judged]) -> dict[str, int]:
    """The columns of a summary row."""
    figures = asdict(tally(judged))
    del figures["set_by_mistake"]
    return figures


def work_on(reviews: QuerySet[Review]) -> dict[str, int]:
    """How far a school is with its reviews, in one query."""
    status = Review.Status
    return reviews.aggregate(
        due=Count("pk"),
        completed=Count("pk", filter=Q(status=status.COMPLETED)),
        on_hold=Count("pk", filter=Q(status=status.ON_HOLD)),
        missed=Count("pk", filter=Q(status=status.MISSED)),
        pupil_views=Count("pk", filter=Q(pupil_view_state=Review.PupilView.GIVEN)),
        parents_met=Count("pk", filter=Q(parents_met_on__isnull=False)),
    )
