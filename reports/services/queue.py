"""The queue of background work. The row is the queue; the broker is only a nudge, and a sweeper finds what was lost."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from threading import Event, Thread

from celery import current_app
from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

from reports.models import Job, ProgressReport
from reports.services.refusals import LOST
from schools.models import Partnership, School, User

logger = logging.getLogger(__name__)

RUN_JOB = "reports.tasks.run_job"
MOST_ATTEMPTS = 3
NUDGED_AGAIN_AFTER = timedelta(seconds=30)
UNFINISHED = (Job.State.WAITING, Job.State.RUNNING)


class LeaseLost(Exception):
    """Somebody else took this job over: whatever is still to be done is theirs."""


@transaction.atomic
def enqueue_job(*, kind: str, key: str, row_id: int, by: User | None, where: School | Partnership) -> Job:
    """Ask for work. While a job of this key is unfinished, asking again gives that very job."""
    job = _unfinished(key) or _create(kind, key, row_id, by, where)
    nudge_on_commit(job.pk)
    return job


def _unfinished(key: str) -> Job | None:
    return Job.objects.filter(key=key, state__in=UNFINISHED).first()


def _create(kind: str, key: str, row_id: int, by: User | None, where: School | Partnership) -> Job:
    place = {"school": where} if isinstance(where, School) else {"partnership": where}
    try:
        with transaction.atomic():
            return Job.objects.create(kind=kind, key=key, row_id=row_id, asked_by=by, **place)
    except IntegrityError:
        return Job.objects.get(key=key, state__in=UNFINISHED)


def nudge_on_commit(job_id: int) -> None:
    transaction.on_commit(partial(nudge, job_id))


def nudge(job_id: int) -> None:
    """Tell the workers of a job. When the broker cannot be reached the job waits for the sweeper, and the page goes on."""
    try:
        current_app.send_task(RUN_JOB, args=[job_id], retry=False)
    except (KombuError, RedisError, OSError) as error:
        logger.warning("job %s waits: the broker did not answer (%s)", job_id, type(error).__name__)


@dataclass(frozen=True)
class Lease:
    """One worker's hold on a job. `attempt` is its proof: whoever takes the job over counts one further."""

    job_id: int
    attempt: int

    def renew(self, done: int, total: int) -> None:
        """Note how far the work is, and hold the job for longer. Raises LeaseLost once somebody else holds it."""
        if not self._held().update(done=done, total=total, lease_until=_lease_end(timezone.now())):
            raise LeaseLost

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Hold the job while one long step is done, as printing a report of many schools; a killed worker stops holding it."""
        done = Event()
        holder = Thread(target=self.keep, args=(done.wait,), daemon=True)
        holder.start()
        try:
            yield
        finally:
            done.set()
            holder.join()

    def keep(self, wait: Callable[[float], bool]) -> None:
        """Renew the lease again and again until `wait` says that the work is done, or somebody else holds the job."""
        while not wait(settings.JOB_LEASE_SECONDS / 3):
            try:
                is_held = self._held().update(lease_until=_lease_end(timezone.now()))
            except DatabaseError:
                continue  # a lock that lasts; the next turn tries again
            finally:
                connection.close()
            if not is_held:
                return

    def finish(self) -> None:
        self._held().update(state=Job.State.DONE, finished_at=timezone.now(), lease_until=None, error="")

    def put_back(self, code: str) -> None:
        """Give a failed attempt back to the queue."""
        self._held().update(state=Job.State.WAITING, lease_until=None, error=code)

    def give_up(self, code: str) -> None:
        give_up(self._held(), code)

    def _held(self) -> QuerySet[Job]:
        return Job.objects.filter(pk=self.job_id, state=Job.State.RUNNING, attempts=self.attempt)


def claim(job_id: int) -> Job | None:
    """Take a job that waits, or whose worker's lease ran out. Of two workers one gets it."""
    now = timezone.now()
    is_free = Q(state=Job.State.WAITING) | Q(state=Job.State.RUNNING, lease_until__lt=now)
    claimed = Job.objects.filter(is_free, pk=job_id, attempts__lt=MOST_ATTEMPTS).update(
        state=Job.State.RUNNING, attempts=F("attempts") + 1, lease_until=_lease_end(now)
    )
    return Job.objects.select_related("asked_by", "school", "partnership").get(pk=job_id) if claimed else None


def _lease_end(now: datetime) -> datetime:
    return now + timedelta(seconds=settings.JOB_LEASE_SECONDS)


@transaction.atomic
def give_up(jobs: QuerySet[Job], code: str) -> None:
    """Fail jobs for good, with a code that holds no name; a report that was asked for fails with its job."""
    reports = list(jobs.filter(kind=Job.Kind.PROGRESS_REPORT).values_list("row_id", flat=True))
    jobs.update(state=Job.State.FAILED, finished_at=timezone.now(), lease_until=None, error=code)
    ProgressReport.objects.filter(pk__in=reports, state=ProgressReport.State.ASKED).update(state=ProgressReport.State.FAILED)


def sweep_jobs(*, now: datetime | None = None) -> None:
    """Nudge what waits too long and what a worker left behind; after three attempts a job has failed."""
    now = now or timezone.now()
    left_behind = Job.objects.filter(state=Job.State.RUNNING, lease_until__lt=now)
    give_up(left_behind.filter(attempts__gte=MOST_ATTEMPTS), LOST)
    waiting = Job.objects.filter(state=Job.State.WAITING, created_at__lt=now - NUDGED_AGAIN_AFTER)
    for job_id in (waiting | left_behind).order_by("pk").values_list("pk", flat=True):
        nudge(job_id)
