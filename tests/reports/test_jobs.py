"""The row is the queue: one unfinished job a key, one worker at a time, three attempts, nothing lost."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from reports.models import Job, ProgressReport
from reports.services import askers, queue
from reports.services.queue import Lease, LeaseLost, claim, enqueue_job, sweep_jobs
from schools.models import Membership, Role
from tests.factories.reports import JobFactory, ProgressReportFactory
from tests.factories.schools import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

LATER = timedelta(minutes=5)


@pytest.fixture
def nudges(monkeypatch) -> list[int]:
    """The jobs that workers were told of."""
    told: list[int] = []
    monkeypatch.setattr(queue, "nudge", told.append)
    return told


def ask(school, **changes) -> Job:
    return enqueue_job(**{"kind": Job.Kind.SUMMARY, "key": "summary:1", "row_id": 1, "by": None, "where": school} | changes)


def now(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def test_a_job_is_nudged_once_its_row_is_committed(school, django_capture_on_commit_callbacks, nudges):
    with django_capture_on_commit_callbacks() as callbacks:
        job = ask(school)
    assert nudges == []
    for callback in callbacks:
        callback()
    assert nudges == [job.pk]


def test_asked_twice_is_one_job(school):
    assert ask(school) == ask(school)
    assert Job.objects.count() == 1


def test_a_finished_job_can_be_asked_for_again(school):
    first = ask(school)
    Job.objects.update(state=Job.State.DONE)
    assert ask(school) != first


def test_two_keys_are_two_jobs(school):
    assert ask(school) != ask(school, key="summary:2")


def test_without_a_broker_the_page_goes_on_and_the_job_waits(school, django_capture_on_commit_callbacks, caplog, no_broker):
    with django_capture_on_commit_callbacks(execute=True):
        job = ask(school)
    assert now(job).state == Job.State.WAITING
    assert f"job {job.pk} waits: the broker did not answer" in caplog.text


def test_of_two_workers_one_gets_the_job(school):
    job = JobFactory(school=school)
    claimed = claim(job.pk)
    assert claimed is not None
    assert (claimed.state, claimed.attempts) == (Job.State.RUNNING, 1)
    assert claim(job.pk) is None


def test_a_job_whose_worker_is_silent_for_too_long_is_taken_over(school):
    job = JobFactory(school=school, state=Job.State.RUNNING, attempts=1, lease_until=timezone.now() - LATER)
    taken = claim(job.pk)
    assert taken is not None
    assert taken.attempts == 2


@pytest.mark.parametrize("state", [Job.State.DONE, Job.State.FAILED])
def test_a_finished_job_is_not_done_again(school, state):
    assert claim(JobFactory(school=school, state=state).pk) is None


def test_there_is_no_fourth_attempt(school):
    assert claim(JobFactory(school=school, attempts=3).pk) is None


def test_work_holds_its_lease_and_says_how_far_it_is(school):
    job = JobFactory(school=school, state=Job.State.RUNNING, attempts=1, lease_until=timezone.now() - LATER)
    Lease(job.pk, 1).renew(3, 7)
    assert (now(job).done, now(job).total) == (3, 7)
    assert now(job).lease_until > timezone.now()


def turns(number: int) -> Callable[[float], bool]:
    """A wait that is over at once, this many times; then the work is done."""
    left = [False] * number + [True]
    return lambda seconds: left.pop(0)


def test_a_long_step_holds_its_job(school, monkeypatch):
    monkeypatch.setattr(connection, "close", lambda: None)
    job = JobFactory(school=school, state=Job.State.RUNNING, attempts=1, lease_until=timezone.now() - LATER)
    Lease(job.pk, 1).keep(turns(1))
    assert now(job).lease_until > timezone.now()


def test_a_long_step_does_not_hold_a_job_that_was_taken_over(school, monkeypatch):
    monkeypatch.setattr(connection, "close", lambda: None)
    until = timezone.now() - LATER
    job = JobFactory(school=school, state=Job.State.RUNNING, attempts=2, lease_until=until)
    Lease(job.pk, 1).keep(turns(5))
    assert now(job).lease_until == until


def test_a_worker_whose_job_was_taken_over_stops_and_changes_nothing(school):
    job = JobFactory(school=school, state=Job.State.RUNNING, attempts=2)
    late = Lease(job.pk, 1)
    with pytest.raises(LeaseLost):
        late.renew(1, 1)
    late.finish()
    late.give_up("anything")
    late.put_back("anything")
    assert (now(job).state, now(job).error) == (Job.State.RUNNING, "")


def test_the_sweeper_nudges_what_waits_too_long_and_what_was_left_behind(school, nudges):
    old, behind = timezone.now() - LATER, timezone.now() - timedelta(seconds=1)
    waiting = JobFactory(school=school, created_at=old)
    left = JobFactory(school=school, state=Job.State.RUNNING, attempts=1, lease_until=behind)
    JobFactory(school=school)
    JobFactory(school=school, state=Job.State.RUNNING, attempts=1, lease_until=timezone.now() + LATER)
    JobFactory(school=school, state=Job.State.DONE, created_at=old)
    sweep_jobs()
    assert nudges == [waiting.pk, left.pk]


def test_after_three_lost_attempts_a_job_has_failed_and_so_has_its_report(partnership, nudges):
    report = ProgressReportFactory(partnership=partnership)
    job = JobFactory(
        partnership=partnership,
        kind=Job.Kind.PROGRESS_REPORT,
        row_id=report.pk,
        state=Job.State.RUNNING,
        attempts=3,
        lease_until=timezone.now() - LATER,
    )
    sweep_jobs()
    assert (now(job).state, now(job).error) == (Job.State.FAILED, "lost")
    assert ProgressReport.objects.get().state == ProgressReport.State.FAILED
    assert nudges == []


def asked(where, by, kind=Job.Kind.LETTERS) -> Job:
    return JobFactory(asked_by=by, kind=kind, **{"partnership" if kind == Job.Kind.PROGRESS_REPORT else "school": where})


def test_a_senco_may_have_letters_made_and_a_head_may_not(school, senco, head):
    assert askers.may_still(asked(school, senco))
    assert not askers.may_still(asked(school, head))


def test_somebody_who_left_meanwhile_may_not(school, senco):
    job = asked(school, senco)
    Membership.objects.filter(user=senco).update(ended_at=timezone.now())
    assert not askers.may_still(job)


def test_a_senco_of_another_school_may_not(school, charlie):
    assert not askers.may_still(asked(school, charlie))


@pytest.mark.parametrize(("role", "may"), [(Role.HEAD, True), (Role.SENCO, False), (Role.GOVERNOR, False)])
def test_who_asks_for_the_report_from_a_school(school, partnership, role, may):
    user = UserFactory()
    MembershipFactory(user=user, school=school, role=role)
    assert askers.may_still(asked(partnership, user, Job.Kind.PROGRESS_REPORT)) is may


def test_a_lead_may_ask_for_the_report_and_an_outsider_may_not(partnership, lead, charlie):
    assert askers.may_still(asked(partnership, lead, Job.Kind.PROGRESS_REPORT))
    assert not askers.may_still(asked(partnership, charlie, Job.Kind.PROGRESS_REPORT))


def test_the_systems_own_work_needs_nobody(school):
    assert askers.may_still(JobFactory(school=school, kind=Job.Kind.SUMMARY))
