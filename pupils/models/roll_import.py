from datetime import datetime
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone

from schools.tenancy import SchoolManager, SchoolOwned, SchoolQuerySet


class RollImportQuerySet(SchoolQuerySet["RollImport"]):
    def for_list_page(self) -> "RollImportQuerySet":
        """The history, newest first, with the person of each."""
        return self.select_related("by")

    def staged_before(self, moment: datetime) -> "RollImportQuerySet":
        """Files that nobody has applied since."""
        return self.filter(state=RollImport.State.STAGED, created_at__lt=moment)


class RollImport(SchoolOwned):
    """A roll file that somebody brought in: who, when, its hash and what it changed. The file itself goes on apply."""

    class Kind(models.TextChoices):
        CTF = "ctf", "Common Transfer File"
        CSV = "csv", "CSV"
        XLSX = "xlsx", "XLSX"

    class State(models.TextChoices):
        STAGED = "staged", "Waiting for your check"
        APPLIED = "applied", "Applied"
        DISCARDED = "discarded", "Not applied"

    public_id = models.UUIDField(default=uuid4, editable=False)
    kind = models.CharField(max_length=4, choices=Kind)
    state = models.CharField(max_length=9, choices=State, default=State.STAGED)
    by = models.ForeignKey("schools.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    applied_at = models.DateTimeField(null=True, blank=True)
    file_sha256 = models.CharField(max_length=64)
    staged_file = models.CharField(max_length=120, blank=True)  # a random name below MEDIA_ROOT; blank once deleted
    counts = models.JSONField(default=dict)  # new, changed, unchanged, left out, not kept, errors, warnings
    choices = models.JSONField(default=dict)  # row numbers: leave_out, keep
    outcome = models.JSONField(default=dict)  # once applied, by ids and row numbers: new, changed, problems

    objects = SchoolManager.from_queryset(RollImportQuerySet)()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["school", "public_id"], name="roll_import_public_id_once"),
            models.CheckConstraint(condition=Q(state="staged") | Q(staged_file=""), name="only_a_staged_import_has_a_file"),
        ]

    @property
    def rows_left_out(self) -> int:
        """By a person, or because something was wrong with them."""
        return self.counts.get("left_out", 0) + self.counts.get("errors", 0)
