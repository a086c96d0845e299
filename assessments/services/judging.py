"""One target's part of a draft: reading it as values, and writing values into its judgement."""

from datetime import datetime

from django.db.models import F

from assessments import drafts, progress
from assessments.drafts import NOT_SEEN, Value, Values
from assessments.models import Judgement
from assessments.services.lines import Line
from assessments.services.refusals import ReviewChangedMeanwhile
from schools.models import User
from targets.models import NotSeen

DRAFTED = ("step", "not_seen", "next", "next_wording", "next_aim", "reason", "note", "suggested", "saved_by", "saved_at")


def values_of_line(line: Line) -> dict[str, Value]:
    """What the draft holds for one target, by field."""
    values: dict[str, Value] = {field: getattr(line.judgement, field) for field in drafts.OF_A_TARGET}
    return values | {"step": NOT_SEEN} if line.judgement.not_seen else values


def write_line(line: Line, values: Values, by: User | None, at: datetime, *, is_next_decided: bool = False) -> bool:
    """Put values into a target's judgement and store it; say whether anything was stored.

    What happens next follows a new step by rule, unless somebody decided it together with the step.

    Raises ReviewChangedMeanwhile when somebody stored the row in between.
    """
    before = values_of_line(line)
    then = values["next"] if is_next_decided else drafts.next_by_rule(before, values, progress.default_next_action)
    _put(line, {**values, "next": then})
    judgement = line.judgement
    is_changed = values_of_line(line) != before
    if is_changed:
        judgement.saved_by, judgement.saved_at = by, at
    if is_changed or line.is_closed:
        _store(judgement)
        return True
    return False


def _put(line: Line, values: Values) -> None:
    """A closed target keeps its closing step; only the note is the reviewer's."""
    judgement = line.judgement
    judgement.note = str(values["note"] or "")
    if line.is_closed:
        return
    is_unseen = values["step"] == NOT_SEEN
    judgement.step = None if is_unseen else values["step"]  # type: ignore[assignment]
    judgement.not_seen = str(values["not_seen"] or NotSeen.NO_OPPORTUNITY) if is_unseen else ""
    judgement.next = str(values["next"] or "")
    if judgement.is_decided and not judgement.next:
        judgement.next = progress.default_next_action(judgement.step)
    judgement.next_wording, judgement.next_aim = str(values["next_wording"] or ""), values["next_aim"]  # type: ignore[assignment]
    judgement.reason = str(values["reason"] or "")


def _store(judgement: Judgement) -> None:
    """Add the row, or change it in the version that was read: of two people at one moment one gets through."""
    if judgement.pk is None:
        judgement.save()
        return
    values = {name: getattr(judgement, name) for name in DRAFTED}
    same_version = Judgement.objects.filter(pk=judgement.pk, version=judgement.version)
    if not same_version.update(**values, version=F("version") + 1):
        raise ReviewChangedMeanwhile
    judgement.version += 1
