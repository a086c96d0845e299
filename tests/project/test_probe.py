"""What a supervisor is told about worker and clock: a part that never worked is not well."""

from datetime import timedelta

import pytest
from celery.app.control import Control
from django.utils import timezone
from django_celery_beat.models import IntervalSchedule, PeriodicTask

import probe


@pytest.fixture
def scheduled(db):
    """One line of the clock's schedule, with the times that it holds."""
    every = IntervalSchedule.objects.create(every=1, period=IntervalSchedule.MINUTES)
    PeriodicTask.objects.create(name="sweep-jobs", task="reports.tasks.sweep_jobs", interval=every)

    def hold(**minutes_ago: int) -> None:
        PeriodicTask.objects.update(**{name: timezone.now() - timedelta(minutes=ago) for name, ago in minutes_ago.items()})

    return hold


@pytest.mark.django_db
def test_a_clock_that_never_started_is_not_well():
    assert "never started" in probe.beat()


@pytest.mark.parametrize(
    ("times", "complaint"),
    [
        ({"date_changed": 5}, ""),
        ({"date_changed": 45}, "has started nothing for 45 minutes"),
        ({"date_changed": 5, "last_run_at": 45}, "has started nothing for 45 minutes"),
        ({"date_changed": 900, "last_run_at": 4}, ""),
    ],
)
def test_a_clock_is_measured_by_what_it_started(scheduled, times, complaint):
    scheduled(**times)
    assert probe.beat() == complaint


@pytest.mark.parametrize(("host", "complaint"), [("here", ""), ("elsewhere", "does not answer")])
def test_only_the_worker_of_this_host_answers_for_it(monkeypatch, host, complaint):
    """Both workers hear the question; the one that is asked by name answers."""
    monkeypatch.setattr("celery.utils.nodenames.gethostname", lambda: "here")
    alive = f"celery@{host}"
    monkeypatch.setattr(Control, "ping", lambda self, destination=None, **_: [{alive: "pong"}] if alive in (destination or [alive]) else [])
    assert probe.worker() == complaint
