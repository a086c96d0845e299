"""Opening a cycle finds out whose review is due; closing it leaves nothing half open."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments import services
from assessments.models import Judgement, Review, ReviewCycle
from assessments.services import refusals
from pupils.models import Pupil
from schools.models import AuditEvent, School
from schools.tenancy import in_school
from targets.models import WhyEnded
from targets.services.targets import Closing, close_target
from tests.assessments.conftest import OPENED
from tests.factories.assessments import AUTUMN
from tests.factories.pupils import NeedFactory, PupilFactory, SupportStatusFactory
from tests.factories.targets import TargetFactory


def reviews_of(cycle: ReviewCycle) -> list[Review]:
    with in_school(cycle.school):
        return list(Review.objects.filter(cycle=cycle).select_related("pupil").order_by("pk"))


def test_a_review_is_due_for_each_pupil_with_a_due_target(school, target, open_it):
    PupilFactory(school=school)  # has no target
    assert [review.pupil for review in reviews_of(open_it())] == [target.pupil]


@pytest.mark.parametrize(("days", "expected"), [(28, 1), (27, 0)])
def test_a_target_younger_than_28_days_on_the_due_date_is_not_due(pupil, open_it, days, expected):
    counts_from = date.fromordinal(AUTUMN[1].toordinal() - days)
    TargetFactory(pupil=pupil, set_on=counts_from, counts_from=counts_from)
    assert len(reviews_of(open_it())) == expected


@pytest.mark.parametrize(("left_on", "expected"), [(AUTUMN[1], 1), (date(2026, 12, 10), 0)])
def test_only_pupils_on_roll_on_the_due_date_are_reviewed(school, year, open_it, left_on, expected):
    TargetFactory(pupil=PupilFactory(school=school, left_on=left_on))
    assert len(reviews_of(open_it())) == expected


@pytest.mark.parametrize("closing", [Closing(step=0, reason=WhyEnded.OTHER), Closing(not_seen="absent", reason=WhyEnded.OTHER)])
def test_a_target_closed_on_the_eve_of_the_opening_is_reviewed_all_the_same(target, senco, open_it, complete, closing):
    """Else the child who went back would leave the headline: its closing waits for this review, once."""
    with in_school(target.school):
        close_target(target=target, closing=closing, by=senco, on=OPENED.date() - timedelta(days=1))
    [review] = reviews_of(open_it())
    complete(review)
    with in_school(target.school):
        kept = Judgement.objects.get(review=review, target=target)
    assert (kept.step, kept.not_seen, kept.counts) == (closing.step, closing.not_seen, True)
    assert reviews_of(open_it(2, at=datetime(2027, 3, 1, 8, tzinfo=UTC))) == []


def test_a_target_that_was_closed_before_it_counted_makes_no_review(pupil, open_it):
    counts_from = AUTUMN[1] - timedelta(days=27)
    TargetFactory.closed(pupil=pupil, set_on=counts_from, counts_from=counts_from)
    assert reviews_of(open_it()) == []


@pytest.mark.parametrize("ending", [{"closing_reason": WhyEnded.MISTAKE}, {"closing_step": None}])
def test_what_was_set_by_mistake_or_has_no_closing_step_makes_no_review(pupil, open_it, ending):
    TargetFactory.closed(pupil=pupil, status="stopped", **ending)
    assert reviews_of(open_it()) == []


def test_a_review_remembers_the_facts_of_the_day(pupil, target, open_it):
    SupportStatusFactory(pupil=pupil, provision="K", starts_on=date(2024, 9, 1), ends_on=date(2026, 9, 1))
    SupportStatusFactory(pupil=pupil, provision="E", starts_on=date(2026, 9, 2))
    NeedFactory(pupil=pupil, need_type="MLD", rank=2)
    NeedFactory(pupil=pupil, need_type="ASD", rank=1)
    [review] = reviews_of(open_it())
    facts = (review.nc_year, review.registration_group, review.provision, review.primary_need, review.sex, review.enrolment)
    assert facts == ("7", "7B", "E", "ASD", "F", "C")


def test_opening_the_next_cycle_closes_the_one_before_and_counts_its_open_reviews_as_missed(target, open_it):
    autumn, spring = open_it(1), open_it(2, at=datetime(2027, 3, 1, 8, tzinfo=UTC))
    assert [review.status for review in reviews_of(autumn)] == [Review.Status.MISSED]
    assert [review.status for review in reviews_of(spring)] == [Review.Status.NOT_STARTED]
    with in_school(target.school):
        assert list(ReviewCycle.objects.open()) == [spring]


def test_a_cycle_is_opened_once(target, open_it):
    open_it()
    with pytest.raises(refusals.CycleAlreadyOpened):
        open_it()
    with in_school(target.school):
        assert ReviewCycle.objects.open().count() == 1
        assert AuditEvent.objects.filter(action="cycle.opened").count() == 1


def test_a_cycle_is_not_opened_before_its_first_day(open_it):
    with pytest.raises(refusals.CycleNotYetDue):
        open_it(2, at=OPENED)


def test_a_past_cycle_is_not_opened_after_a_later_one(open_it):
    open_it(2, at=datetime(2027, 3, 1, 8, tzinfo=UTC))
    with pytest.raises(refusals.LaterCycleWasOpened):
        open_it(1, at=datetime(2027, 3, 2, 8, tzinfo=UTC))


@pytest.mark.parametrize(
    ("left_on", "status", "expected"),
    [
        (date(2026, 12, 10), "not_started", []),
        (date(2026, 12, 10), "in_progress", ["missed"]),
        (AUTUMN[1], "not_started", ["missed"]),
    ],
)
def test_a_review_that_was_never_due_is_not_missed(target, open_it, senco, left_on, status, expected):
    cycle = open_it()
    with in_school(cycle.school):
        Pupil.objects.filter(pk=target.pupil_id).update(left_on=left_on)
        Review.objects.filter(cycle=cycle).update(status=status)
        services.close_cycle(cycle=cycle, by=senco)
    assert [review.status for review in reviews_of(cycle)] == expected


def test_a_cycle_is_closed_once(target, open_it, senco):
    cycle = open_it()
    with in_school(cycle.school):
        services.close_cycle(cycle=cycle, by=senco)
        with pytest.raises(refusals.CycleAlreadyClosed):
            services.close_cycle(cycle=cycle, by=senco)


def test_six_cycles_a_year_are_remembered_by_the_cycle(school, target, open_it):
    School.objects.filter(pk=school.pk).update(cycles_a_year=6)
    school.refresh_from_db()
    assert open_it().counts_after_days == 14


def test_opening_a_cycle_costs_the_same_for_one_pupil_and_thirty(school, year, open_it):
    TargetFactory(pupil=PupilFactory(school=school))
    with CaptureQueriesContext(connection) as for_one:
        open_it(1)
    for _ in range(29):
        TargetFactory(pupil=PupilFactory(school=school))
    with in_school(school):
        Review.objects.all().delete()
        ReviewCycle.objects.all().delete()
    with CaptureQueriesContext(connection) as for_thirty:
        cycle = open_it(1)
    assert len(for_thirty) == len(for_one)
    assert len(reviews_of(cycle)) == 30
