"""The background's door to the services. A task takes ids, is safe to run twice and calls one service."""

from celery import shared_task

from reports import services


@shared_task
def run_job(job_id: int) -> None:
    services.run_job(job_id)


@shared_task
def sweep_jobs() -> None:
    services.sweep_jobs()


@shared_task
def publish_nightly() -> None:
    services.publish_nightly()
