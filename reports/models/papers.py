from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from schools.models import Term
from schools.tenancy import SchoolManager, SchoolOwned, SchoolQuerySet


class LetterQuerySet(SchoolQuerySet["Letter"]):
    def valid(self) -> "LetterQuerySet":
        """Letters that may still go out: to be checked, or approved."""
        return self.filter(state__in=Letter.VALID)

    def for_list_page(self) -> "LetterQuerySet":
        return self.select_related("contact", "review__cycle", "review__pupil")

    def by_class(self) -> "LetterQuerySet":
        """In the order in which papers are handed out."""
        return self.order_by("review__registration_group", "review__pupil__forename", "review__pupil__surname", "review__pupil", "pk")

    def approved(self) -> "LetterQuerySet":
        return self.filter(state=Letter.State.APPROVED)


class Letter(SchoolOwned):
    """What one permitted recipient gets after a review. No contact: the letter is to the pupil."""

    class State(models.TextChoices):
        MADE = "made", "Made, to be checked"
        APPROVED = "approved", "Approved"
        STALE = "stale", "The review changed since"
        WITHDRAWN = "withdrawn", "Withdrawn: may no longer be sent"

    VALID = (State.MADE, State.APPROVED)

    public_id = models.UUIDField(default=uuid4, editable=False)
    review = models.ForeignKey("assessments.Review", on_delete=models.CASCADE, related_name="letters")
    contact = models.ForeignKey("pupils.Contact", on_delete=models.CASCADE, null=True, blank=True, related_name="letters")
    language = models.CharField(max_length=3, default="eng")
    format = models.CharField(max_length=8, default="standard")
    state = models.CharField(max_length=9, choices=State, default=State.MADE)
    file = models.CharField(max_length=120, blank=True)
    says = models.CharField(max_length=64, blank=True)  # a hash of what was printed; blank in letters made before there was one
    sha256 = models.CharField(max_length=64, blank=True)
    addressed = models.CharField(max_length=64, blank=True)  # SHA-256 of the names and address printed on it
    made_at = models.DateTimeField(default=timezone.now)

    objects = SchoolManager.from_queryset(LetterQuerySet)()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["school", "public_id"], name="letter_public_id_once"),
            models.UniqueConstraint(
                "school", "review", Coalesce("contact", 0), condition=Q(state__in=["made", "approved"]), name="one_letter_a_recipient"
            ),
        ]


class Finishing(SchoolOwned):
    """One review of many that somebody asked to have completed at once, in the version that they looked at."""

    COMPLETED = "completed"

    job = models.ForeignKey("reports.Job", on_delete=models.CASCADE, related_name="finishings")
    review = models.ForeignKey("assessments.Review", on_delete=models.CASCADE, related_name="+")
    version = models.PositiveIntegerField()
    outcome = models.CharField(max_length=30, blank=True)  # "completed", or the name of the refusal; blank before it is tried

    objects = SchoolManager.from_queryset(SchoolQuerySet)()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["school", "job", "review"], name="review_is_asked_for_once_a_job")]


class ProgressReport(models.Model):
    """The cross-school progress report of a partnership and term, made from publications only."""

    class State(models.TextChoices):
        ASKED = "asked", "Asked for"
        MADE = "made", "Ready"
        FAILED = "failed", "Could not be made"

    public_id = models.UUIDField(default=uuid4, editable=False, unique=True)
    partnership = models.ForeignKey("schools.Partnership", on_delete=models.PROTECT, related_name="+")
    academic_year = models.PositiveSmallIntegerField()
    term = models.CharField(max_length=6, choices=Term)
    asked_by = models.ForeignKey("schools.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=6, choices=State, default=State.ASKED)
    file = models.CharField(max_length=120, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-asked_at"]


class Job(models.Model):
    """Work for the background, by ids only. The row is the queue; the broker is a nudge.

    It lies outside the fences because the sweeper finds it before any school is known.
    """

    class Kind(models.TextChoices):
        LETTERS = "letters", "Letters of a review"
        PROGRESS_REPORT = "progress_report", "Cross-school progress report"
        SUMMARY = "summary", "Figures of a cycle"
        OPEN_CYCLES = "open_cycles", "Opening a cycle in the schools of a partnership"
        COMPLETE = "complete", "Completing the reviews that are ready"

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        RUNNING = "running", "In progress"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"

    key = models.CharField(max_length=80)  # what is asked for; one unfinished job a key
    kind = models.CharField(max_length=16, choices=Kind)
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    partnership = models.ForeignKey("schools.Partnership", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    row_id = models.BigIntegerField()
    asked_by = models.ForeignKey("schools.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=80, blank=True)  # a code, never a message that could hold a name
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=Q(state__in=["waiting", "running"]), name="one_unfinished_job_a_key"),
            models.CheckConstraint(
                condition=Q(school=None, partnership__isnull=False) | Q(school__isnull=False, partnership=None),
                name="job_is_of_a_school_or_a_partnership",
            ),
        ]
        indexes = [models.Index(fields=["state", "lease_until"])]
