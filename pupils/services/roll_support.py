"""SEN provision and needs of one row against what is here. History is added to, never taken away."""

from datetime import date, timedelta

from pupils.importing import codes
from pupils.importing.records import NeedRecord, RollRow, SupportRecord
from pupils.models import Need, SupportStatus
from pupils.services.roll_diff import Diff, Here, day

_STATUS = "SEN status"


def compare_support(row: RollRow, here: Here, today: date, diff: Diff) -> None:
    """The file's current status becomes current here unless what is here began later; ended rows complete the history."""
    if row.support is None:
        return
    wanted = row.current_support(today)
    still_open = _complete_history(row.support, here, diff)
    if any(record.starts_on and record.starts_on > today for record in row.support):
        diff.warnings.append("A SEN status in the file begins in the future; it was left out.")
    if wanted is not None:
        _take_over(wanted, still_open, here, today, diff)


def _complete_history(records: tuple[SupportRecord, ...], here: Here, diff: Diff) -> SupportStatus | None:
    """Add rows that ended and are not here, end the one here that the file has ended. Returns what is then still open."""
    known = {(status.provision, status.starts_on): status for status in here.support}
    still_open = next((status for status in here.support if status.ends_on is None), None)
    added = 0
    for provision, starts_on, ends_on in {(r.provision, r.starts_on, r.ends_on) for r in records if r.starts_on and r.ends_on}:
        status = known.get((provision, starts_on))
        if status is None:
            diff.created.append(SupportStatus(provision=provision, starts_on=starts_on, ends_on=ends_on))
            added += 1
        elif status is still_open:
            diff.update(status, ends_on=ends_on)
            diff.say(_STATUS, _words(status.provision, starts_on), f"ended {day(ends_on)}")
            still_open = None
    if added:
        diff.say("SEN history", "", f"{added} earlier row{'s' if added > 1 else ''}")
    return still_open


def _take_over(wanted: SupportRecord, still_open: SupportStatus | None, here: Here, today: date, diff: Diff) -> None:
    ended_here = any((s.provision, s.starts_on) == (wanted.provision, wanted.starts_on) and s.ends_on for s in here.support)
    if ended_here:
        diff.warnings.append("The file says that a SEN status goes on which was ended here; it stays ended.")
    elif still_open is None:
        _begin(wanted, today, "", diff)
    elif still_open.provision == wanted.provision:
        _date_back(wanted, still_open, here, diff)
    else:
        _replace(wanted, still_open, today, diff)


def _begin(wanted: SupportRecord, today: date, old: str, diff: Diff) -> None:
    starts_on = wanted.starts_on or today
    diff.created.append(SupportStatus(provision=wanted.provision, starts_on=starts_on))
    diff.say(_STATUS, old, _words(wanted.provision, starts_on))


def _date_back(wanted: SupportRecord, still_open: SupportStatus, here: Here, diff: Diff) -> None:
    """The same status with an earlier first day, as when a list without dates came before the transfer file."""
    starts_on = wanted.starts_on
    if starts_on is None or starts_on >= still_open.starts_on:
        return
    if any(status.ends_on and status.ends_on >= starts_on for status in here.support):
        return
    diff.update(still_open, starts_on=starts_on)
    diff.say(_STATUS, _words(still_open.provision, still_open.starts_on), _words(wanted.provision, starts_on))


def _replace(wanted: SupportRecord, still_open: SupportStatus, today: date, diff: Diff) -> None:
    starts_on, old = wanted.starts_on or today, _words(still_open.provision, still_open.starts_on)
    if starts_on < still_open.starts_on:
        diff.warnings.append(f"The SEN status here ({old}) is newer than the file’s ({_words(wanted.provision, starts_on)}); it stays.")
    elif starts_on == still_open.starts_on:
        diff.update(still_open, provision=wanted.provision)
        diff.say(_STATUS, old, _words(wanted.provision, starts_on))
    else:
        diff.update(still_open, ends_on=starts_on - timedelta(days=1))
        _begin(wanted, today, old, diff)


def _words(provision: str, starts_on: date | None) -> str:
    return f"{codes.PROVISION.words(provision)} since {day(starts_on)}"


def compare_needs(row: RollRow, here: Here, is_partial: bool, today: date, diff: Diff) -> None:
    """A list of needs replaces the current ones: new ones begin, missing ones end today. An empty list in a partial file says nothing."""
    if row.needs is None:
        return
    wanted = _current(row.needs, today)
    current = {need.need_type: need for need in here.needs if need.ends_on is None}
    if not wanted and (is_partial or not current):
        return
    for code, need in current.items():
        if code not in wanted:
            diff.update(need, ends_on=today)
    old = [code for code, need in sorted(current.items(), key=lambda pair: pair[1].rank)]
    is_new_order = old != list(wanted)
    if is_new_order:
        diff.say("Needs", ", ".join(old), ", ".join(wanted) or "none")
    for rank, record in enumerate(wanted.values(), start=1):
        known = current.get(record.code)
        _take_need(record, known.rank if known and not is_new_order else rank, known, diff)


def _current(records: tuple[NeedRecord, ...], today: date) -> dict[str, NeedRecord]:
    """In order of rank; a type that stands twice counts once."""
    found: dict[str, NeedRecord] = {}
    for record in records:
        if record.ends_on is None or record.ends_on >= today:
            found.setdefault(record.code, record)
    return found


def _take_need(record: NeedRecord, rank: int, need: Need | None, diff: Diff) -> None:
    """A new need, or a new rank and a first day for one that is here. The ranks stay while their order does."""
    if need is None:
        diff.created.append(Need(need_type=record.code, rank=rank, starts_on=record.starts_on))
        return
    values: dict[str, object] = {"rank": rank} if need.rank != rank else {}
    if record.starts_on and need.starts_on is None:
        values["starts_on"] = record.starts_on
        diff.say(f"{record.code} since", "", day(record.starts_on))
    diff.update(need, **values)
