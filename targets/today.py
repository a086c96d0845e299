"""What the first page of a key worker shows: whom to meet next, what is done, and who else there is."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from pupils.models import Pupil
from pupils.models.pupil import PupilQuerySet
from pupils.words import class_words
from schools.models import User
from targets.models import Observation, OneToOne, PlannedDay, Step, Target
from targets.models.one_to_one import CHANGED_WITHIN

SUNDAY = 6
AT_FIRST = 8
MOST_FOUND = 20


@dataclass(frozen=True)
class Line:
    """One pupil: the class, and how long ago the last one-to-one was."""

    pupil: Pupil
    today: date
    every_days: int
    targets: list[Target] = field(default_factory=list)

    @property
    def waited(self) -> int | None:
        """Days since the last one-to-one; None before the first."""
        last_on = self.pupil.last_on  # type: ignore[attr-defined]
        return None if last_on is None else (self.today - last_on).days

    @property
    def is_done_today(self) -> bool:
        return self.waited == 0

    @property
    def due_in(self) -> int:
        """Days until the school's interval is over, which runs from the last one-to-one, or before it from the first target."""
        since = self.waited
        if since is None:
            since = max(((self.today - target.set_on).days for target in self.targets), default=0)
        return self.every_days - since

    @property
    def is_overdue(self) -> bool:
        return self.due_in < 0

    @property
    def is_due_this_week(self) -> bool:
        """The interval is over by Sunday, and was not before today."""
        return 0 <= self.due_in <= SUNDAY - self.today.weekday()

    @property
    def group(self) -> str:
        return class_words(self.pupil.nc_year, self.pupil.registration_group)

    @property
    def when(self) -> str:
        """6 days ago."""
        waited = self.waited
        return {None: "no one-to-one yet", 0: "today", 1: "yesterday"}.get(waited) or f"{waited} days ago"

    @property
    def planned_at(self) -> time | None:
        """The time of day that is planned for today, where one is."""
        return getattr(self.pupil, "planned_at", None)

    @property
    def support(self) -> str:
        """The first line of how best to support the pupil."""
        profile = getattr(self.pupil, "profile", None)
        return profile.support.partition("\n")[0] if profile else ""


@dataclass(frozen=True)
class Own:
    """A person's own pupils: those whose turn it is today, those without a target, and everyone else."""

    first: list[Line]
    without_target: list[Line]
    rest: list[Line]
    is_planned: bool

    @property
    def count(self) -> int:
        return len(self.first) + len(self.without_target) + len(self.rest)

    @property
    def overdue(self) -> int:
        return sum(line.is_overdue for line in (*self.first, *self.rest))

    @property
    def due_this_week(self) -> int:
        return sum(line.is_due_this_week for line in (*self.first, *self.rest))


def own_pupils(user: User, today: date, every_days: int) -> Own:
    """The pupils whose key worker, or cover, a person is; two queries, however many they are.

    Those planned for the weekday come first, in the order of their times; with nobody planned, the eight who waited longest.
    """
    own = PlannedDay.objects.with_plan(Pupil.objects.on_roll(today).with_key_worker(user, today), today)
    pupils = list(longest_since(own).select_related("profile"))
    targets = active_targets(pupils)
    lines = [Line(pupil, today, every_days, targets.get(pupil.pk, [])) for pupil in pupils]
    with_target = [line for line in lines if line.targets]
    planned = [line for line in with_target if line.pupil.is_planned]  # type: ignore[attr-defined]
    waiting = [line for line in planned or with_target if not line.is_done_today]
    first = sorted(waiting, key=by_time) if planned else waiting[:AT_FIRST]
    rest = [line for line in with_target if line not in first]
    rest.sort(key=lambda line: line.is_done_today)
    return Own(first, [line for line in lines if not line.targets], rest, bool(planned))


def by_time(line: Line) -> time:
    """Those without a time come after those with one."""
    return line.planned_at or time.max


def longest_since(pupils: PupilQuerySet) -> PupilQuerySet:
    """Those without a one-to-one first, then by the day of the last one."""
    return OneToOne.objects.with_last_day(pupils).order_by(F("last_on").asc(nulls_first=True), "search_key", "pk")


def active_targets(pupils: Iterable[Pupil]) -> dict[int, list[Target]]:
    """The active targets of pupils, by pupil id, each with `last_step`."""
    found: dict[int, list[Target]] = {}
    for target in Observation.objects.with_last_step(Target.objects.active().filter(pupil__in=pupils).order_by("slot")):
        found.setdefault(target.pupil_id, []).append(target)
    return found


def search(pupils: PupilQuerySet, text: str, today: date, every_days: int) -> list[Line]:
    """Pupils on roll by any name, by first name; one more than are shown, to tell that there are more."""
    found = OneToOne.objects.with_last_day(pupils.on_roll(today).matching(text)).order_by("search_key", "pk")
    return [Line(pupil, today, every_days) for pupil in found[: MOST_FOUND + 1]]


@dataclass(frozen=True)
class Reached:
    """An aim, or the top step, that a one-to-one saw for the first time."""

    row: OneToOne
    seen: Observation

    @property
    def words(self) -> str:
        """Ravi has done it. Tell him!"""
        what = "done it" if self.seen.step == Step.DONE_IT else "reached the aim"
        whom = {Pupil.Sex.MALE: "him", Pupil.Sex.FEMALE: "her"}.get(Pupil.Sex(self.row.pupil.sex), "them")
        return f"{self.row.pupil.first_name} has {what}. Tell {whom}!"

    @property
    def certificate(self) -> str:
        """Where its certificate is made; nowhere, where only staff may read of it."""
        is_shared = self.row.audience == OneToOne.Audience.SHARED
        return reverse("certificate", args=[self.row.school.slug, self.seen.target.public_id]) if is_shared else ""


@dataclass(frozen=True)
class Done:
    """A one-to-one that the person recorded and may still change or take back."""

    row: OneToOne

    @property
    def is_today(self) -> bool:
        return timezone.localdate(self.row.recorded_at) == timezone.localdate()

    @property
    def how_many(self) -> str:
        number = len(self.row.observations.all())
        return f"{number} target{'' if number == 1 else 's'}"

    @property
    def words(self) -> str:
        """3 targets, what helped, a note."""
        seen = self.row.observations.all()
        has_note = self.row.note or any(each.note for each in seen)
        parts = [self.how_many, "what helped" if self.row.helped.all() else "", "a note" if has_note else ""]
        return ", ".join(part for part in parts if part)

    @property
    def reached(self) -> list[Reached]:
        """What is to be celebrated."""
        first = [seen for seen in self.row.observations.all() if seen.is_at_aim or seen.is_first_star]  # type: ignore[attr-defined]
        return [Reached(self.row, seen) for seen in first]

    @property
    def closed(self) -> list[Target]:
        """Targets that were closed while the form was open."""
        return [seen.target for seen in self.row.observations.all() if seen.target.status != Target.Status.ACTIVE]


def done_by(user: User, now: datetime) -> list[Done]:
    """What a person recorded in the last 24 hours, the latest first; three queries."""
    rows = OneToOne.objects.for_list_page().recorded_by(user, now - CHANGED_WITHIN).select_related("pupil", "school")
    return [Done(row) for row in rows]


def reached_in(row: OneToOne) -> list[Reached]:
    """What one that was sent has to celebrate, unless it was taken back since; three queries."""
    if row.voided_at:
        return []
    return Done(OneToOne.objects.for_list_page().select_related("pupil", "school").get(pk=row.pk)).reached
