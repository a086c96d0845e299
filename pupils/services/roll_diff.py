"""What one row of a roll file would change in one pupil: words for the preview, rows for the database. No queries here.

`None` in a row means that the file does not say: what is here stays.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pupils.importing import codes, languages
from pupils.importing.records import RollRow
from pupils.models import Contact, Need, Pupil, SupportStatus


@dataclass(frozen=True, slots=True)
class Change:
    """One difference, as the preview shows it: what, from, to, and about which contact. `what` never holds a name."""

    what: str
    old: str
    new: str
    about: str = ""


@dataclass(slots=True)
class Here:
    """A pupil of the school with everything that a roll file can touch; for a new pupil all of it is empty."""

    pupil: Pupil
    support: list[SupportStatus] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)


Owned = Pupil | SupportStatus | Need | Contact


@dataclass(slots=True)
class Diff:
    """Collects what is to be done for one row. Nothing of it is applied to a row before it is written."""

    changes: list[Change] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    created: list[Owned] = field(default_factory=list)
    updated: list[tuple[Owned, dict[str, Any]]] = field(default_factory=list)

    def say(self, what: str, old: str, new: str, about: str = "") -> None:
        self.changes.append(Change(what, old, new, about))

    def update(self, row: Owned, **values: Any) -> None:
        if values:
            self.updated.append((row, values))


def _plain(value: Any) -> str:
    return str(value or "")


def day(value: date | None) -> str:
    """A date as people here write it."""
    return f"{value:%d/%m/%Y}" if value else ""


def _yes(value: bool) -> str:
    return "Yes" if value else "No"


# row's field → pupil's field, words, how a value is shown
_FIELDS: tuple[tuple[str, str, str, Callable[[Any], str]], ...] = (
    ("surname", "surname", "Surname", _plain),
    ("forename", "forename", "Forename", _plain),
    ("dob", "date_of_birth", "Date of birth", day),
    ("sex", "sex", "Sex", codes.SEX.words),
    ("nc_year", "nc_year", "Year", _plain),
    ("registration_group", "registration_group", "Class", _plain),
    ("enrolment", "enrolment", "Enrolment", codes.ENROLMENT.words),
    ("language", "first_language", "First language", languages.words),
    ("is_eal", "is_eal", "EAL", _yes),
    ("pupil_premium", "has_pupil_premium", "Pupil premium", _yes),
    ("looked_after", "is_looked_after", "Looked after", _yes),
)
_PREFERRED = (("preferred_surname", "surname", "Preferred surname"), ("preferred_forename", "forename", "Preferred forename"))


def compare_pupil(row: RollRow, here: Here, diff: Diff) -> None:
    """Names, dates, flags and numbers of the pupil's own row."""
    pupil, values = here.pupil, {}
    for source, target, words, show in _FIELDS:
        new, old = getattr(row, source), getattr(pupil, target)
        if new is not None and new != old:
            values[target] = new
            diff.say(words, "" if _is_new(pupil) else show(old), show(new))
    values |= _preferred(row, pupil, diff) | _numbers(row, pupil, diff)
    if pupil.left_on:
        diff.warnings.append(
            f"This pupil left on {day(pupil.left_on)}. Importing does not bring anybody back: do that on the pupil’s page."
        )
    diff.update(pupil, **values)


def _is_new(pupil: Pupil) -> bool:
    return pupil.pk is None


def _preferred(row: RollRow, pupil: Pupil, diff: Diff) -> dict[str, str]:
    """A preferred name that is the legal one is no preferred name."""
    values = {}
    for name, legal, words in _PREFERRED:
        said = getattr(row, name)
        new = "" if said == getattr(row, legal) else said
        if said is not None and new != getattr(pupil, name):
            values[name] = new
            diff.say(words, getattr(pupil, name), new)
    return values


def _numbers(row: RollRow, pupil: Pupil, diff: Diff) -> dict[str, str]:
    """A UPN is never shown in a list, so the preview says only that it changes. An old number never comes back."""
    values: dict[str, str] = {}
    if row.upn and row.upn == pupil.former_upn:
        diff.warnings.append("The file has this pupil’s former UPN; the newer one stays.")
        return values
    if row.upn and row.upn != pupil.upn:
        values["upn"] = row.upn
        diff.say("UPN", "another one" if pupil.upn else "", "the one in the file")
    former = row.former_upn or (pupil.upn if "upn" in values else "")
    if former and former != pupil.former_upn:
        values["former_upn"] = former
        diff.say("Former UPN", "another one" if pupil.former_upn else "", "kept")
    return values
