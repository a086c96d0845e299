"""Who did what, written in the same transaction as the deed. Ids only: no name, no wording, no value."""

from collections.abc import Iterable

from django.db import models

from schools.models import AuditEvent, School, User


def record(*, by: User | None, action: str, row: models.Model, school: School | None = None) -> AuditEvent:
    """Add one audit row. `by` is empty only for the background's own work; the school is the row's own where it has one."""
    school_id = school.pk if school else getattr(row, "school_id", None)
    return AuditEvent.objects.create(
        school_id=school_id, by=by if by and by.pk else None, action=action, table=row._meta.label_lower, row_id=row.pk
    )


def record_each(*, by: User | None, action: str, rows: Iterable[models.Model]) -> None:
    """Add one audit row for each of many rows of one school, in a few statements."""
    events = (
        AuditEvent(school_id=row.school_id, by=by, action=action, table=row._meta.label_lower, row_id=row.pk)  # type: ignore[attr-defined]
        for row in rows
    )
    AuditEvent.objects.bulk_create(events, batch_size=500)
