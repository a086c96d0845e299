"""What a meeting's sheet holds and remembers, through its services."""

from datetime import date, timedelta

import pytest

from assessments.models import AgreedAction, Review
from assessments.services.meetings import Agreement, agreed_last_time, save_meeting
from assessments.services.refusals import ReviewAlreadyCompleted
from assessments.services.sheets import sheet_of
from schools.models import AuditEvent
from schools.tenancy import in_school
from tests.factories.assessments import AgreedActionFactory, ReviewCycleFactory, ReviewFactory


def test_what_was_agreed_last_time_is_that_of_the_latest_earlier_meeting(open_review):
    for year, what in ((2024, "Long ago"), (2025, "Last time")):
        cycle = ReviewCycleFactory(school=open_review.pupil.school, academic_year=year, opens_on=date(year, 9, 1), due_on=date(year, 10, 1))
        AgreedActionFactory(review=ReviewFactory(pupil=open_review.pupil, cycle=cycle, status="missed"), what=what)
    AgreedActionFactory(review=open_review, what="Now")
    with in_school(open_review.school_id):
        assert [action.what for action in agreed_last_time(open_review)] == ["Last time"]


def test_a_finished_sheet_shows_what_was_stored_and_nothing_of_later_reviews(senco, review, target, save, complete, open_it):
    save(review, target, step=2)
    complete(review)
    later = open_it(2, at=review.cycle.opened_at + timedelta(days=120))
    with in_school(review.school):
        second = Review.objects.select_related("cycle", "pupil").get(cycle=later)
    save(second, target, step=3)
    complete(second, at=review.cycle.opened_at + timedelta(days=125))
    with in_school(review.school):
        shown = [sheet_of(Review.objects.select_related("cycle", "pupil").get(pk=each.pk))[0] for each in (review, second)]
    assert [(each.now, each.earlier) for each in shown] == [(2, ()), (3, (("Autumn", 2),))]


def test_nothing_is_agreed_in_a_finished_review(senco, review, target, save, complete):
    save(review, target, step=2)
    complete(review)
    with in_school(review.school), pytest.raises(ReviewAlreadyCompleted):
        save_meeting(review=review, base={}, mine={}, agreed=Agreement("Read", "Mum"), by=senco)


def test_what_is_agreed_leaves_a_trace_without_its_words(senco, open_review):
    with in_school(open_review.school_id):
        save_meeting(review=open_review, base={}, mine={}, agreed=Agreement("Read", "Mum"), by=senco)
        found = AgreedAction.objects.get()
        save_meeting(review=open_review, base={}, mine={}, take_back=found.public_id, by=senco)
        traces = AuditEvent.objects.filter(table="assessments.agreedaction").order_by("pk")
        assert list(traces.values_list("action", "row_id")) == [("action.agreed", found.pk), ("action.taken-back", found.pk)]
