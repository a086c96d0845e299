"""Publications: a school's term figures, frozen, for the readers outside it. They are never live.

Live figures would let a reader learn one child's result by looking again. So a term is published when its cycle closes,
and before that at night, where at least five more reviews were completed since the last time. Slices stay in the school.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.forms.models import model_to_dict
from django.utils import timezone

from assessments.models import ReviewCycle
from reports.models import ALL, CycleSummary, Publication, ReviewSummary
from reports.models.figures import Figures
from reports.summaries import lock_term
from schools.models import School

ENOUGH_MORE_REVIEWS = 5
KINDS: tuple[type[Figures], ...] = (CycleSummary, ReviewSummary)


@transaction.atomic
def publish_term(school: School, academic_year: int, term: str, *, at: datetime | None = None) -> Publication | None:
    """Freeze the term's figures as they stand. Returns None when there are none, or the last publication says the same.

    A publication after all cycles of the term had closed is a revision.
    """
    cycles = list(lock_term(ReviewCycle(academic_year=academic_year, term=term)))
    period = {"academic_year": academic_year, "term": term}
    live = {kind: list(kind.objects.filter(**period, cycle=None, publication=None, slice=ALL).order_by("pk")) for kind in KINDS}
    last = Publication.objects.filter(**period).order_by("-number").first()
    if not live[ReviewSummary] or (last and _frozen(last) == {kind: _values(rows) for kind, rows in live.items()}):
        return None
    publication = Publication.objects.create(
        **period,
        number=last.number + 1 if last else 1,
        published_at=at or timezone.now(),
        reviews_completed=_completed(academic_year, term),
        is_revision=last is not None and all(cycle.closed_at and cycle.closed_at <= last.published_at for cycle in cycles),
    )
    for kind, rows in live.items():
        _freeze(kind, rows, publication)
    return publication


def _frozen(publication: Publication) -> dict[type[Figures], list[dict[str, Any]]]:
    return {kind: _values(list(kind.objects.filter(publication=publication))) for kind in KINDS}


def _values(rows: list[Any]) -> list[dict[str, Any]]:
    """What rows say, apart from where they stand."""
    said = [model_to_dict(row, exclude=["id", "publication"]) for row in rows]
    return sorted(said, key=lambda row: (row.get("strand_key", ""), row["slice"], row["value"]))


def _freeze(kind: type[Figures], rows: list[Any], publication: Publication) -> None:
    for row in rows:
        row.pk, row.publication, row._state.adding = None, publication, True
    kind.objects.bulk_create(rows)


def publish_if_due(school: School, *, at: datetime | None = None) -> list[Publication]:
    """The nightly rule, for the school in scope: each open term with five more completed reviews than last time."""
    terms = ReviewCycle.objects.filter(closed_at=None).order_by().values_list("academic_year", "term").distinct()
    due = [(year, term) for year, term in terms if _completed(year, term) - _published(year, term) >= ENOUGH_MORE_REVIEWS]
    made = [publish_term(school, year, term, at=at) for year, term in due]
    return [publication for publication in made if publication]


def _completed(academic_year: int, term: str) -> int:
    row = ReviewSummary.objects.filter(academic_year=academic_year, term=term, cycle=None, publication=None, slice=ALL).first()
    return row.completed if row else 0


def _published(academic_year: int, term: str) -> int:
    last = Publication.objects.filter(academic_year=academic_year, term=term).order_by("-number").first()
    return last.reviews_completed if last else 0
