"""A class in one view: every pupil's targets with what is decided and what one-to-ones saw, in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.formats import date_format

from assessments.evidence import NO_EVIDENCE, Evidence
from assessments.models import Judgement, Review, ReviewCycle
from assessments.services.lines import Line, lines_of_each
from assessments.services.sightings import evidence_for
from pupils.models import KeyWorker
from schools.models import User
from targets.models import Descriptor

DAY = "j M"


@dataclass(frozen=True)
class Row:
    """One target of the class, with its evidence and, for a skill, what it looks like at each step."""

    review: Review
    line: Line
    evidence: Evidence
    looks: tuple[str, ...]

    @property
    def number(self) -> int:
        """What the row is called in the form: its target's id."""
        return self.line.target.pk

    @property
    def judgement(self) -> Judgement:
        return self.line.judgement

    @property
    def counts(self) -> bool:
        """Whether the row is among those that must be done: it is due, or somebody began it."""
        return self.line.is_due or self.judgement.is_decided

    @property
    def is_done(self) -> bool:
        return self.judgement.is_decided and not self.line.left_to_do


@dataclass(frozen=True)
class Block:
    """One pupil with the rows of the review; a review that takes no drafts any more has none."""

    review: Review
    rows: tuple[Row, ...]
    key_workers: tuple[KeyWorker, ...]
    has_left: bool

    @property
    def is_open(self) -> bool:
        return takes_drafts(self.review, self.has_left)

    @property
    def total(self) -> int:
        return sum(row.counts for row in self.rows)

    @property
    def done(self) -> int:
        return sum(row.is_done for row in self.rows)


def takes_drafts(review: Review, has_left: bool) -> bool:
    return review.status not in Review.FINISHED and not has_left


def blocks_of(cycle: ReviewCycle, reviews: Iterable[Review], today: date) -> list[Block]:
    """The class of these reviews of one cycle, in their order; seven queries however many there are."""
    reviews = list(reviews)
    prefetch_related_objects([review.pupil for review in reviews], KeyWorker.with_people())
    for review in reviews:
        review.cycle = cycle
    open_ones = [review for review in reviews if takes_drafts(review, review.pupil.has_left(today))]
    lines = lines_of_each(open_ones)
    rows = _rows_of(cycle, open_ones, lines)
    return [_block(review, rows.get(review.pk, []), today) for review in reviews]


def _block(review: Review, rows: list[Row], today: date) -> Block:
    return Block(review, tuple(rows), tuple(review.pupil.key_workers_on(today)), review.pupil.has_left(today))


def _rows_of(cycle: ReviewCycle, reviews: list[Review], lines: dict[int, list[Line]]) -> dict[int, list[Row]]:
    every = [line for found in lines.values() for line in found]
    evidence = evidence_for(cycle, [line.target.pk for line in every])
    looks = _looks_of({line.target.skill_id for line in every if line.target.skill_id})
    return {
        review.pk: [
            Row(review, line, evidence.get(line.target.pk, NO_EVIDENCE), looks.get(line.target.skill_id, ())) for line in lines[review.pk]
        ]
        for review in reviews
    }


def _looks_of(skills: Iterable[int]) -> dict[int | None, tuple[str, ...]]:
    """What each skill looks like at the five steps, in staff words."""
    found: dict[int | None, tuple[str, ...]] = {}
    for skill, words in Descriptor.objects.filter(skill__in=skills).order_by("skill", "step").values_list("skill", "staff"):
        found[skill] = (*found.get(skill, ()), words)
    return found


def state_of(line: Line, reader: User) -> tuple[str, str]:
    """What the last column of a row says to this reader: a kind of state, and the words."""
    judgement = line.judgement
    if line.is_closed:
        return "", f"Closed {date_format(line.target.closed_on, DAY)}" if line.target.closed_on else "Closed"
    if not judgement.is_decided:
        return "", "To do" if line.is_due else "New: not needed yet"
    if line.left_to_do:
        return "", line.left_to_do
    if judgement.saved_by_id not in (None, reader.pk):
        return "saved", f"Drafted by {judgement.saved_by}"
    return "saved", f"Saved {_when(judgement.saved_at)}"


def _when(at: datetime | None) -> str:
    """The time of today, the day before that; nothing where nobody saved it."""
    if at is None:
        return ""
    here = timezone.localtime(at)
    return f"{here:%H:%M}" if here.date() == timezone.localdate() else date_format(here, DAY)
