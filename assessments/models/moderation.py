"""Moderation: two schools judge the same anonymised evidence blind, to see whether a step means the same everywhere.

A sample belongs to the school that sends it and is read by nobody else. What another school judges is a mark of its own, which
holds a copy of the released words: no school ever looks into another one's rows.
"""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone

from assessments.models.reviews import Judgement
from schools.tenancy import PublishedManager, SchoolManager, SchoolOwned, SchoolQuerySet
from targets.models import Step

LONGEST_EVIDENCE = 1200
MOST_SAMPLES = 12


class ModerationRoundQuerySet(models.QuerySet["ModerationRound"]):
    def open(self) -> "ModerationRoundQuerySet":
        """Rounds that nobody closed and whose last day has not passed."""
        return self.filter(closed_at=None, closes_on__gte=timezone.localdate())

    def run_out(self) -> "ModerationRoundQuerySet":
        """Rounds whose last day has passed while nobody closed them."""
        return self.filter(closed_at=None, closes_on__lt=timezone.localdate())


class ModerationRound(models.Model):
    """One round of a partnership: it holds no pupil, only when it is and how many samples each school is asked for."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    partnership = models.ForeignKey("schools.Partnership", on_delete=models.PROTECT, related_name="moderation_rounds")
    name = models.CharField(max_length=60)
    samples = models.PositiveSmallIntegerField(default=6)  # asked for from each school
    closes_on = models.DateField()
    opened_by = models.ForeignKey("schools.User", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ModerationRoundQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.UniqueConstraint(fields=["partnership"], condition=Q(closed_at=None), name="one_open_round_a_partnership"),
            models.CheckConstraint(condition=Q(samples__range=(1, MOST_SAMPLES)), name="moderation_samples_are_1_to_12"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.closed_at is None and self.closes_on >= timezone.localdate()


class ModerationConsent(SchoolOwned):
    """The head agreed that anonymised samples of the school go into a round."""

    round = models.ForeignKey(ModerationRound, on_delete=models.CASCADE, related_name="+")
    agreed_by = models.ForeignKey("schools.User", on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "round"], name="moderation_agreed_once")]


class ModerationSampleQuerySet(SchoolQuerySet["ModerationSample"]):
    def of_round(self, found: ModerationRound) -> "ModerationSampleQuerySet":
        return self.filter(round=found).order_by("skill", "pk")


class ModerationSample(SchoolOwned):
    """One judgement offered for moderation, with the words that would leave the school. It leaves once the SENCO releases it."""

    class State(models.TextChoices):
        CHOSEN = "chosen", "To be read"
        RELEASED = "released", "Released"
        WITHHELD = "withheld", "Kept back"

    public_id = models.UUIDField(default=uuid4, editable=False)
    round = models.ForeignKey(ModerationRound, on_delete=models.CASCADE, related_name="+")
    judgement = models.ForeignKey(Judgement, on_delete=models.CASCADE, related_name="+")
    skill_key = models.CharField(max_length=40)
    skill = models.CharField(max_length=60)  # its name in the version of the language that the target was set in
    wording = models.CharField(max_length=160)
    evidence = models.CharField(max_length=LONGEST_EVIDENCE, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.CHOSEN)
    decided_by = models.ForeignKey("schools.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = SchoolManager.from_queryset(ModerationSampleQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "public_id"], name="moderation_sample_public_id_once"),
            models.UniqueConstraint(fields=["school", "round", "judgement"], name="moderation_sample_once"),
        ]


class ModerationMarkQuerySet(SchoolQuerySet["ModerationMark"]):
    def given(self) -> "ModerationMarkQuerySet":
        return self.filter(step__isnull=False)

    def of_round(self, found: ModerationRound) -> "ModerationMarkQuerySet":
        return self.filter(round=found).order_by("skill", "pk")


class ModerationMark(SchoolOwned):
    """What a school is asked to judge blind, and the step that it sees. `first` is the sender's step, which its pages never show."""

    PUBLISHED = {"step__isnull": False}  # a mark that was given is read by the partnership; it names no pupil and no sender

    public_id = models.UUIDField(default=uuid4, editable=False)
    round = models.ForeignKey(ModerationRound, on_delete=models.CASCADE, related_name="+")
    sample = models.UUIDField()  # the public id of a sample of another school, so no foreign key
    skill_key = models.CharField(max_length=40)
    skill = models.CharField(max_length=60)
    wording = models.CharField(max_length=160)
    evidence = models.CharField(max_length=LONGEST_EVIDENCE, blank=True)
    first = models.PositiveSmallIntegerField(choices=Step)
    step = models.PositiveSmallIntegerField(choices=Step, null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)  # what the descriptor should say instead
    marked_by = models.ForeignKey("schools.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    marked_at = models.DateTimeField(null=True, blank=True)

    objects = PublishedManager.from_queryset(ModerationMarkQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "public_id"], name="moderation_mark_public_id_once"),
            models.UniqueConstraint(fields=["school", "sample"], name="moderation_mark_once_a_sample"),
            models.CheckConstraint(
                condition=Q(first__range=(0, 4)) & (Q(step=None) | Q(step__range=(0, 4))), name="moderation_marks_are_steps"
            ),
        ]
