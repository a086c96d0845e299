"""No school, no query: the second of the four fences between schools, and the scope that opens the fourth.

A school-owned table can be read and written only inside `in_school(school)`. On PostgreSQL the same scope tells
row-level security which school may be seen, for the length of the transaction and no longer.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final, TypeVar

from django.db import connection, models, transaction

Row = TypeVar("Row", bound="SchoolOwned")


class NoSchool(RuntimeError):
    """A school-owned table was touched outside `in_school(...)`."""


class WrongSchool(RuntimeError):
    """A row of one school was about to be written while another school is in scope."""


class _EverySchool:
    def __repr__(self) -> str:
        return "EVERY_SCHOOL"


EVERY_SCHOOL: Final = _EverySchool()
_current: ContextVar[int | _EverySchool | None] = ContextVar("school", default=None)
_summaries: ContextVar[tuple[int, ...]] = ContextVar("summary_schools", default=())

SCHOOLS_SETTING = "app.school_ids"
SUMMARIES_SETTING = "app.summary_school_ids"


def current_school_id() -> int | _EverySchool:
    """Return the id of the school in scope, or EVERY_SCHOOL. Raises NoSchool where there is none."""
    school_id = _current.get()
    if school_id is None:
        raise NoSchool("wrap this in in_school(school)")
    return school_id


@contextmanager
def in_school(school: models.Model | int) -> Iterator[None]:
    """Open a transaction in which the rows of one school, and no other's, can be read and written."""
    school_id = school if isinstance(school, int) else school.pk
    with _scope(_current, school_id, SCHOOLS_SETTING, [school_id]):
        yield


@contextmanager
def across_schools(school_ids: Iterable[int]) -> Iterator[None]:
    """Open a transaction over several schools, for named housekeeping only; docs/adr lists each use."""
    with _scope(_current, EVERY_SCHOOL, SCHOOLS_SETTING, school_ids):
        yield


@contextmanager
def reading_published(school_ids: Iterable[int]) -> Iterator[None]:
    """Open a transaction in which the published figures of these schools can be read, and no pupil's row."""
    ids = tuple(school_ids)
    with _scope(_summaries, ids, SUMMARIES_SETTING, ids):
        yield


@contextmanager
def _scope(variable: ContextVar, value: object, setting: str, school_ids: Iterable[int]) -> Iterator[None]:
    """Set variable and database setting together, and give both their former value back.

    A rolled-back block restores the setting by itself; a committed savepoint would keep it, so it is set back by hand.
    """
    with transaction.atomic():
        token = variable.set(value)
        try:
            former = _set_in_database(setting, "{" + ",".join(str(int(pk)) for pk in school_ids) + "}")
            yield
        finally:
            variable.reset(token)
        _set_in_database(setting, former)


def _set_in_database(setting: str, value: str) -> str:
    """Set a transaction-local setting on PostgreSQL and return its former value; elsewhere do nothing."""
    if connection.vendor != "postgresql":
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s, true), set_config(%s, %s, true)", [setting, setting, value])
        return cursor.fetchone()[0] or "{}"


class SchoolQuerySet(models.QuerySet[Row]):
    """A query over rows of the school in scope; refuses to write rows into another one."""

    def bulk_create(self, objs: Iterable[Row], *args: Any, **kwargs: Any) -> list[Row]:
        rows = list(objs)
        for row in rows:
            row.claim_school()
        return super().bulk_create(rows, *args, **kwargs)

    def bulk_update(self, objs: Iterable[Row], *args: Any, **kwargs: Any) -> int:
        rows = list(objs)
        for row in rows:
            row.claim_school()
        return super().bulk_update(rows, *args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        if {"school", "school_id"} & kwargs.keys():
            raise WrongSchool("rows never change school")
        return super().update(**kwargs)


class SchoolManager(models.Manager[Row]):
    """Refuses to start a query without a school, and adds the school to every query it starts."""

    def get_queryset(self) -> models.QuerySet[Row]:
        school_id = _current.get()
        if school_id is None:
            raise NoSchool(f"{self.model._meta.label}: wrap this in in_school(school)")
        rows = super().get_queryset()
        return rows if school_id is EVERY_SCHOOL else rows.filter(school=school_id)


class PublishedManager(SchoolManager[Row]):
    """As SchoolManager; inside `reading_published(...)` it reads instead what the schools named there have published.

    A model under it says in PUBLISHED which of its rows are published.
    """

    def get_queryset(self) -> models.QuerySet[Row]:
        if ids := _summaries.get():
            return models.Manager.get_queryset(self).filter(school__in=ids, **self.model.PUBLISHED)  # type: ignore[attr-defined]
        return super().get_queryset()


class SchoolRows(SchoolManager.from_queryset(SchoolQuerySet)):  # type: ignore[misc]
    """The manager of a school-owned model that asks no questions of its own.

    It has a name so that the type checker does not hold the managers of other models to it.
    """


class SchoolOwned(models.Model):
    """A row of one school. It never changes school, and is read and saved only inside that school's scope."""

    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")

    objects: models.Manager[Any] = SchoolRows()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.claim_school()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self.claim_school()
        return super().delete(*args, **kwargs)

    def claim_school(self) -> None:
        """Give a new row the school in scope. Raises WrongSchool when the row belongs to another one."""
        school_id = current_school_id()
        if self.school_id is None and isinstance(school_id, int):
            self.school_id = school_id
        if school_id is not EVERY_SCHOOL and self.school_id != school_id:
            raise WrongSchool(f"{self._meta.label}: this row belongs to another school")
