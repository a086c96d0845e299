from typing import Any

from django.db import models
from django.utils import timezone


class ChangedAudit(RuntimeError):
    """Somebody tried to change or remove an audit row."""


class AuditQuerySet(models.QuerySet["AuditEvent"]):
    def update(self, **kwargs: Any) -> int:
        raise ChangedAudit("audit rows are never changed")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise ChangedAudit("audit rows are never removed")


class AuditEvent(models.Model):
    """Who did what to which row, by ids only. Rows are added and read, never changed or removed."""

    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("schools.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    action = models.CharField(max_length=60)
    table = models.CharField(max_length=60)
    row_id = models.BigIntegerField()

    objects = AuditQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["school", "at"]), models.Index(fields=["school", "table", "row_id"])]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise ChangedAudit("audit rows are never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise ChangedAudit("audit rows are never removed")
