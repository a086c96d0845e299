from datetime import date
from uuid import uuid4

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q

from pupils.models import KeyWorker
from schools.models import Term
from schools.tenancy import SchoolManager, SchoolOwned, SchoolQuerySet
from targets.models import NotSeen, Step, WhyEnded


class ReviewCycleQuerySet(SchoolQuerySet["ReviewCycle"]):
    def open(self) -> "ReviewCycleQuerySet":
        return self.filter(closed_at=None)

    def unsettled(self) -> "ReviewCycleQuerySet":
        """Open cycles, and closed ones with a review that is open again."""
        return self.filter(Q(closed_at=None) | Q(pk__in=Review.objects.opened_again().values("cycle")))

    def with_counts(self) -> "ReviewCycleQuerySet":
        """With the number of reviews due, and of those completed."""
        completed = Q(reviews__status=Review.Status.COMPLETED)
        return self.annotate(reviews_due=Count("reviews"), reviews_completed=Count("reviews", filter=completed))


class ReviewCycle(SchoolOwned):
    """A school's dated window in which every due target is judged."""

    academic_year = models.PositiveSmallIntegerField()
    term = models.CharField(max_length=6, choices=Term)
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40)
    opens_on = models.DateField()
    due_on = models.DateField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    counts_after_days = models.PositiveSmallIntegerField(default=28)  # the rule that decided which targets are due; 14 with six cycles

    objects = SchoolManager.from_queryset(ReviewCycleQuerySet)()

    class Meta:
        ordering = ["-due_on"]
        constraints = [
            models.UniqueConstraint(fields=["school", "academic_year", "number"], name="cycle_once"),
            models.CheckConstraint(condition=Q(due_on__gt=F("opens_on")), name="review_cycle_due_after_it_opens"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def slug(self) -> str:
        """The cycle in an address: 2026-1."""
        return f"{self.academic_year}-{self.number}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class ReviewQuerySet(SchoolQuerySet["Review"]):
    def for_list_page(self) -> "ReviewQuerySet":
        return self.select_related("pupil").order_by("registration_group", "pupil__forename", "pupil__surname", "pk")

    def of_cycle(self, academic_year: int, number: int) -> "ReviewQuerySet":
        return self.filter(cycle__academic_year=academic_year, cycle__number=number)

    def of_key_worker(self, user_id: int | None, day: date) -> "ReviewQuerySet":
        """Of the pupils whom somebody meets one to one on a day; of nobody: of those whom nobody meets."""
        workers = KeyWorker.objects.on(day)
        if user_id is None:
            return self.exclude(pupil__in=workers.values("pupil"))
        return self.filter(pupil__in=workers.filter(user=user_id).values("pupil"))

    def with_set_aside(self) -> "ReviewQuerySet":
        """Saying whether anything was set aside, so that a page of a review asks for it only where there is something."""
        aside = SetAside.objects.filter(Q(review=OuterRef("pk")) | Q(judgement__review=OuterRef("pk")))
        return self.annotate(has_set_aside=Exists(aside))

    def unfinished(self) -> "ReviewQuerySet":
        return self.exclude(status__in=Review.FINISHED)

    def opened_again(self) -> "ReviewQuerySet":
        """Reviews that were completed and are open again."""
        return self.unfinished().filter(completed_at__isnull=False)


class Review(SchoolOwned):
    """One pupil in one cycle. The facts of the day are copied when the cycle opens, and refreshed until completion."""

    class Status(models.TextChoices):
        NOT_STARTED = "not_started", "Not started"
        IN_PROGRESS = "in_progress", "In progress"
        WAITING = "waiting", "Waiting"
        READY = "ready", "Ready"
        COMPLETED = "completed", "Completed"
        ON_HOLD = "on_hold", "On hold"
        MISSED = "missed", "Missed"

    FINISHED = (Status.COMPLETED, Status.MISSED)
    PAUSED = (Status.WAITING, Status.ON_HOLD)

    class WhyPaused(models.TextChoices):
        """What a review waits for, or why it is on hold."""

        PARENTS = "parents", "Parents"
        PROFESSIONAL = "professional", "An educational psychologist or another professional"
        ABSENT = "absent", "The pupil is away"
        ILL = "ill", "Illness or hospital"
        MOVING = "moving", "A move to another school"
        FAMILY = "family", "The family asked us to wait"
        OTHER = "other", "Another reason"

    class PupilView(models.TextChoices):
        NOT_ASKED = "", "Not asked yet"
        GIVEN = "given", "Gave a view"
        DECLINED = "declined", "Did not want to say"
        COULD_NOT_SAY = "could_not_say", "Could not say"

    public_id = models.UUIDField(default=uuid4, editable=False)
    pupil = models.ForeignKey("pupils.Pupil", on_delete=models.CASCADE, related_name="reviews")
    cycle = models.ForeignKey(ReviewCycle, on_delete=models.PROTECT, related_name="reviews")
    status = models.CharField(max_length=12, choices=Status, default=Status.NOT_STARTED)
    paused_because = models.CharField(max_length=12, choices=WhyPaused, blank=True)  # while waiting or on hold; a missed one keeps it
    status_reason = models.CharField(max_length=200, blank=True)  # the same in words
    version = models.PositiveIntegerField(default=1)
    pupil_view_state = models.CharField(max_length=14, choices=PupilView, default=PupilView.NOT_ASKED, blank=True)
    pupil_view = models.CharField(max_length=300, blank=True)
    parents_view = models.CharField(max_length=300, blank=True)
    parents_met_on = models.DateField(null=True, blank=True)
    completed_by = models.ForeignKey("schools.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    completed_at = models.DateTimeField(null=True, blank=True)  # stays when the review is opened again
    reopened_by = models.ForeignKey("schools.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reopened_at = models.DateTimeField(null=True, blank=True)
    reopened_because = models.CharField(max_length=200, blank=True)
    origin = models.UUIDField(null=True, blank=True, db_index=True)
    nc_year = models.CharField(max_length=2)
    registration_group = models.CharField(max_length=20, blank=True)
    provision = models.CharField(max_length=1, blank=True)
    primary_need = models.CharField(max_length=4, blank=True)
    has_pupil_premium = models.BooleanField(default=False)
    is_eal = models.BooleanField(default=False)
    sex = models.CharField(max_length=1)
    enrolment = models.CharField(max_length=1)

    objects = SchoolManager.from_queryset(ReviewQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "public_id"], name="review_public_id_once"),
            models.UniqueConstraint(fields=["school", "cycle", "pupil"], name="review_once_in_a_cycle"),
            models.UniqueConstraint(
                fields=["school", "pupil"],
                condition=Q(status__in=["not_started", "in_progress", "waiting", "ready", "on_hold"]),
                name="one_open_review_a_pupil",
            ),
            models.CheckConstraint(condition=~Q(status="completed") | Q(completed_at__isnull=False), name="completed_review_has_its_time"),
            models.CheckConstraint(
                condition=Q(reopened_at=None, reopened_because="") | (Q(reopened_at__isnull=False) & ~Q(reopened_because="")),
                name="reopened_review_has_its_reason",
            ),
            models.CheckConstraint(condition=~Q(status__in=["waiting", "on_hold"], paused_because=""), name="paused_review_has_its_reason"),
        ]

    @property
    def is_open_again(self) -> bool:
        """It was completed, and somebody opened it again."""
        return self.completed_at is not None and self.status not in Review.FINISHED

    @property
    def is_paused(self) -> bool:
        """Waiting or on hold: nobody completes it until somebody lifts that."""
        return self.status in Review.PAUSED

    @property
    def why_paused(self) -> str:
        """Parents: meeting on 1 December. In the words typed where they say it all."""
        if self.paused_because == Review.WhyPaused.OTHER:
            return self.status_reason
        return ": ".join(part for part in (self.get_paused_because_display(), self.status_reason) if part)


class JudgementQuerySet(SchoolQuerySet["Judgement"]):
    def decided(self) -> "JudgementQuerySet":
        return self.filter(Q(step__isnull=False) | ~Q(not_seen=""))

    def completed(self) -> "JudgementQuerySet":
        return self.filter(review__status=Review.Status.COMPLETED)

    def oldest_first(self) -> "JudgementQuerySet":
        return self.order_by("review__cycle__due_on", "pk")


class Judgement(SchoolOwned):
    """The step decided for one target in one review, with what happens next.

    `start` to `counts` are stored when the review is first completed; figures read these columns alone, so nothing
    done later changes a finished cycle.
    """

    class Next(models.TextChoices):
        KEEP = "keep", "Keep"
        NEXT_STEP = "next_step", "Next step"
        CHANGE = "change", "Change"
        CLOSE = "close", "Close"

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="judgements")
    target = models.ForeignKey("targets.Target", on_delete=models.PROTECT, related_name="judgements")
    step = models.PositiveSmallIntegerField(choices=Step, null=True, blank=True)
    not_seen = models.CharField(max_length=14, choices=NotSeen, blank=True)  # the reason; blank where a step was seen
    next = models.CharField(max_length=9, choices=Next, blank=True)
    next_wording = models.CharField(max_length=160, blank=True)  # for a change: the new target in the pupil's words
    next_aim = models.PositiveSmallIntegerField(choices=Step, null=True, blank=True)  # for next step and change; blank: by rule
    reason = models.CharField(max_length=14, choices=WhyEnded, blank=True)  # for change, and for closing below the aim
    note = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)
    saved_by = models.ForeignKey("schools.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")  # whose draft it is
    saved_at = models.DateTimeField(null=True, blank=True)
    suggested = models.PositiveSmallIntegerField(choices=Step, null=True, blank=True)  # what the evidence suggested
    first_achieved = models.BooleanField(default=False)
    start = models.PositiveSmallIntegerField(choices=Step, null=True, blank=True)
    aim = models.PositiveSmallIntegerField(choices=Step, null=True, blank=True)
    previous = models.PositiveSmallIntegerField(choices=Step, null=True, blank=True)
    previous_term = models.PositiveSmallIntegerField(choices=Step, null=True, blank=True)
    skill_key = models.CharField(max_length=40, blank=True)
    strand_key = models.CharField(max_length=40, blank=True)
    counts = models.BooleanField(default=False)

    objects = SchoolManager.from_queryset(JudgementQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "review", "target"], name="judgement_once"),
            models.CheckConstraint(condition=Q(step=None) | Q(step__range=(0, 4), not_seen=""), name="judgement_is_a_step_or_not_seen"),
        ]

    @property
    def is_decided(self) -> bool:
        return self.step is not None or bool(self.not_seen)

    @property
    def is_settled(self) -> bool:
        """Its review was completed once, so that what figures are made of is stored for good."""
        return self.start is not None

    @property
    def last_seen(self) -> int:
        """The step that the figures measure against; in a draft that was never completed, the start."""
        return self.target.start if self.previous is None else self.previous


class SetAsideQuerySet(SchoolQuerySet["SetAside"]):
    def of_review(self, review: Review) -> "SetAsideQuerySet":
        """Of what was said in a review and of what was judged in it, oldest first."""
        found = self.filter(Q(review=review) | Q(judgement__review=review))
        people = ("judgement__target", "judgement__review__pupil", "review__pupil", "written_by", "chosen_by")
        return found.select_related(*people).order_by("at", "pk")


class SetAside(SchoolOwned):
    """What one of two people had put into a field when the other's was kept. Nothing that somebody judged or wrote down is lost.

    It belongs to a judgement or, where it is what pupil or parents say, to a review.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="set_aside", null=True, blank=True)
    judgement = models.ForeignKey(Judgement, on_delete=models.CASCADE, related_name="set_aside", null=True, blank=True)
    field = models.CharField(max_length=16)
    value = models.CharField(max_length=300, blank=True)  # as the form sends it
    written_by = models.ForeignKey("schools.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    chosen_by = models.ForeignKey("schools.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)  # when whoever wrote it was shown that another value was kept

    objects = SchoolManager.from_queryset(SetAsideQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["school", "written_by", "told_at"], name="set_aside_to_tell")]
        constraints = [
            models.CheckConstraint(
                condition=Q(review=None, judgement__isnull=False) | Q(review__isnull=False, judgement=None),
                name="set_aside_of_a_review_or_a_judgement",
            )
        ]
