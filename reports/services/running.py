"""Doing a job: claimed by one worker, safe to do twice, at most three attempts."""

import logging
import traceback
from collections.abc import Callable

from reports.models import Job
from reports.services import finishing, letters, partnership_cycles, progress_reports, summaries
from reports.services.askers import may_still
from reports.services.queue import MOST_ATTEMPTS, Lease, LeaseLost, claim
from reports.services.refusals import ASKER_LEFT, CannotBeDone

logger = logging.getLogger(__name__)

WORK: dict[str, Callable[[Job, Lease], None]] = {
    Job.Kind.LETTERS: letters.make_letters,
    Job.Kind.PROGRESS_REPORT: progress_reports.make_report,
    Job.Kind.SUMMARY: summaries.renew_figures,
    Job.Kind.COMPLETE: finishing.complete_reviews,
    Job.Kind.OPEN_CYCLES: partnership_cycles.open_cycles,
}


def run_job(job_id: int) -> None:
    """Do a job that nobody else is doing. A failed attempt goes back to the queue, the third one fails the job."""
    job = claim(job_id)
    if job is None:
        return
    lease = Lease(job.pk, job.attempts)
    if not may_still(job):
        lease.give_up(ASKER_LEFT)
        return
    try:
        with lease.kept():
            WORK[job.kind](job, lease)
    except LeaseLost:
        logger.warning("job %s was taken over by another worker", job.pk)
    except CannotBeDone as refusal:
        lease.give_up(refusal.code)
    except Exception as error:
        _failed(job, lease, error)
    else:
        lease.finish()


def _failed(job: Job, lease: Lease, error: Exception) -> None:
    """Say in the log where it went wrong; never the error's own words, which could hold a name."""
    where = traceback.extract_tb(error.__traceback__)[-1]
    code = type(error).__name__
    logger.error("job %s (%s), attempt %s: %s at %s:%s", job.pk, job.kind, job.attempts, code, where.filename, where.lineno)
    if job.attempts >= MOST_ATTEMPTS:
        lease.give_up(code[:80])
    else:
        lease.put_back(code[:80])
