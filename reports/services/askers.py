"""Whoever asked for background work must still be allowed to when it starts: a leaver's queued job does not run."""

from django.utils import timezone

from reports.models import Job
from schools.access import FROM_A_SCHOOL, Permission, rights_of
from schools.models import Membership
from schools.models.people import MembershipQuerySet

NEEDED = {
    Job.Kind.LETTERS: Permission.LETTER_MAKE,
    Job.Kind.PROGRESS_REPORT: Permission.REPORT_ASK,
    Job.Kind.OPEN_CYCLES: Permission.CYCLE_OPEN,
    Job.Kind.COMPLETE: Permission.REVIEW_COMPLETE,
}


def may_still(job: Job) -> bool:
    """Say whether the asker holds today what the job needs. Work that the system asks itself for needs nothing."""
    needed = NEEDED.get(Job.Kind(job.kind))
    return needed is None or needed in _rights(job)


def _rights(job: Job) -> frozenset[Permission]:
    today = timezone.localdate()
    held = Membership.objects.active_on(today).filter(user=job.asked_by_id)
    if job.school_id:
        return rights_of(_roles(held.filter(school=job.school_id)))
    if job.partnership is None:
        return frozenset()
    direct = rights_of(_roles(held.filter(partnership=job.partnership)))
    return direct | (rights_of(_roles(held.feeding(job.partnership, today))) & FROM_A_SCHOOL)


def _roles(held: MembershipQuerySet) -> frozenset[str]:
    return frozenset(held.values_list("role", flat=True))
