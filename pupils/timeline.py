"""What happened to a pupil, told from the rows of this app: newest first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from django.utils import timezone

from pupils.importing import codes
from pupils.models import KeyWorker, Need, Profile, ProfileEdition, Pupil, SupportStatus
from pupils.models.profile import HEADINGS

Part = tuple[str, list[str]]


@dataclass(frozen=True)
class Event:
    """One thing that happened: when, what, by whom, and the words that are not on the page any more."""

    on: date
    title: str
    icon: str
    words: str = ""
    fold: str = ""
    parts: list[Part] = field(default_factory=list)

    @property
    def when(self) -> str:
        return f"{self.on:%-d %B %Y}"


def timeline_of(pupil: Pupil, profile: Profile | None, today: date) -> list[Event]:
    """Everything up to today, newest first; on one day, what came with the roll stands last.

    What the pupil's rows hold already is not fetched again.
    """
    events = [
        *_profile(profile, list(pupil.profile_editions.select_related("changed_by"))),
        *_key_workers(pupil.key_workers.all()),
        *_needs(pupil.needs.all()),
        *_support(pupil.support_statuses.all()),
        *_roll(pupil),
    ]
    return sorted((event for event in events if event.on <= today), key=lambda event: event.on, reverse=True)


def _roll(pupil: Pupil) -> Iterator[Event]:
    if pupil.on_roll_from:
        yield Event(pupil.on_roll_from, "Joined the school", "flag")
    if pupil.left_on:
        yield Event(pupil.left_on, "Last day at the school", "flag")
    if pupil.followed_since:
        yield Event(pupil.followed_since, "Followed in the programme", "star", pupil.followed_because)


def _support(statuses: Iterable[SupportStatus]) -> Iterator[Event]:
    ordered = sorted(statuses, key=lambda status: status.starts_on)
    for status in ordered:
        yield Event(status.starts_on, f"{codes.PROVISION.words(status.provision)} from this day", "file")
        if status.plan_issued_on:
            yield Event(status.plan_issued_on, "Education, health and care plan issued", "file")
    if ordered and ordered[-1].ends_on:
        yield Event(ordered[-1].ends_on, f"{codes.PROVISION.words(ordered[-1].provision)} ended", "file")


def _needs(needs: Iterable[Need]) -> Iterator[Event]:
    for need in needs:
        words = codes.NEED.words(need.need_type)
        if need.starts_on:
            yield Event(need.starts_on, f"Need recorded: {words}", "pencil")
        if need.ends_on:
            yield Event(need.ends_on, f"Need no longer recorded: {words}", "pencil")


def _key_workers(assignments: Iterable[KeyWorker]) -> Iterator[Event]:
    for each in assignments:
        if each.cover_until:
            yield Event(each.starts_on, f"{each.name} covers as key worker", "person", f"Until {each.cover_until:%-d %B %Y}.")
        else:
            yield Event(each.starts_on, f"{each.name} became key worker", "person")
        if each.ends_on:
            yield Event(each.ends_on, f"{each.name} was key worker until this day", "person")


def _profile(now: Profile | None, editions: list[ProfileEdition]) -> Iterator[Event]:
    """One event for each change. It shows what the changed parts said before, so that nothing is overwritten for good."""
    if now is None:
        return
    history: list[Profile | ProfileEdition] = [now, *(edition for edition in editions if not edition.is_set_aside)]
    for edition in editions:
        if edition.is_set_aside:
            yield _event(edition, "Also written for the profile, and not chosen", _lines(edition), "What it said")
    for later, earlier in pairwise(history):
        changed = [name for name in HEADINGS if getattr(later, name) != getattr(earlier, name)]
        words = ", ".join(HEADINGS[name] for name in changed)
        yield _event(later, "Profile changed", _lines(earlier, changed), "What it said before", f"{words}. " if words else "")
    yield _event(history[-1], "Profile written")


def _event(row: Profile | ProfileEdition, title: str, parts: list[Part] | None = None, fold: str = "", words: str = "") -> Event:
    by = f"By {row.changed_by.get_full_name() or row.changed_by.email}." if row.changed_by else ""
    return Event(timezone.localdate(row.changed_at), title, "heart", f"{words}{by}", fold if parts else "", parts or [])


def _lines(row: Profile | ProfileEdition, names: Iterable[str] = tuple(HEADINGS)) -> list[Part]:
    return [(HEADINGS[name], getattr(row, name).splitlines()) for name in names if getattr(row, name)]
