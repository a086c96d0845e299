from reports.services.certificates import make_certificate
from reports.services.letter_prints import longest_said, preview_letter, print_letters
from reports.services.letters import approve_letter, open_letter
from reports.services.progress_reports import ask_report
from reports.services.queue import enqueue_job, sweep_jobs
from reports.services.reviews import ask_for_letters, begin_cycle, end_cycle, finish_review, reopen_review
from reports.services.running import run_job
from reports.services.summaries import publish_nightly

__all__ = [
    "approve_letter",
    "ask_for_letters",
    "ask_report",
    "begin_cycle",
    "end_cycle",
    "enqueue_job",
    "finish_review",
    "longest_said",
    "make_certificate",
    "open_letter",
    "preview_letter",
    "print_letters",
    "publish_nightly",
    "reopen_review",
    "run_job",
    "sweep_jobs",
]
