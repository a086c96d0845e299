"""Reminding key workers of the reviews that still wait for them: one e-mail each, without any pupil's name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone

from assessments.models import Reminder, Review, ReviewCycle
from pupils.models import KeyWorker, Pupil
from pupils.services.key_workers import staff_of
from schools import audit
from schools.models import School, User
from schools.services.mail import send_email
from schools.tenancy import in_school

NOT_AGAIN_WITHIN = timedelta(days=1)
A_DOUBLE_CLICK = timedelta(minutes=1)
THEIRS = (Review.Status.NOT_STARTED, Review.Status.IN_PROGRESS)  # a paused review waits for somebody else


@dataclass(frozen=True)
class Worker:
    """A key worker with reviews left to draft, and the last reminder."""

    user: User
    left: int
    last: Reminder | None
    now: datetime

    @property
    def was_reminded_lately(self) -> bool:
        """Within a day: no further e-mail goes out unless somebody asks for it again."""
        return self.last is not None and self.now - self.last.asked_at < NOT_AGAIN_WITHIN

    @property
    def when(self) -> str:
        """Who was reminded when, and by whom: Reminded on 2 December at 09:14 by Helen Marsh."""
        if self.last is None:
            return ""
        at = timezone.localtime(self.last.asked_at)
        words = f"Reminded on {at:%-d %B} at {at:%H:%M} by {self.last.asked_by}."
        return words if self.last.emailed_at else f"{words} The mail server did not take it."


def workers_left(cycle: ReviewCycle, school: School, now: datetime) -> list[Worker]:
    """Key workers on the staff today who have reviews left, by name; three queries."""
    today = timezone.localdate(now)
    theirs = Review.objects.filter(cycle=cycle, status__in=THEIRS, pupil__in=Pupil.objects.on_roll(today)).values("pupil")
    pairs = set(KeyWorker.objects.on(today).filter(pupil__in=theirs, user__in=staff_of(school, today)).values_list("user", "pupil"))
    users = User.objects.in_bulk({user for user, _ in pairs})
    last = {row.user_id: row for row in Reminder.objects.filter(cycle=cycle).select_related("asked_by").order_by("asked_at", "pk")}
    found = [Worker(user, sum(held == pk for held, _ in pairs), last.get(pk), now) for pk, user in users.items()]
    return sorted(found, key=lambda worker: (str(worker.user).casefold(), worker.user.pk))


@transaction.atomic
def remind(*, cycle: ReviewCycle, school: School, users: Iterable[int], link: str, by: User, at: datetime | None = None) -> list[Reminder]:
    """Remind these key workers, as far as they have reviews left. The e-mails go out once the rows are stored.

    Whoever sends the page twice reminds once: a reminder of the last minute is not repeated.
    """
    now, chosen = at or timezone.now(), set(users)
    ReviewCycle.objects.select_for_update().get(pk=cycle.pk)
    workers = [worker for worker in workers_left(cycle, school, now) if worker.user.pk in chosen and not _is_double(worker)]
    rows = [Reminder(cycle=cycle, user=worker.user, left=worker.left, asked_by=by, asked_at=now) for worker in workers]
    for row in rows:
        row.save()
        transaction.on_commit(partial(_post, row, cycle, school, link))
    audit.record_each(by=by, action="key-worker.reminded", rows=rows)
    return rows


def _is_double(worker: Worker) -> bool:
    return worker.last is not None and worker.now - worker.last.asked_at < A_DOUBLE_CLICK


def _post(row: Reminder, cycle: ReviewCycle, school: School, link: str) -> None:
    """Send one e-mail after the commit, and note that the mail server took it."""
    words = {"cycle": cycle, "school": school, "left": row.left, "link": link, "by": row.asked_by}
    if send_email(name="review_reminder", to=[row.user.email], words=words):
        with in_school(school):
            Reminder.objects.filter(pk=row.pk).update(emailed_at=timezone.now())
