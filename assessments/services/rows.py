"""Saving one row of a review: one target's judgement, field by field, so that two people at one row lose nothing.

`base` is what the page showed, `mine` what was typed, both by field (drafts.OF_A_TARGET); a step is 0 to 4, "x" for not seen,
or None. Fields that are not in `mine` are left alone. What follows from a step, the next action, the service sets by rule,
unless it is among the fields in `decided`: then a person chose it, even where it is what the page showed before.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from assessments.drafts import Value, Values
from assessments.models import Judgement, Review
from assessments.services.drafting import locked
from assessments.services.judging import values_of_line, write_line
from assessments.services.lines import Line, lines_of
from assessments.services.refusals import NotInThisReview, RowClash
from assessments.services.setting_aside import set_aside
from assessments.services.sightings import evidence_for
from assessments.services.statuses import status_after_saving
from schools import audit
from schools.merge import merge
from schools.models import User

NOTHING_UNCHOSEN: Mapping[str, Value] = {}


@dataclass(frozen=True)
class SavedRow:
    """A row as it stands after saving. `kept` names the fields that only others had changed, `other` is who saved before."""

    line: Line
    kept: tuple[str, ...]
    other: User | None

    @property
    def judgement(self) -> Judgement:
        return self.line.judgement

    @property
    def values(self) -> dict[str, Value]:
        return values_of_line(self.line)

    @property
    def version(self) -> int:
        """0 while nothing is stored for the row."""
        return self.judgement.version if self.judgement.pk else 0

    @property
    def is_closed(self) -> bool:
        """Somebody closed the target: its closing step stands, and of what was typed the note is kept."""
        return self.line.is_closed


@transaction.atomic
def save_row(
    *,
    review: Review,
    target_id: int,
    base: Values,
    mine: Values,
    by: User | None,
    unchosen: Values = NOTHING_UNCHOSEN,
    decided: Collection[str] = (),
) -> SavedRow:
    """Save what was decided for one target (by its id), over what others saved meanwhile. Raises ReviewRefused.

    Where both changed one field nothing is written: RowClash. Answering it is saving again, with theirs as the new base and
    the value that was not chosen in `unchosen`, which is set aside with the row.
    """
    review = locked(review)
    lines = lines_of(review)
    line = next((line for line in lines if line.target.pk == target_id), None)
    if line is None:
        raise NotInThisReview
    theirs = values_of_line(line)
    merged = merge(base=_seen(base, mine, decided), theirs=theirs, mine=_known(line, mine))
    if merged.clashes:
        raise RowClash(merged, line)
    other, now = line.judgement.saved_by, timezone.now()
    _write(review, lines, line, {**theirs, **merged.values}, by, now, is_next_decided="next" in decided)
    if unchosen and line.judgement.pk:
        set_aside(line.judgement, theirs, unchosen.items(), by=by, saver=other, at=now)
    return SavedRow(line, merged.kept, other)


def _known(line: Line, mine: Values) -> Values:
    """The fields that a row has; of a target closed meanwhile the note alone."""
    names = ("note",) if line.is_closed else tuple(values_of_line(line))
    return {name: value for name, value in mine.items() if name in names}


def _seen(base: Values, mine: Values, decided: Collection[str]) -> dict[str, Value]:
    """What the page showed. Of a field that was decided to stay as it was, another value now is a clash, not one to take over."""
    return {name: value for name, value in base.items() if name not in decided or mine.get(name) != value}


def _write(review: Review, lines: list[Line], line: Line, values: Values, by: User | None, now: datetime, *, is_next_decided: bool) -> None:
    if values["step"] != values_of_line(line)["step"]:
        evidence = evidence_for(review.cycle, [line.target.pk]).get(line.target.pk)
        line.judgement.suggested = evidence.suggestion if evidence else None
    if write_line(line, values, by, now, is_next_decided=is_next_decided):
        audit.record(by=by, action="judgement.saved", row=line.judgement)
        _move_review_on(review, lines)


def _move_review_on(review: Review, lines: list[Line]) -> None:
    """A new version, so that nobody completes the review without having seen the row."""
    Review.objects.filter(pk=review.pk).update(status=status_after_saving(review, lines), version=F("version") + 1)
