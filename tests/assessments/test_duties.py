"""What goes beside judging: reminders, annual reviews of plans, three meetings with parents a year."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils.timezone import localdate, now
from hypothesis import given
from hypothesis import strategies as st

from assessments.duty_dates import MEETINGS_A_YEAR, AnnualReview, ends_of_terms, meetings_due
from assessments.models import Reminder, Review, ReviewCycle
from assessments.services import reminding
from assessments.services.duties import meetings_of, plan_reviews
from schools.models import Membership, User
from schools.tenancy import in_school
from tests.counting import assert_does_not_grow
from tests.factories.assessments import CycleDatesFactory, ReviewCycleFactory, ReviewFactory
from tests.factories.pupils import KeyWorkerFactory, PupilFactory, SupportStatusFactory

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


def url(name: str, cycle: ReviewCycle, query: str = "") -> str:
    return reverse(name, args=[cycle.school.slug, cycle]) + query


@pytest.fixture
def remind(cycle, senco, django_capture_on_commit_callbacks):
    def send(*users: User, at=None) -> list[Reminder]:
        with django_capture_on_commit_callbacks(execute=True), in_school(cycle.school):
            return reminding.remind(
                cycle=cycle, school=cycle.school, users=[user.pk for user in users], link="https://x.example/", by=senco, at=at
            )

    return send


def workers(cycle: ReviewCycle) -> list[tuple[User, int]]:
    with in_school(cycle.school):
        return [(worker.user, worker.left) for worker in reminding.workers_left(cycle, cycle.school, now())]


@pytest.mark.parametrize(
    ("status", "left"),
    [("not_started", 1), ("in_progress", 1), ("waiting", 0), ("on_hold", 0), ("ready", 0)],
)
def test_what_is_left_for_a_key_worker_is_what_still_wants_a_draft(cycle, review_of, key_worker, status, left):
    review_of(status)
    assert workers(cycle) == ([(key_worker, left)] if left else [])


def test_one_e_mail_a_key_worker_without_a_pupils_name(review_of, key_worker, remind):
    review_of()
    review_of()
    remind(key_worker)
    [message] = mail.outbox
    assert message.to == [key_worker.email]
    assert message.subject.startswith("2 reviews of your pupils")
    assert "https://x.example/" in message.body
    assert "Canary" not in message.subject + message.body
    assert "Ravi" not in message.subject + message.body


def test_who_was_reminded_when_is_kept(cycle, review_of, key_worker, remind, senco):
    review_of()
    remind(key_worker)
    with in_school(cycle.school):
        row = Reminder.objects.get()
    assert (row.user, row.left, row.asked_by) == (key_worker, 1, senco)
    assert row.emailed_at is not None


def test_a_reminder_that_the_mail_server_did_not_take_says_so(cycle, review_of, key_worker, remind, monkeypatch):
    review_of()
    monkeypatch.setattr(reminding, "send_email", lambda **words: False)
    remind(key_worker)
    with in_school(cycle.school):
        [worker] = reminding.workers_left(cycle, cycle.school, now())
    assert "did not take it" in worker.when


def test_a_page_sent_twice_reminds_once_and_asking_again_later_reminds_again(review_of, key_worker, remind):
    review_of()
    remind(key_worker)
    remind(key_worker)
    assert len(mail.outbox) == 1
    remind(key_worker, at=now() + timedelta(hours=2))
    assert len(mail.outbox) == 2


@pytest.mark.parametrize("gone", ["left the staff", "has another school's pupil"])
def test_nobody_else_is_reminded(cycle, review_of, key_worker, remind, senco, gone):
    review_of()
    if gone == "left the staff":
        Membership.objects.filter(user=key_worker).update(ended_at=now())
        remind(key_worker)
    else:
        remind(senco)
    assert mail.outbox == []


def test_a_pupil_who_left_is_left_to_nobody(cycle, review_of):
    review_of(left_on=localdate() - timedelta(days=1))
    assert workers(cycle) == []


def test_the_page_ticks_whom_it_would_remind_and_says_who_was_reminded(client, senco, cycle, review_of, key_worker, remind):
    review_of()
    client.force_login(senco)
    assert "checked" in client.get(url("cycle-remind", cycle)).text
    remind(key_worker)
    text = client.get(url("cycle-remind", cycle)).text
    assert "checked" not in text
    assert f"by {senco}." in text


def test_reminding_through_the_page_leads_to_sign_in_and_the_grid(
    client, senco, cycle, review_of, key_worker, django_capture_on_commit_callbacks
):
    review_of()
    client.force_login(senco)
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(url("cycle-remind", cycle), {"users": [key_worker.pk]}, follow=True)
    assert "1 key worker is being reminded." in response.text
    assert f"/signin/?next=%2Fschools%2F{cycle.school.slug}%2Freviews%2F2026-1%2Fgrid%2F" in mail.outbox[0].body


@pytest.mark.parametrize("users", [[], ["99999"], ["x"]])
def test_a_page_that_names_nobody_who_has_reviews_left_sends_nothing(client, senco, cycle, review_of, users):
    review_of()
    client.force_login(senco)
    assert "There is a problem" in client.post(url("cycle-remind", cycle), {"users": users}).text
    assert mail.outbox == []


def test_in_a_closed_cycle_there_is_nothing_to_remind_of(client, senco, cycle, review_of):
    review_of()
    with in_school(cycle.school):
        ReviewCycle.objects.update(closed_at=now())
    client.force_login(senco)
    assert "This cycle is closed" in client.get(url("cycle-remind", cycle), follow=True).text


def test_without_anybody_to_remind_the_page_says_so(client, senco, cycle):
    client.force_login(senco)
    assert "Nobody to remind" in client.get(url("cycle-remind", cycle)).text


@given(DAYS, DAYS)
def test_papers_are_due_two_weeks_before_the_meeting_and_the_report_two_weeks_after(meeting, today):
    review = AnnualReview(meeting)
    assert (review.meeting_on - review.papers_on).days == (review.report_on - review.meeting_on).days == 14
    step = review.next_step(today)
    assert step == (
        ["papers", "meeting", "report"][(today > review.papers_on) + (today > meeting)] if today <= review.report_on else "over"
    )
    if today > review.papers_on:
        assert review.is_near(today, timedelta())


@given(st.lists(DAYS, max_size=3), DAYS, DAYS, st.none() | DAYS)
def test_meetings_due_never_fall_and_never_pass_three(ends, one, other, since):
    earlier, later = sorted((one, other))
    assert 0 <= meetings_due(ends, earlier, since) <= meetings_due(ends, later, since) <= min(len(ends), MEETINGS_A_YEAR)
    assert meetings_due(ends, later, since) <= meetings_due(ends, later)


@given(st.lists(st.tuples(st.sampled_from(["autumn", "spring", "summer"]), DAYS), max_size=6))
def test_a_term_ends_with_its_last_cycle(due_dates):
    ends = ends_of_terms(due_dates)
    assert all(ends[term] >= due_on for term, due_on in due_dates)
    assert set(ends.items()) <= set(due_dates)


def plan(school, on: date | None, **fields):
    pupil = PupilFactory(school=school, **fields)
    SupportStatusFactory(pupil=pupil, provision="E", next_annual_review_on=on)
    return pupil


def test_annual_reviews_that_are_near_late_or_without_a_date_are_shown_the_most_urgent_first(school):
    today = date(2026, 11, 2)
    late, near = plan(school, today - timedelta(days=20)), plan(school, today + timedelta(weeks=10))
    unknown = plan(school, None)
    plan(school, today + timedelta(weeks=10, days=1))
    plan(school, today, left_on=today - timedelta(days=1))
    SupportStatusFactory(pupil=PupilFactory(school=school), provision="K", next_annual_review_on=today)
    with in_school(school):
        found = plan_reviews(today)
    assert [(each.pupil, each.next_step) for each in found] == [(late, "over"), (near, "papers"), (unknown, "unknown")]


@pytest.mark.parametrize(
    ("met_on", "joined", "expected"),
    [
        ([], date(2024, 9, 1), (0, 1)),
        ([date(2026, 11, 20)], date(2024, 9, 1), (1, 1)),
        ([date(2026, 8, 31)], date(2024, 9, 1), (0, 1)),
        ([date(2026, 11, 20), date(2026, 11, 20)], date(2024, 9, 1), (1, 1)),
        ([], date(2026, 12, 20), (0, 0)),
    ],
)
def test_meetings_are_counted_by_day_within_the_academic_year(school, cycle, met_on, joined, expected):
    CycleDatesFactory.year(school)
    pupil = PupilFactory(school=school, on_roll_from=joined)
    review = ReviewFactory(pupil=pupil, cycle=cycle, parents_met_on=met_on[0] if met_on else None)
    for number, day in enumerate(met_on[1:]):
        past = ReviewCycleFactory(school=school, academic_year=2020 + number)
        ReviewFactory(pupil=pupil, cycle=past, status="missed", parents_met_on=day)
    with in_school(school):
        [meetings] = meetings_of(review.cycle, date(2027, 1, 10))
    assert (meetings.met, meetings.due) == expected


def test_the_page_of_duties_names_who_is_behind_and_who_is_due(client, head, school, cycle):
    CycleDatesFactory.year(school)
    with in_school(school):
        school_day = localdate()
    pupil = plan(school, school_day + timedelta(days=20), forename="Owen", surname="Kent")
    ReviewFactory(pupil=pupil, cycle=cycle)
    client.force_login(head)
    text = client.get(url("cycle-duties", cycle)).text
    assert "Owen K." in text
    assert "Kent" not in text
    assert "Papers" in text


@pytest.mark.parametrize(("name", "query"), [("cycle", "?by=worker"), ("cycle-remind", ""), ("cycle-duties", "")])
def test_the_pages_do_not_grow_in_queries(client, senco, school, cycle, review_of, member, name, query):
    CycleDatesFactory.year(school)
    review_of()
    client.force_login(senco)

    def thirty() -> None:
        for _ in range(29):
            pupil = plan(school, localdate())
            KeyWorkerFactory(pupil=pupil, user=member(school, "teacher"))
            ReviewFactory(pupil=pupil, cycle=cycle)

    assert_does_not_grow(client, url(name, cycle, query), thirty, at_most=14)


def test_every_status_of_a_review_is_somebodys(cycle):
    """A status that is neither the key worker's, paused, ready nor finished would be reminded of by nobody."""
    known = {*reminding.THEIRS, *Review.PAUSED, Review.Status.READY, *Review.FINISHED}
    assert known == set(Review.Status)
