"""A school's settings, and the dates of its review cycles: always known to the end of the next academic year."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from schools import audit
from schools.cycles import Window, academic_year_of, faults_of, planned
from schools.merge import merge
from schools.models import AuditEvent, CycleDates, School, User
from schools.tenancy import in_school

SETTINGS_CHANGED, DATES_CHANGED = "settings.changed", "cycle-dates.changed"


@dataclass
class ChangedMeanwhile(Exception):
    """Somebody else changed the same fields after the page was opened; nothing was saved."""

    theirs: dict[str, Any]
    clashes: list[str]
    by: User | None
    at: datetime | None


@dataclass
class BadDates(Exception):
    """Dates that cannot be, with what is wrong by name."""

    faults: dict[str, str]


class CyclesHaveBegun(Exception):
    """The number of cycles a year does not change while the year's cycles run."""


@transaction.atomic
def change_settings(*, school: School, base: Mapping[str, Any], values: Mapping[str, Any], by: User) -> list[str]:
    """Change settings, keeping what others changed since `base` was shown; returns the names of the changed fields.

    A new number of cycles plans the years anew in which none has opened.
    """
    current = School.objects.select_for_update().get(pk=school.pk)
    theirs = {name: getattr(current, name) for name in values}
    merged = _merged(school, base, theirs, values, SETTINGS_CHANGED)
    changed = [name for name, value in merged.items() if value != theirs[name]]
    if not changed:
        return []
    if "cycles_a_year" in changed and not may_change_number(school, timezone.localdate()):
        raise CyclesHaveBegun
    School.objects.filter(pk=school.pk).update(**{name: merged[name] for name in changed})
    audit.record(by=by, action=SETTINGS_CHANGED, row=school, school=school)
    if "cycles_a_year" in changed:
        _plan_anew(school, merged["cycles_a_year"], timezone.localdate())
    return changed


@transaction.atomic
def change_dates(*, school: School, base: Mapping[str, date], values: Mapping[str, date], by: User) -> list[str]:
    """Move planned cycles. Values are named <id>-opens_on and <id>-due_on. A cycle that has opened stays where it is."""
    rows = {str(row.pk): row for row in CycleDates.objects.select_for_update().order_by("academic_year", "number")}
    theirs = {name: getattr(rows[key_of(name)], column_of(name)) for name in values}
    merged = _merged(school, base, theirs, values, DATES_CHANGED)
    changed = [name for name, value in merged.items() if value != theirs[name]]
    if faults := _faults(rows, merged, changed, timezone.localdate()):
        raise BadDates(faults)
    for key in {key_of(name) for name in changed}:
        moved = {column: merged[f"{key}-{column}"] for column in ("opens_on", "due_on")}
        CycleDates.objects.filter(pk=key).update(**moved)
    if changed:
        audit.record(by=by, action=DATES_CHANGED, row=school, school=school)
    return changed


def key_of(name: str) -> str:
    return name.partition("-")[0]


def column_of(name: str) -> str:
    return name.partition("-")[2]


def _faults(rows: Mapping[str, CycleDates], merged: Mapping[str, date], changed: list[str], today: date) -> dict[str, str]:
    """Say what is wrong with the dates as they would be after the change."""
    past = {name: "This day is in the past." for name in changed if column_of(name) == "opens_on" and merged[name] < today}
    opened = {name: "This cycle has opened: its dates stay." for name in changed if rows[key_of(name)].opens_on <= today}
    windows = [
        Window(key, row.label, row.academic_year, merged.get(f"{key}-opens_on", row.opens_on), merged.get(f"{key}-due_on", row.due_on))
        for key, row in rows.items()
    ]
    return faults_of(windows) | past | opened


def _merged(school: School, base: Mapping[str, Any], theirs: Mapping[str, Any], mine: Mapping[str, Any], action: str) -> dict[str, Any]:
    merged = merge(base=base, theirs=theirs, mine=mine)
    if merged.clashes:
        last = AuditEvent.objects.filter(school=school, action=action).select_related("by").order_by("-at").first()
        raise ChangedMeanwhile(dict(theirs), [clash.name for clash in merged.clashes], last.by if last else None, last.at if last else None)
    return merged.values


def may_change_number(school: School, today: date) -> bool:
    """Say whether the number of cycles a year may change: before the first of a year opens, or after the last is due."""
    ours = CycleDates.objects.filter(academic_year=academic_year_of(today))
    return not ours.filter(opens_on__lte=today).exists() or not ours.filter(due_on__gte=today).exists()


def _plan_anew(school: School, cycles_a_year: int, today: date) -> None:
    """Plan this and the next academic year again, but for a year in which a cycle has opened."""
    for year in years_to_plan(today):
        ours = CycleDates.objects.filter(academic_year=year)
        if not ours.filter(opens_on__lte=today).exists():
            ours.delete()
            plan_cycles(school=school, academic_year=year, cycles_a_year=cycles_a_year)


def years_to_plan(today: date) -> tuple[int, int]:
    """Return the academic years whose cycles must be known on a day: this one and the next."""
    this = academic_year_of(today)
    return this, this + 1


def plan_cycles(*, school: School, academic_year: int, cycles_a_year: int | None = None) -> list[CycleDates]:
    """Give a year sensible dates for its cycles, unless it has some."""
    if CycleDates.objects.filter(academic_year=academic_year).exists():
        return []
    number = cycles_a_year or school.cycles_a_year
    return CycleDates.objects.bulk_create(
        CycleDates(
            school=school, academic_year=academic_year, number=plan.number, term=plan.term, opens_on=plan.opens_on, due_on=plan.due_on
        )
        for plan in planned(academic_year, number)
    )


def keep_planned(*, school: School, today: date) -> list[CycleDates]:
    """Plan what is missing up to the end of the next academic year; safe to run at any time."""
    return [row for year in years_to_plan(today) for row in plan_cycles(school=school, academic_year=year)]


def keep_all_planned(*, schools: Iterable[School], today: date) -> None:
    """Do so for each school, each in its own scope."""
    for school in schools:
        with in_school(school):
            keep_planned(school=school, today=today)
