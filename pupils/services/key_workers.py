"""Who meets a pupil one to one, from when, until when. A key worker sees the pupil's pages for just as long."""

from datetime import date

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from pupils.models import KeyWorker, Pupil
from pupils.services.pupils import refuse_if_left
from schools import audit
from schools.models import Membership, Role, School, User

STAFF = (Role.KEY_WORKER, Role.TEACHER, Role.SENCO, Role.HEAD, Role.OFFICE)


class NotOnTheStaff(Exception):
    """The person has no role with pupils in this school on that day."""


class AlreadyKeyWorker(Exception):
    """The person is this pupil's key worker at that time."""


class EndsBeforeItStarts(Exception):
    """A last day before the first one."""


class AlreadyEnded(Exception):
    """Somebody else ended or removed it first."""


def staff_of(school: School, day: date) -> "QuerySet[User]":
    """People who may be key workers in a school on a day."""
    held = Membership.objects.active_on(day).filter(school=school, role__in=STAFF)
    return User.objects.filter(pk__in=held.values("user")).order_by("name", "email")


@transaction.atomic
def assign_key_worker(*, pupil: Pupil, user: User, starts_on: date, cover_until: date | None = None, by: User) -> KeyWorker:
    """Make somebody of the school's staff a key worker; with `cover_until`, while another is away. Several are allowed."""
    refuse_if_left(pupil)
    if cover_until and cover_until < starts_on:
        raise EndsBeforeItStarts
    if not staff_of(pupil.school, max(starts_on, timezone.localdate())).filter(pk=user.pk).exists():
        raise NotOnTheStaff
    theirs = KeyWorker.objects.filter(pupil=pupil, user=user)
    theirs.filter(ends_on=None, cover_until__lt=starts_on).update(ends_on=F("cover_until"))
    if theirs.filter(Q(ends_on=None) | Q(ends_on__gte=starts_on)).exists():
        raise AlreadyKeyWorker
    assignment = KeyWorker.objects.create(pupil=pupil, user=user, starts_on=starts_on, cover_until=cover_until)
    audit.record(by=by, action="key-worker.assign", row=assignment)
    return assignment


@transaction.atomic
def end_key_worker(*, assignment: KeyWorker, ends_on: date, by: User) -> None:
    """Set the last day of a key worker; the person sees the pupil's pages until it is over."""
    if ends_on < assignment.starts_on:
        raise EndsBeforeItStarts
    if not KeyWorker.objects.filter(pk=assignment.pk, ends_on=assignment.ends_on).update(ends_on=ends_on):
        raise AlreadyEnded
    audit.record(by=by, action="key-worker.end", row=assignment)


@transaction.atomic
def remove_key_worker(*, assignment: KeyWorker, today: date, by: User) -> None:
    """Take back an assignment made by mistake, on its first day at the latest; later on it is history and can only be ended."""
    audit.record(by=by, action="key-worker.remove", row=assignment)
    removed, _ = KeyWorker.objects.filter(pk=assignment.pk, starts_on__gte=today).delete()
    if not removed:
        raise AlreadyEnded
