"""A pupil's place on the roll, and the record of who looked."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from pupils.models import Pupil
from schools import audit
from schools.models import User


class PupilHasLeft(Exception):
    """Pages of a pupil who has left are read-only until the pupil is put back on roll."""


class LeftBeforeJoining(Exception):
    """A last day before the first one."""


def refuse_if_left(pupil: Pupil) -> None:
    """Raise PupilHasLeft from the day after the pupil's last one."""
    if pupil.has_left(timezone.localdate()):
        raise PupilHasLeft


def record_seen(*, pupil: Pupil, by: User) -> None:
    """Note that somebody read a page about this pupil."""
    audit.record(by=by, action="pupil.seen", row=pupil)


def record_each_seen(*, pupils: Iterable[Pupil], by: User) -> None:
    """Note that somebody read a page about several pupils: one row for each of them."""
    audit.record_each(by=by, action="pupil.seen", rows=pupils)


@transaction.atomic
def take_off_roll(*, pupil: Pupil, left_on: date, by: User) -> None:
    """Set a pupil's last day. No row of the pupil changes: the pages turn read-only and key workers lose sight of the pupil."""
    is_after_joining = Q(on_roll_from=None) | Q(on_roll_from__lte=left_on)
    if not Pupil.objects.filter(is_after_joining, pk=pupil.pk).update(left_on=left_on):
        raise LeftBeforeJoining
    audit.record(by=by, action="pupil.left", row=pupil)


@transaction.atomic
def put_back_on_roll(*, pupil: Pupil, by: User) -> None:
    """Undo a last day, as if it had never been set. Doing it twice changes nothing."""
    if Pupil.objects.filter(pk=pupil.pk, left_on__isnull=False).update(left_on=None):
        audit.record(by=by, action="pupil.back", row=pupil)
