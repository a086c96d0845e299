"""Recording one-to-ones. Rows are added and never edited: a correction is a new row that supersedes the old one."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from pupils.models import Pupil
from schools import audit
from schools.models import User
from targets.models import Helped, NotSeen, Observation, OneToOne, Step, Strategy, Target
from targets.services.refusals import (
    ChangedMeanwhile,
    HeldInTheFuture,
    HeldTooLongAgo,
    NothingSeen,
    NotThisPupils,
    PupilOfOneToOneHasLeft,
    SentByAnother,
    TooLateToChange,
    UnknownStep,
)

RECORDED_WITHIN = timedelta(days=14)
SAID = ("held_on", "minutes", "feeling", "note", "audience")


@dataclass(frozen=True)
class Sighting:
    """What an adult saw of one target: a step, or not seen and why not."""

    target: Target
    step: int | None
    not_seen: str = ""
    note: str = ""


@dataclass(frozen=True)
class Conversation:
    """A one-to-one as the form gives it. `client_id` was made when the form was opened and makes sending it twice harmless."""

    client_id: UUID
    held_on: date
    sightings: tuple[Sighting, ...]
    helped: tuple[Strategy, ...] = ()
    feeling: str = ""
    note: str = ""
    audience: str = OneToOne.Audience.SHARED
    minutes: int | None = None


@transaction.atomic
def record_one_to_one(
    *, pupil: Pupil, conversation: Conversation, by: User, instead_of: OneToOne | None = None, at: datetime | None = None
) -> OneToOne:
    """Record a conversation; with `instead_of` as a correction. The same form sent again returns the row that it made first.

    Sent again with other words, because the answer was lost and the person went on writing, it corrects that row.
    A target that was closed meanwhile keeps its observation. Raises OneToOneRefused.
    """
    at = at or timezone.now()
    if instead_of:
        OneToOne.objects.select_for_update().get(pk=instead_of.pk)  # so that of two corrections one waits and then sees the other
    if sent := OneToOne.objects.filter(client_id=conversation.client_id).first():
        first = _of_this_form(sent, pupil, by)
        return first if first.voided_at or _says(first) == _said_in(conversation) else _correct(first, conversation, by, at)
    _check(pupil, conversation, timezone.localdate(at), instead_of)
    if instead_of:
        refuse_change(instead_of, by, at)
    values = _columns(pupil, conversation, by, instead_of, at)
    row, is_new = OneToOne.objects.get_or_create(client_id=conversation.client_id, defaults=values)
    if not is_new:  # the same form got here a moment earlier
        return _of_this_form(row, pupil, by)
    _add_parts(row, conversation)
    audit.record(by=by, action="one-to-one.changed" if instead_of else "one-to-one.recorded", row=row)
    return row


def _of_this_form(row: OneToOne, pupil: Pupil, by: User) -> OneToOne:
    if (row.pupil_id, row.key_worker_id) != (pupil.pk, by.pk):
        raise SentByAnother
    return row


def _correct(first: OneToOne, conversation: Conversation, by: User, at: datetime) -> OneToOne:
    """Under an id that follows from the words, so that the correction too is one row however often it is sent."""
    again = replace(conversation, client_id=uuid5(conversation.client_id, repr(_said_in(conversation))))
    return record_one_to_one(pupil=first.pupil, conversation=again, by=by, instead_of=first, at=at)


def _says(row: OneToOne) -> list[object]:
    """All that was recorded, in a set order."""
    seen = Observation.objects.filter(one_to_one=row).values_list("target", "step", "not_seen", "note")
    return _in_order(row, seen, Helped.objects.filter(one_to_one=row).values_list("strategy", flat=True))


def _said_in(conversation: Conversation) -> list[object]:
    seen = [(each.target.pk, each.step, each.not_seen, each.note) for each in conversation.sightings]
    return _in_order(conversation, seen, [strategy.pk for strategy in conversation.helped])


def _in_order(said: OneToOne | Conversation, seen: Iterable[tuple[object, ...]], helped: Iterable[int]) -> list[object]:
    """One way of sending a form ends its lines otherwise than another: that is no other word."""
    words = [getattr(said, name) for name in SAID] + [part for each in sorted(seen, key=str) for part in each]
    return [word.replace("\r\n", "\n") if isinstance(word, str) else word for word in words] + [sorted(helped)]


def _check(pupil: Pupil, conversation: Conversation, today: date, instead_of: OneToOne | None) -> None:
    if pupil.has_left(today):
        raise PupilOfOneToOneHasLeft
    if conversation.held_on > today:
        raise HeldInTheFuture(today)
    is_same_day = instead_of is not None and instead_of.held_on == conversation.held_on
    if conversation.held_on < today - RECORDED_WITHIN and not is_same_day:
        raise HeldTooLongAgo
    if not conversation.sightings:
        raise NothingSeen
    for sighting in conversation.sightings:
        _check_sighting(sighting, pupil)
    if any(strategy.school_id != pupil.school_id for strategy in conversation.helped):
        raise NotThisPupils


def _check_sighting(sighting: Sighting, pupil: Pupil) -> None:
    if sighting.target.pupil_id != pupil.pk or sighting.target.status in Target.NEVER_SET:
        raise NotThisPupils
    is_step = sighting.step in Step.values and not sighting.not_seen
    if not is_step and not (sighting.step is None and sighting.not_seen in NotSeen.values):
        raise UnknownStep


def refuse_change(row: OneToOne, by: User, at: datetime) -> None:
    """Raise unless the row still holds and this person may change it or take it back at this moment."""
    if not row.may_be_changed_by(by, at):
        raise TooLateToChange
    if not OneToOne.objects.live().filter(pk=row.pk).exists():
        raise ChangedMeanwhile


def _columns(pupil: Pupil, conversation: Conversation, by: User, instead_of: OneToOne | None, at: datetime) -> dict[str, object]:
    values = {name: getattr(conversation, name) for name in SAID}
    return {**values, "pupil": pupil, "key_worker": by, "recorded_at": at, "supersedes": instead_of}


def _add_parts(row: OneToOne, conversation: Conversation) -> None:
    Observation.objects.bulk_create(_observations(row, conversation.sightings))
    Helped.objects.bulk_create(Helped(one_to_one=row, strategy=strategy) for strategy in conversation.helped)


def _observations(row: OneToOne, sightings: Iterable[Sighting]) -> list[Observation]:
    return [Observation(one_to_one=row, target=each.target, step=each.step, not_seen=each.not_seen, note=each.note) for each in sightings]
