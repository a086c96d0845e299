"""One turn of each drill. A drill returns what went wrong, in words, and how long it took to be right again."""

import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from reports.models import Job
from reports.services import sweep_jobs
from tests.drills.crew import Crew, wait_until
from tests.drills.ground import Ground


@dataclass(frozen=True)
class Turn:
    """What one turn came to: its wrongs, whether the blow fell while the work was being done, and the seconds to recover."""

    wrongs: list[str]
    was_in_the_middle: bool
    seconds: float


def kill_in_the_middle(
    crew: Crew, ground: Ground, ask: Callable[[], Job], is_in_the_middle: Callable[[Job], bool], later: float = 0
) -> Turn:
    """Kill the worker -9 while it does a job, start the next one, and let the sweeper find what was left behind."""
    if not crew.alive:
        crew.start_worker()
    job = ask()
    wait_until(lambda: is_in_the_middle(renewed(job)), "a worker takes the job")
    time.sleep(later)
    crew.kill_workers()
    was_in_the_middle = renewed(job).state == Job.State.RUNNING
    crew.start_worker()
    seconds = until_done(job)
    return Turn(ground.wrongs_of(job), was_in_the_middle, seconds)


def flush_before_work(crew: Crew, ground: Ground, ask: Callable[[], Job]) -> Turn:
    """Empty the broker after the nudge and before a worker hears of it: the row remembers, and the sweeper nudges again."""
    if not crew.alive:
        crew.start_worker()
    crew.signal(signal.SIGSTOP)
    job = ask()
    crew.redis.flushall()
    crew.signal(signal.SIGCONT)
    was_lost = renewed(job).state == Job.State.WAITING
    seconds = until_done(job)
    return Turn(ground.wrongs_of(job), was_lost, seconds)


def renewed(job: Job) -> Job:
    job.refresh_from_db()
    return job


def until_done(job: Job) -> float:
    """Sweep every second, as if each were a minute; the clock's own sweeper is beside the point here."""
    swept = [time.monotonic()]

    def is_over() -> bool:
        if time.monotonic() - swept[0] > 1:
            swept[0] = time.monotonic()
            sweep_jobs(now=timezone.now() + timedelta(minutes=1) if renewed(job).state == Job.State.WAITING else None)
        return renewed(job).state in (Job.State.DONE, Job.State.FAILED)

    return wait_until(is_over, "the job is done")
