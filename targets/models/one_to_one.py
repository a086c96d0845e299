from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import uuid4

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Subquery

from pupils.models.pupil import PupilQuerySet
from schools.tenancy import SchoolManager, SchoolOwned, SchoolQuerySet
from targets.models.ladder import NotSeen, Step
from targets.models.strategy import Strategy
from targets.models.target import Target, TargetQuerySet

LONGEST_NOTE = 300
LONGEST = 240  # minutes
CHANGED_WITHIN = timedelta(hours=24)
NEWEST_FIRST = ("-held_on", "-recorded_at", "-pk")


class AppendOnly(RuntimeError):
    """A row of a one-to-one was about to be edited: a correction is a new row that supersedes the old one."""


class OneToOneQuerySet(SchoolQuerySet["OneToOne"]):
    def update(self, **kwargs: Any) -> int:
        if kwargs.keys() - OneToOne.CHANGED_BY_VOIDING or kwargs.get("note") or kwargs.get("feeling"):
            raise AppendOnly
        return super().update(**kwargs)

    def live(self) -> "OneToOneQuerySet":
        """Those that hold: neither voided nor superseded. Where a correction is undone, the row before it holds again."""
        corrections = OneToOne.objects.filter(supersedes=OuterRef("pk"), voided_at=None)
        return self.filter(~Exists(corrections), voided_at=None)

    def in_history(self) -> "OneToOneQuerySet":
        """What a pupil's history shows: those that hold, and of those entered in error the trace. What was undone is gone."""
        undone = OneToOne.WhyVoided.UNDONE
        corrections = OneToOne.objects.filter(supersedes=OuterRef("pk")).exclude(voided_because=undone)
        return self.filter(~Exists(corrections)).exclude(voided_because=undone)

    def for_list_page(self) -> "OneToOneQuerySet":
        """Newest first, with who recorded it, what was seen and what helped; three queries, however many there are."""
        helped = Helped.objects.select_related("strategy").order_by("strategy__order", "strategy")
        parts: list[Prefetch] = [Prefetch("observations", Observation.objects.for_list_page()), Prefetch("helped", helped)]
        return self.order_by(*NEWEST_FIRST).select_related("key_worker").prefetch_related(*parts)

    def recorded_by(self, user: Any, since: datetime) -> "OneToOneQuerySet":
        """What a person recorded since a moment and what holds of it, the latest first."""
        return self.live().filter(key_worker=user, recorded_at__gt=since).order_by("-recorded_at", "-pk")

    def with_last_day(self, pupils: PupilQuerySet) -> PupilQuerySet:
        """Pupils, each with `last_on`: the day of the last one-to-one, or None."""
        held = self.live().filter(pupil=OuterRef("pk")).order_by("-held_on").values("held_on")
        return pupils.annotate(last_on=Subquery(held[:1]))


class OneToOne(SchoolOwned):
    """A dated conversation between a pupil and the adult who recorded it. Rows are added and never edited.

    A correction is a new row that supersedes the old one. A row that should never have been is voided: it stays as a trace
    without content. `client_id` comes from the form, so that one form sent twice is one row.
    """

    class Feeling(models.TextChoices):
        """How the pupil says that it is going. Words, not numbers: nobody may average them."""

        WELL = "well", "Going well"
        SO_SO = "soso", "So-so"
        HARD = "hard", "Hard for me"

    class Audience(models.TextChoices):
        SHARED = "shared", "Pupil, family and staff"
        STAFF = "staff", "Staff of this pupil only"

    class WhyVoided(models.TextChoices):
        UNDONE = "undone", "Taken back by the person who recorded it"
        WRONG_PUPIL = "wrong_pupil", "It was recorded for the wrong pupil"
        NOT_HELD = "not_held", "It did not take place"
        OTHER = "other", "Another reason"

    CHANGED_BY_VOIDING = frozenset({"voided_at", "voided_by", "voided_because", "feeling", "note"})

    public_id = models.UUIDField(default=uuid4, editable=False)
    pupil = models.ForeignKey("pupils.Pupil", on_delete=models.CASCADE, related_name="one_to_ones")
    key_worker = models.ForeignKey("schools.User", on_delete=models.PROTECT, related_name="+")  # who met the pupil and recorded it
    held_on = models.DateField()
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    client_id = models.UUIDField()
    supersedes = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="corrections")
    feeling = models.CharField(max_length=4, choices=Feeling, blank=True)
    note = models.CharField(max_length=LONGEST_NOTE, blank=True)
    audience = models.CharField(max_length=6, choices=Audience, default=Audience.SHARED)
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.ForeignKey("schools.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    voided_because = models.CharField(max_length=11, choices=WhyVoided, blank=True)
    origin = models.UUIDField(null=True, blank=True, db_index=True)

    objects = SchoolManager.from_queryset(OneToOneQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "public_id"], name="one_to_one_public_id_once"),
            models.UniqueConstraint(fields=["school", "client_id"], name="one_to_one_sent_once"),
            models.UniqueConstraint(
                fields=["school", "supersedes"], condition=Q(supersedes__isnull=False, voided_at=None), name="one_to_one_corrected_once"
            ),
            models.CheckConstraint(condition=Q(minutes=None) | Q(minutes__range=(1, LONGEST)), name="one_to_one_lasts_up_to_4_hours"),
            models.CheckConstraint(
                condition=Q(voided_at=None, voided_because="") | Q(Q(voided_at__isnull=False), ~Q(voided_because=""), note="", feeling=""),
                name="voided_one_to_one_is_blank",
            ),
        ]
        indexes = [
            models.Index(fields=["school", "pupil", "-held_on"], name="one_to_one_of_pupil"),
            models.Index(fields=["school", "key_worker", "-recorded_at"], name="one_to_one_of_person"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **kwargs)

    def may_be_changed_by(self, user: Any, now: datetime) -> bool:
        """Whoever recorded it may change it or take it back for 24 hours."""
        return self.key_worker_id == user.pk and self.recorded_at > now - CHANGED_WITHIN


class ObservationQuerySet(SchoolQuerySet["Observation"]):
    def update(self, **kwargs: Any) -> int:
        if kwargs != {"note": ""}:
            raise AppendOnly
        return super().update(**kwargs)

    def live(self) -> "ObservationQuerySet":
        """Observations of one-to-ones that hold."""
        return self.filter(one_to_one__in=OneToOne.objects.live())

    def newest_first(self) -> "ObservationQuerySet":
        return self.order_by(*(f"-one_to_one__{name[1:]}" for name in NEWEST_FIRST))

    def for_list_page(self) -> "ObservationQuerySet":
        """In the order of the targets, each with its own.

        `is_at_aim`: the aim was reached, and nobody had seen that before; `is_first_star`: so was the top step, be it above the aim.
        """
        at = {"target": OuterRef("target"), "one_to_one__recorded_at__lt": OuterRef("one_to_one__recorded_at")}
        earlier = Observation.objects.live().filter(**at)
        before = Exists(earlier.filter(step__gte=OuterRef("target__aim")))
        is_at_aim = Q(~before, target__start__lt=F("target__aim"), step__gte=F("target__aim"))
        is_first_star = Q(~Exists(earlier.filter(step=Step.DONE_IT)), step=Step.DONE_IT, target__start__lt=Step.DONE_IT)
        marked = self.annotate(is_at_aim=is_at_aim, is_first_star=is_first_star)
        return marked.select_related("target").order_by(F("target__slot").asc(nulls_last=True), "pk")

    def seen_steps(self, targets: Iterable[Any]) -> dict[int, list[int]]:
        """The steps seen for each target (rows or ids), newest first, by target id; one query. *Not seen* is no step.

        The evidence of a review: how many there are, which comes most often, and the last three for the suggestion
        (which is reckoned from the oldest to the newest: reverse them).
        """
        found: dict[int, list[int]] = {}
        seen = self.live().filter(target__in=targets, step__isnull=False).newest_first()
        for target, step in seen.values_list("target", "step"):
            found.setdefault(target, []).append(cast(int, step))
        return found

    def with_last_step(self, targets: TargetQuerySet) -> TargetQuerySet:
        """Targets, each with `last_step`: the step that a one-to-one saw last, or None."""
        seen = self.live().filter(target=OuterRef("pk"), step__isnull=False).newest_first()
        return targets.annotate(last_step=Subquery(seen.values("step")[:1]))


class Observation(SchoolOwned):
    """The step that was seen for one target on the day of a one-to-one, or that it was not seen and why."""

    one_to_one = models.ForeignKey(OneToOne, on_delete=models.CASCADE, related_name="observations")
    target = models.ForeignKey(Target, on_delete=models.RESTRICT, related_name="observations")
    step = models.PositiveSmallIntegerField(choices=Step, null=True, blank=True)
    not_seen = models.CharField(max_length=14, choices=NotSeen, blank=True)  # the reason; blank where a step was seen
    note = models.CharField(max_length=LONGEST_NOTE, blank=True)

    objects = SchoolManager.from_queryset(ObservationQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "one_to_one", "target"], name="observation_once"),
            models.CheckConstraint(
                condition=Q(step__isnull=False, step__range=(0, 4), not_seen="") | Q(Q(step=None), ~Q(not_seen="")),
                name="observation_is_a_step_or_not_seen",
            ),
        ]
        indexes = [models.Index(fields=["school", "target"], name="observation_of_target")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **kwargs)


class HelpedQuerySet(SchoolQuerySet["Helped"]):
    def update(self, **kwargs: Any) -> int:
        raise AppendOnly

    def top_of(self, pupils: Iterable[Any], how_many: int) -> dict[int, list[int]]:
        """The strategies that helped each pupil most often, by id; the school's order decides between equals. One query."""
        held = self.filter(one_to_one__in=OneToOne.objects.live().filter(pupil__in=pupils))
        counted = held.values_list("one_to_one__pupil", "strategy").annotate(times=Count("pk"))
        found: dict[int, list[int]] = {}
        for pupil, strategy, _ in counted.order_by("-times", "strategy__order", "strategy"):
            found.setdefault(pupil, []).append(strategy)
        return {pupil: strategies[:how_many] for pupil, strategies in found.items()}


class Helped(SchoolOwned):
    """Something that helped in a one-to-one.

    The form asks once for the whole conversation, so it is kept once: a row for each target would claim to know which of
    them it helped with. Counts by observation come from the join over the one-to-one.
    """

    one_to_one = models.ForeignKey(OneToOne, on_delete=models.CASCADE, related_name="helped")
    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, related_name="+")

    objects = SchoolManager.from_queryset(HelpedQuerySet)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "one_to_one", "strategy"], name="helped_once")]
        indexes = [models.Index(fields=["school", "strategy"], name="helped_by_strategy")]
