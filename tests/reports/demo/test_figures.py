"""Every figure of the demo is what its rows come to, counted here a second time and in another way."""

from collections.abc import Iterable

import pytest

from assessments.models import Judgement, Review, ReviewCycle
from reports.models import ALL, CycleSummary, Job, ProgressReport, Publication, ReviewSummary
from schools.models import School

pytestmark = pytest.mark.django_db

AT_HOME = ("C", "M")


def recounted(rows: Iterable[Judgement]) -> dict[str, int]:
    """The columns of a summary row, judgement by judgement."""
    found = dict.fromkeys(COLUMNS, 0)
    moving: set[int] = set()
    moved: set[int] = set()
    for row in rows:
        if not row.counts:
            found["too_new"] += 1
        elif row.step is None:
            found["not_seen"] += 1
        else:
            assert row.start is not None
            assert row.aim is not None
            assert row.previous is not None
            found["judged"] += 1
            if row.aim == row.start:
                found["held"] += row.step >= row.aim
                continue
            moving.add(row.review.pupil_id)
            way = "moved_on" if row.step > row.previous else "gone_back" if row.step < row.previous else "same"
            found[way] += 1
            if way == "moved_on":
                moved.add(row.review.pupil_id)
            found["achieved"] += row.first_achieved
            found["since_start_sum"] += row.step - row.start
            found["since_start_squares"] += (row.step - row.start) ** 2
    return {**found, "pupils": len(moving), "pupils_moved_on": len(moved)}


COLUMNS = (
    "pupils", "pupils_moved_on", "judged", "moved_on", "same", "gone_back", "achieved", "held", "not_seen", "too_new",
    "since_start_sum", "since_start_squares",
)  # fmt: skip


def judged(summary: CycleSummary) -> list[Judgement]:
    """What a summary row speaks of; term rows leave out pupils who are registered elsewhere."""
    rows = Judgement.objects.completed().filter(school=summary.school_id, **narrowed(summary)).select_related("review")
    rows = rows.filter(review__cycle__academic_year=summary.academic_year, review__cycle__term=summary.term)
    if summary.cycle_id is None:
        rows = rows.filter(review__enrolment__in=AT_HOME)
    return list(rows if summary.strand_key == ALL else rows.filter(strand_key=summary.strand_key))


def narrowed(row: CycleSummary | ReviewSummary) -> dict[str, object]:
    """The lookups from a judgement that narrow down to a row's slice."""
    lookup, yes_or_no = SLICES[row.slice]
    return {lookup: row.value == "yes" if yes_or_no else row.value} if lookup else {}


SLICES = {
    ALL: ("", False),
    "kind": ("target__kind", False),
    "year": ("review__nc_year", False),
    "provision": ("review__provision", False),
    "need": ("review__primary_need", False),
    "premium": ("review__has_pupil_premium", True),
    "eal": ("review__is_eal", True),
    "sex": ("review__sex", False),
}


def test_every_summary_row_is_what_its_judgements_come_to(demo):
    rows = list(CycleSummary.objects.all())
    assert len(rows) > 4 * 3 * 6 * len(SLICES)
    assert {row.slice for row in rows} == SLICES.keys()
    for row in rows:
        assert {name: getattr(row, name) for name in COLUMNS} == recounted(judged(row)), (
            row.school_id,
            row.term,
            row.strand_key,
            row.slice,
        )


def test_every_count_of_work_is_what_the_reviews_come_to(demo):
    for row in ReviewSummary.objects.all():
        facts = {lookup.removeprefix("review__"): value for lookup, value in narrowed(row).items()}
        reviews = Review.objects.filter(school=row.school_id, cycle__academic_year=row.academic_year, cycle__term=row.term, **facts)
        if row.cycle_id is None:
            reviews = reviews.filter(enrolment__in=AT_HOME)
        held = list(reviews)
        assert row.due == len(held)
        assert row.completed == sum(review.completed_at is not None and not review.is_open_again for review in held)
        assert row.missed == sum(review.status == "missed" for review in held)
        assert row.on_hold == sum(review.status == "on_hold" for review in held)
        assert row.pupil_views == sum(bool(review.pupil_view) for review in held)
        assert row.parents_met == sum(review.parents_met_on is not None for review in held)


def test_each_school_has_published_its_finished_terms_and_no_open_one(demo):
    for school in School.objects.all():
        for closed in ReviewCycle.objects.filter(school=school, closed_at__isnull=False):
            publication = Publication.objects.get(school=school, academic_year=closed.academic_year, term=closed.term)
            assert publication.published_at == closed.closed_at
            assert not publication.is_revision
        assert Publication.objects.filter(school=school).count() == 3


def test_schools_are_large_enough_to_be_published(demo):
    for row in CycleSummary.objects.filter(publication__isnull=False, strand_key=ALL):
        assert row.pupils >= 10
        assert 0.5 <= row.pupils_moved_on / row.pupils <= 0.9


def test_papers_wait_for_the_worker(demo):
    letters = Job.objects.filter(kind=Job.Kind.LETTERS)
    assert set(letters.values_list("school__slug", flat=True)) == {"ashdown", "cedar"}
    assert letters.count() == 12
    report = ProgressReport.objects.get()
    assert (report.academic_year, report.term, report.state) == (2025, "summer", ProgressReport.State.ASKED)
    assert Job.objects.get(kind=Job.Kind.PROGRESS_REPORT).row_id == report.pk
