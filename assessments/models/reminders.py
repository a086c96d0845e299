from django.db import models

from assessments.models.reviews import ReviewCycle
from schools.tenancy import SchoolOwned


class Reminder(SchoolOwned):
    """A key worker was reminded of the reviews of own pupils: how many were left, by whom and when. It names no pupil."""

    cycle = models.ForeignKey(ReviewCycle, on_delete=models.CASCADE, related_name="reminders")
    user = models.ForeignKey("schools.User", on_delete=models.PROTECT, related_name="+")
    left = models.PositiveSmallIntegerField()
    asked_by = models.ForeignKey("schools.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    emailed_at = models.DateTimeField(null=True, blank=True)  # empty where the mail server took nothing

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["school", "cycle", "user"])]
