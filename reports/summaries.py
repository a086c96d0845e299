"""The figures of one school: what its completed reviews come to, for each cycle and for each term, whole and slice by slice.

Slices and cycle rows serve the school itself. Term rows of everybody are what leaves it, by way of a publication, so pupils
who are registered elsewhere (subsidiary, guest) are left out of the term. Everything is counted anew each time.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet

from assessments.models import Judgement, Review, ReviewCycle
from assessments.progress import Figures, Judged, tally
from assessments.terms import Told, last_of_lineages
from pupils.models import Pupil
from reports.models import ALL, CycleSummary, ReviewSummary
from reports.slices import FACTS, KIND, Slice, slices_of
from reports.stored import STORED, judged_of
from targets.models import Target

EVERYBODY: Slice = (ALL, "")

_OF_DAY = ("cycle", "enrolment", *FACTS.values())
_OF_REVIEW = {name: F(f"review__{name}") for name in ("pupil", *_OF_DAY)}
# The school's own dashboard says how many were set by mistake, from its own rows; nothing of them leaves the school.
_COLUMNS = tuple(name for name in Figures.__dataclass_fields__ if name != "set_by_mistake")
_WORK = ("due", "completed", "on_hold", "missed", "pupil_views", "parents_met")

Alone = tuple[int, ...]  # the columns of a summary row, of one judgement or review alone


@transaction.atomic
def rebuild(cycle: ReviewCycle) -> None:
    """Count a cycle and its term anew, for the school in scope. Doing it twice, or two at once, leaves one set of rows."""
    term = list(lock_term(cycle))
    judged, reviews = _judged(term), _reviews(term)
    of_cycle = (told for row, told in judged if row["cycle"] == cycle.pk)
    of_term = last_of_lineages(told for row, told in judged if row["enrolment"] not in Pupil.ELSEWHERE)
    figures = {cycle: _counted(of_cycle, is_by_strand=True), None: _counted(of_term, is_by_strand=False)}
    work = {
        cycle: _worked(row for row in reviews if row["cycle"] == cycle.pk),
        None: _worked(row for row in reviews if row["enrolment"] not in Pupil.ELSEWHERE),
    }
    period = {"academic_year": cycle.academic_year, "term": cycle.term, "publication": None}
    for model in (CycleSummary, ReviewSummary):
        model.objects.filter(Q(cycle=cycle) | Q(cycle=None), **period).delete()
    CycleSummary.objects.bulk_create(CycleSummary(**period, cycle=of, **row) for of, rows in figures.items() for row in rows)
    ReviewSummary.objects.bulk_create(ReviewSummary(**period, cycle=of, **row) for of, rows in work.items() for row in rows)


def lock_term(cycle: ReviewCycle) -> QuerySet[ReviewCycle]:
    """The cycles of a cycle's term, kept from other rebuilds until the transaction ends."""
    return ReviewCycle.objects.select_for_update().filter(academic_year=cycle.academic_year, term=cycle.term).order_by("pk")


def _judged(cycles: Sequence[ReviewCycle]) -> list[tuple[dict[str, Any], Told]]:
    """Judgements of completed reviews, oldest first, beside their rows. Academic targets never enter these figures."""
    rows = Judgement.objects.completed().filter(review__cycle__in=cycles).exclude(target__kind=Target.Kind.ACADEMIC).oldest_first()
    carried_on = _carried_on(cycles)
    return [(row, _told(row, carried_on)) for row in rows.values(*STORED, "target", "previous_term", kind=F("target__kind"), **_OF_REVIEW)]


def _carried_on(cycles: Sequence[ReviewCycle]) -> dict[int, int | None]:
    """Target -> the target that it was carried on from, where there is one."""
    reviewed = Review.objects.filter(cycle__in=cycles).values("pupil")
    targets = Target.objects.filter(pupil__in=reviewed, carried_on_from__isnull=False)
    return dict(targets.order_by().values_list("pk", "carried_on_from"))


def _told(row: dict[str, Any], carried_on: dict[int, int | None]) -> Told:
    lineage = row["target"]
    while before := carried_on.get(lineage):
        lineage = before
    return Told(lineage, judged_of(row), row["previous_term"], row["strand_key"], (*slices_of(row), (KIND, row["kind"])))


def _counted(told: Iterable[Told], *, is_by_strand: bool) -> Iterator[dict[str, Any]]:
    """Rows of figures: everybody, each strand, each slice; and each strand in each slice, where pages read it."""
    groups: dict[tuple[str, Slice], list[tuple[Hashable, Alone]]] = defaultdict(list, {(ALL, EVERYBODY): []})
    for each in told:
        counted = each.judged.pupil, _alone(each.judged)
        for where in (EVERYBODY, *each.slices):
            groups[ALL, where].append(counted)
            if is_by_strand or where is EVERYBODY:
                groups[each.strand_key, where].append(counted)
    for (strand, (name, value)), group in groups.items():
        yield {"strand_key": strand, "slice": name, "value": value, **_figures(group)}


def _alone(judged: Judged) -> Alone:
    facts = judged.step, judged.start, judged.aim, judged.previous, judged.counts, judged.first_achieved, judged.by_mistake
    return _columns(*facts)


@cache
def _columns(*facts: Any) -> Alone:
    """What one judgement comes to. There are few kinds of judgements, so each kind is counted once."""
    figures = tally([Judged(None, *facts)])
    return tuple(getattr(figures, name) for name in _COLUMNS)


def _figures(group: list[tuple[Hashable, Alone]]) -> dict[str, int]:
    """The columns of a row. Targets are added up; pupils are not, since one may have several targets."""
    figures = _added_up(_COLUMNS, [alone for _, alone in group])
    for column, name in enumerate(("pupils", "pupils_moved_on")):
        figures[name] = len({pupil for pupil, alone in group if alone[column]})
    return figures


def _added_up(columns: Sequence[str], every: Sequence[Alone]) -> dict[str, int]:
    return dict(zip(columns, map(sum, zip(*every, strict=True)), strict=True)) if every else dict.fromkeys(columns, 0)


def _reviews(cycles: Sequence[ReviewCycle]) -> list[dict[str, Any]]:
    return list(Review.objects.filter(cycle__in=cycles).order_by("pk").values(*_OF_DAY, "status", "pupil_view_state", "parents_met_on"))


def _worked(reviews: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Rows of work: how far the school is with its reviews, for everybody and each slice of pupils."""
    groups: dict[Slice, list[Alone]] = defaultdict(list, {EVERYBODY: []})
    for review in reviews:
        for where in (EVERYBODY, *slices_of(review)):
            groups[where].append(_work_on(review))
    for (name, value), group in groups.items():
        yield {"slice": name, "value": value, **_added_up(_WORK, group)}


def _work_on(review: dict[str, Any]) -> Alone:
    status, is_given = review["status"], review["pupil_view_state"] == Review.PupilView.GIVEN
    states = (status == state for state in (Review.Status.COMPLETED, Review.Status.ON_HOLD, Review.Status.MISSED))
    return (1, *states, is_given, review["parents_met_on"] is not None)
