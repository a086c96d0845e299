"""When a school's figures leave it, and that what has left stays as it was."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from assessments.models import Review, ReviewCycle
from reports import publishing, summaries
from reports.models import ALL, CycleSummary, Publication, ReviewSummary
from schools.models import Term
from schools.tenancy import in_school, reading_published
from tests.factories.assessments import JudgementFactory, ReviewFactory
from tests.factories.pupils import PupilFactory
from tests.factories.targets import TargetFactory

AT = datetime(2026, 12, 1, 2, tzinfo=UTC)
LATER = AT + timedelta(days=20)


@pytest.fixture
def cycle(school):
    with in_school(school):
        return ReviewCycle.objects.create(
            academic_year=2026,
            number=1,
            term=Term.AUTUMN,
            name="Autumn",
            opens_on=date(2026, 11, 16),
            due_on=date(2026, 12, 11),
            opened_at=AT - timedelta(days=14),
        )


@pytest.fixture
def complete(school, cycle):
    """Complete the reviews of some further pupils, and count anew."""

    def some(count: int, **facts) -> None:
        for _ in range(count):
            pupil = PupilFactory(school=school)
            done = {"status": Review.Status.COMPLETED, "completed_at": AT}
            review = ReviewFactory(pupil=pupil, cycle=cycle, **done, **facts)
            stored = {"step": 2, "start": 1, "aim": 3, "previous": 1, "previous_term": 1, "counts": True, "strand_key": "communicating"}
            JudgementFactory(review=review, target=TargetFactory(pupil=pupil), **stored)
        with in_school(school):
            summaries.rebuild(cycle)

    return some


@pytest.fixture
def close(school, cycle):
    def closing(at: datetime = AT) -> None:
        with in_school(school):
            ReviewCycle.objects.update(closed_at=at)

    return closing


def publish(school, at: datetime = AT) -> Publication | None:
    with in_school(school):
        return publishing.publish_term(school, 2026, Term.AUTUMN, at=at)


def tonight(school) -> list[Publication]:
    with in_school(school):
        return publishing.publish_if_due(school, at=AT)


def published(school) -> list[tuple[str, int, int]]:
    """What a reader outside sees: strand, pupils, publication number."""
    with reading_published([school.pk]):
        rows = CycleSummary.objects.order_by("publication__number", "strand_key")
        return list(rows.values_list("strand_key", "pupils", "publication__number"))


def test_a_publication_holds_the_terms_figures(school, complete):
    complete(3)
    edition = publish(school)
    assert (edition.number, edition.reviews_completed, edition.is_revision, edition.published_at) == (1, 3, False, AT)
    assert published(school) == [(ALL, 3, 1), ("communicating", 3, 1)]
    with reading_published([school.pk]):
        assert list(ReviewSummary.objects.values_list("due", "completed")) == [(3, 3)]


def test_what_is_published_stays_while_the_school_goes_on(school, complete):
    complete(3)
    publish(school)
    complete(2)
    assert published(school) == [(ALL, 3, 1), ("communicating", 3, 1)]


def test_live_figures_are_never_read_from_outside(school, complete):
    complete(3)
    assert published(school) == []


def slices_of_anybody() -> list[str]:
    return [name for kind in publishing.KINDS for name in kind.objects.exclude(slice=ALL).values_list("slice", flat=True)]


def test_no_slice_is_read_from_outside(school, complete):
    complete(3)
    publish(school)
    with reading_published([school.pk]):
        assert slices_of_anybody() == []
    with in_school(school):
        assert {"year", "need", "sex", "kind"} <= set(slices_of_anybody()), "the control: inside the school they are read"


@pytest.mark.parametrize("kind", publishing.KINDS)
def test_no_slice_can_be_put_into_a_publication(school, complete, kind):
    complete(3)
    edition = publish(school)
    with in_school(school):
        row = kind.objects.filter(publication=None, cycle=None, slice="year").get()
        row.pk, row.publication, row._state.adding = None, edition, True
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()
        row.slice, row.value, row.academic_year = ALL, "", row.academic_year + 1
        row.save()  # the control: it was the slice


def test_a_slice_alone_makes_no_new_publication(school, complete):
    complete(3)
    publish(school)
    with in_school(school):
        Review.objects.update(nc_year="9")
        summaries.rebuild(ReviewCycle.objects.get())
    assert publish(school, LATER) is None


def test_another_schools_publications_are_not_read(school, sister_school, complete):
    complete(3)
    publish(school)
    assert published(sister_school) == []


def test_without_figures_nothing_is_published(school, cycle):
    assert publish(school) is None


def test_the_same_figures_are_published_once(school, complete):
    complete(3)
    assert publish(school) is not None
    assert publish(school, LATER) is None
    with in_school(school):
        assert Publication.objects.count() == 1


def test_the_highest_number_is_the_latest(school, complete):
    complete(3)
    publish(school)
    complete(1)
    assert publish(school).number == 2
    assert [(pupils, number) for strand, pupils, number in published(school) if strand == ALL] == [(3, 1), (4, 2)]


def test_a_publication_after_the_term_was_closed_is_a_revision(school, complete, close):
    complete(3)
    close()
    assert publish(school, AT).is_revision is False
    complete(1)
    assert publish(school, LATER).is_revision is True


def test_the_last_publication_before_closing_is_no_revision(school, complete, close):
    complete(3)
    publish(school, AT)
    complete(1)
    close(LATER)
    assert publish(school, LATER).is_revision is False


def test_pupils_registered_elsewhere_do_not_leave_the_school(school, complete):
    complete(3)
    complete(2, enrolment="G")
    assert publish(school).reviews_completed == 3
    assert published(school)[0] == (ALL, 3, 1)


# -- at night


@pytest.mark.parametrize(("reviews", "editions"), [(0, 0), (4, 0), (5, 1), (9, 1)])
def test_at_night_five_completed_reviews_are_needed(school, complete, reviews, editions):
    complete(reviews)
    assert len(tonight(school)) == editions


@pytest.mark.parametrize(("more", "editions"), [(4, 0), (5, 1)])
def test_at_night_five_more_are_needed_than_last_time(school, complete, more, editions):
    complete(6)
    tonight(school)
    complete(more)
    assert [each.number for each in tonight(school)] == [2] * editions


def test_at_night_a_closed_term_is_left_alone(school, complete, close):
    complete(9)
    close()
    assert tonight(school) == []


def test_at_night_pupils_registered_elsewhere_do_not_count(school, complete):
    complete(4)
    complete(3, enrolment="S")
    assert tonight(school) == []
