from reports.services.progress_reports import ask_report
from reports.services.queue import enqueue_job, sweep_jobs
from reports.services.reviews import ask_for_letters, begin_cycle, end_cycle, finish_review

__all__ = ["ask_for_letters", "ask_report", "begin_cycle", "end_cycle", "enqueue_job", "finish_review", "sweep_jobs"]
