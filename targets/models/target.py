from datetime import date, timedelta
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from schools.tenancy import SchoolManager, SchoolOwned, SchoolQuerySet
from targets.models.ladder import NotSeen, Step, WhyEnded
from targets.models.language import Skill, Strand


class TargetQuerySet(SchoolQuerySet["Target"]):
    def active(self) -> "TargetQuerySet":
        return self.filter(status=Target.Status.ACTIVE)

    def proposed(self) -> "TargetQuerySet":
        return self.filter(status=Target.Status.PROPOSED)

    def ever_set(self) -> "TargetQuerySet":
        """Targets that are or were worked towards: neither proposals nor what was declined."""
        return self.exclude(status__in=Target.NEVER_SET)

    def due_by(self, day: date, min_days: int) -> "TargetQuerySet":
        """Active targets that have counted for at least min_days (28, or 14 in a school with six cycles) by a day."""
        return self.active().filter(counts_from__lte=day - timedelta(days=min_days))

    def closed_outside_by(self, day: date, min_days: int) -> "TargetQuerySet":
        """Closed outside a review after as many days: with a step, or as not seen."""
        closed = self.filter(Q(closing_step__isnull=False) | ~Q(closing_not_seen=""))
        return closed.filter(counts_from__lte=day - timedelta(days=min_days))

    def for_list_page(self) -> "TargetQuerySet":
        return self.select_related("strand", "skill", "proposed_by").order_by("slot", "-closed_on", "-pk")


class Target(SchoolOwned):
    """What one pupil works towards. Start and aim are never edited: a new aim is a new target in the lineage.

    A proposal becomes a target only when it is accepted: until then it has no slot, and it is in no figure and no letter.
    """

    class Kind(models.TextChoices):
        PERSONAL = "personal", "Personal target"
        SOFT_SKILL = "soft-skill", "Soft-skill target"
        ACADEMIC = "academic", "Academic target"

    class Status(models.TextChoices):
        PROPOSED = "proposed", "Proposed"
        ACTIVE = "active", "Active"
        ACHIEVED = "achieved", "Achieved"
        CHANGED = "changed", "Changed"
        STOPPED = "stopped", "Stopped"
        DECLINED = "declined", "Declined"

    NEVER_SET = (Status.PROPOSED, Status.DECLINED)

    class Chosen(models.TextChoices):
        YES = "yes", "Yes"
        WITH_HELP = "help", "With help"
        NO = "no", "No"

    public_id = models.UUIDField(default=uuid4, editable=False)
    pupil = models.ForeignKey("pupils.Pupil", on_delete=models.CASCADE, related_name="targets")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.PERSONAL)
    strand = models.ForeignKey(Strand, on_delete=models.PROTECT, null=True, blank=True, related_name="+")  # unless academic
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, null=True, blank=True, related_name="+")  # of a soft-skill target
    subject = models.CharField(max_length=40, blank=True)  # of an academic target, which never enters other figures
    wording = models.CharField(max_length=160)
    how_we_will_know = models.CharField(max_length=300, blank=True)
    start = models.PositiveSmallIntegerField(choices=Step)
    aim = models.PositiveSmallIntegerField(choices=Step)
    importance = models.PositiveSmallIntegerField(default=2)  # 1 to 3; a weight in Goal Attainment Scaling and nowhere else
    set_on = models.DateField()
    counts_from = models.DateField()
    review_on = models.DateField()
    status = models.CharField(max_length=8, choices=Status, default=Status.ACTIVE)
    slot = models.PositiveSmallIntegerField(null=True, blank=True)  # 1 to 5 while active
    chosen_by_pupil = models.CharField(max_length=4, choices=Chosen, default=Chosen.WITH_HELP)
    carried_on_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="carried_on_to")
    set_by = models.ForeignKey("schools.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    proposed_by = models.ForeignKey("schools.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    declined_because = models.CharField(max_length=200, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closing_step = models.PositiveSmallIntegerField(choices=Step, null=True, blank=True)
    closing_not_seen = models.CharField(max_length=14, choices=NotSeen, blank=True)
    closing_reason = models.CharField(max_length=14, choices=WhyEnded, blank=True)
    origin = models.UUIDField(null=True, blank=True, db_index=True)

    objects = SchoolManager.from_queryset(TargetQuerySet)()

    class Meta:
        ordering = ["slot", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["school", "public_id"], name="target_public_id_once"),
            models.UniqueConstraint(fields=["school", "pupil", "slot"], condition=Q(status="active"), name="target_slot_once"),
            models.CheckConstraint(condition=Q(start__lte=F("aim")), name="target_start_is_not_above_aim"),
            models.CheckConstraint(condition=Q(start__range=(0, 4), aim__range=(0, 4)), name="target_steps_are_0_to_4"),
            models.CheckConstraint(condition=Q(counts_from__lt=F("review_on")), name="target_counts_before_review"),
            models.CheckConstraint(condition=Q(closing_step=None) | Q(closing_not_seen=""), name="target_closes_with_a_step_or_not_seen"),
            models.CheckConstraint(condition=Q(status="active", slot__range=(1, 5)) | ~Q(status="active"), name="active_target_has_slot"),
            models.CheckConstraint(
                condition=Q(kind="soft-skill", skill__isnull=False) | Q(~Q(kind="soft-skill"), skill=None),
                name="soft_skill_target_has_a_skill",
            ),
            models.CheckConstraint(
                condition=Q(kind="academic", strand=None) & ~Q(subject="") | Q(~Q(kind="academic"), strand__isnull=False, subject=""),
                name="academic_target_has_a_subject_others_a_strand",
            ),
            models.CheckConstraint(condition=Q(importance__range=(1, 3)), name="target_importance_is_1_to_3"),
            models.CheckConstraint(condition=~Q(status__in=["proposed", "declined"]) | Q(slot=None), name="proposal_has_no_slot"),
            models.CheckConstraint(condition=~Q(status="declined") | ~Q(declined_because=""), name="declined_proposal_has_its_reason"),
        ]
        indexes = [models.Index(fields=["school", "pupil", "status"])]

    def __str__(self) -> str:
        return f"target {self.pk}"

    @property
    def area(self) -> str:
        """Where the target belongs: its strand, or the subject of an academic one."""
        return self.strand.name if self.strand else self.subject

    @property
    def is_closed_outside(self) -> bool:
        """Closed outside a review: it has a closing step, or *not seen* with its reason, for the next review to take over."""
        return self.closing_step is not None or bool(self.closing_not_seen)
