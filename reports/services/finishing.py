"""Completing many reviews in one action: each on its own, so that one refusal does not stop the rest.

A class is completed at once. More than that goes through the queue, where each review has its own transaction and the page
shows how far it is; what became of each is kept with the job.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from django.db import transaction

from assessments.models import Review, ReviewCycle
from assessments.services.refusals import ReviewRefused
from reports.models import Finishing, Job
from reports.services.queue import UNFINISHED, Lease, enqueue_job
from reports.services.refusals import AlreadyFinishing
from reports.services.reviews import finish_review
from schools.models import User
from schools.tenancy import in_school
from targets.services.refusals import TargetRefused

AT_ONCE = 30
Versions = Mapping[int, int]  # review -> the version that somebody looked at


@dataclass
class Outcome:
    """What was completed, and what was not and why."""

    completed: list[Review] = field(default_factory=list)
    refused: list[tuple[Review, str]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.completed) + len(self.refused)


def finish_some(*, cycle: ReviewCycle, seen: Versions, by: User) -> Outcome:
    """Complete these reviews now, each all or nothing."""
    outcome = Outcome()
    for review in _reviews(cycle, seen):
        name = _finish(review, seen[review.pk], by)
        if name == Finishing.COMPLETED:
            outcome.completed.append(review)
        else:
            outcome.refused.append((review, words_of(name)))
    return outcome


def _reviews(cycle: ReviewCycle, seen: Versions) -> list[Review]:
    return list(Review.objects.filter(cycle=cycle, pk__in=seen).select_related("cycle", "pupil__school").for_list_page())


def _finish(review: Review, version: int, by: User) -> str:
    """Complete one review; give back "completed", or the name of the refusal."""
    try:
        finish_review(review=review, version=version, by=by)
    except (ReviewRefused, TargetRefused) as refused:
        return type(refused).__name__
    return Finishing.COMPLETED


@transaction.atomic
def ask_to_finish(*, cycle: ReviewCycle, seen: Versions, by: User) -> Job:
    """Put them into the queue. Refused while another such job of the cycle is not done: it would be in its way."""
    key = f"complete:{cycle.pk}"
    ReviewCycle.objects.select_for_update().get(pk=cycle.pk)
    if Job.objects.filter(key=key, state__in=UNFINISHED).exists():
        raise AlreadyFinishing
    job = enqueue_job(kind=Job.Kind.COMPLETE, key=key, row_id=cycle.pk, by=by, where=cycle.school)
    rows = [Finishing(job=job, review=review, version=seen[review.pk]) for review in _reviews(cycle, seen)]
    Finishing.objects.bulk_create(rows)
    return job


def complete_reviews(job: Job, lease: Lease) -> None:
    """Complete what was asked for, review by review. Done twice it completes nothing twice."""
    school = cast(int, job.school_id)
    with in_school(school):
        every = Finishing.objects.filter(job=job)
        total, waiting = every.count(), list(every.filter(outcome="").values_list("pk", flat=True))
    lease.renew(total - len(waiting), total)
    for done, pk in enumerate(waiting, start=total - len(waiting) + 1):
        with in_school(school):
            _complete_one(pk, cast(User, job.asked_by))
        lease.renew(done, total)


def _complete_one(pk: int, by: User) -> None:
    row = Finishing.objects.select_for_update(of=("self",)).select_related("review__cycle", "review__pupil__school").get(pk=pk)
    if not row.outcome:
        Finishing.objects.filter(pk=pk).update(outcome=_finish(row.review, row.version, by))


def outcome_of(job: Job) -> Outcome:
    """What became of each review that the job was asked for, as far as it is."""
    outcome = Outcome()
    for row in Finishing.objects.filter(job=job).exclude(outcome="").select_related("review__pupil", "review__cycle"):
        if row.outcome == Finishing.COMPLETED:
            outcome.completed.append(row.review)
        else:
            outcome.refused.append((row.review, words_of(row.outcome)))
    return outcome


def words_of(name: str) -> str:
    """A refusal by its name, in its words for the person."""
    return next((kind.message for kind in _kinds(ReviewRefused, TargetRefused) if kind.__name__ == name), "It could not be completed.")


def _kinds(*roots: type[ReviewRefused] | type[TargetRefused]) -> list[type[ReviewRefused] | type[TargetRefused]]:
    """These refusals and all that stand below them."""
    return [kind for root in roots for kind in (root, *_kinds(*root.__subclasses__()))]
