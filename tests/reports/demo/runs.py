"""A run of the demo that leaves nothing behind, and what two runs are compared by."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.apps import apps
from django.db import models, transaction

from reports.demo.seeding import seed_demo
from schools.models import School
from schools.tenancy import across_schools

TODAY = date(2026, 11, 22)
OURS = ("schools", "pupils", "targets", "assessments", "reports", "account")
# Salted, or stamped by the clock of the run, or a number that the database gives.
NOT_COMPARED = {
    "schools.User": {"password"},
    "schools.AuditEvent": {"at", "row_id"},
    "reports.Job": {"created_at", "key", "row_id"},
    "reports.ProgressReport": {"asked_at"},
    "reports.Publication": {"published_at"},
}


@contextmanager
def seeded(today: date) -> Iterator[None]:
    """The demo as of a day; everything is undone afterwards."""
    with transaction.atomic():
        seed_demo(today=today)
        yield
        transaction.set_rollback(True)


def fingerprints() -> dict[str, str]:
    """A checksum of what each table says, whatever numbers the database gave to its rows."""
    with across_schools(School.objects.values_list("pk", flat=True)):
        found = {model._meta.label: list(model._default_manager.order_by("pk")) for model in every_model()}
        places = {label: {row.pk: place for place, row in enumerate(rows)} for label, rows in found.items()}
        return {label: _checksum(label, rows, places) for label, rows in found.items()}


def every_model() -> list[type[models.Model]]:
    return [model for label in OURS for model in apps.get_app_config(label).get_models()]


def _checksum(label: str, rows: list[models.Model], places: dict[str, dict[int, int]]) -> str:
    said = [[_said(row, field, places) for field in _compared(label, row)] for row in rows]
    return hashlib.sha256(repr(said).encode()).hexdigest()


def _compared(label: str, row: models.Model) -> list[models.Field]:
    left_out = NOT_COMPARED.get(label, set())
    return [field for field in row._meta.concrete_fields if not field.primary_key and field.name not in left_out]


def _said(row: models.Model, field: models.Field, places: dict[str, dict[int, int]]) -> object:
    value = getattr(row, field.attname)
    if field.remote_field is None or value is None:
        return value
    return places[field.remote_field.model._meta.label][value]
