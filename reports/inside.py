"""A school's own figures of one cycle, read from its own rows: several filters may be combined here, and nothing is hidden.

None of this leaves the school. What does is counted in `reports.summaries` and goes out through a publication.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import F, QuerySet

from assessments.models import Judgement, Review, ReviewCycle
from assessments.progress import Figures, Judged, tally
from pupils.words import year_rank, year_words
from reports.stored import STORED, judged_of
from reports.wording import INCOMPLETE
from targets.models import Step, Target

FACTS = {"year": "nc_year", "group": "registration_group", "need": "primary_need", "premium": "has_pupil_premium", "eal": "is_eal"}
NO_GROUP = "No class"

_OF_REVIEW = ("review__nc_year", "review__registration_group")


@dataclass(frozen=True, slots=True)
class Seen:
    """One judgement of the cycle: in which strand, and where its pupil was that day."""

    judged: Judged
    strand: str
    year: str
    group: str


def judged_in(cycle: ReviewCycle, chosen: Mapping[str, object]) -> QuerySet[Judgement]:
    """What the cycle's completed reviews judged, of the pupils that every filter keeps. Academic targets stay out of figures."""
    facts = {f"review__{FACTS[name]}": value for name, value in chosen.items()}
    return Judgement.objects.completed().filter(review__cycle=cycle, **facts).exclude(target__kind=Target.Kind.ACADEMIC)


def seen_in(cycle: ReviewCycle, chosen: Mapping[str, object]) -> list[Seen]:
    """The same as plain values; one query."""
    return [_seen(row) for row in judged_in(cycle, chosen).order_by("pk").values(*STORED, *_OF_REVIEW, pupil=F("review__pupil"))]


def _seen(row: dict) -> Seen:
    return Seen(judged_of(row), row["strand_key"], row["review__nc_year"], row["review__registration_group"])


def reviews_in(cycle: ReviewCycle) -> list[Review]:
    """The cycle's reviews with their facts alone."""
    return list(Review.objects.filter(cycle=cycle).only("pupil", "status", "pupil_view_state", "parents_met_on", *FACTS.values()))


def is_kept(review: Review, chosen: Mapping[str, object]) -> bool:
    """Does every filter keep this review?"""
    return all(getattr(review, FACTS[name]) == value for name, value in chosen.items())


def figures_of(seen: Iterable[Seen]) -> Figures:
    return tally(each.judged for each in seen)


def steps_of(seen: Iterable[Seen]) -> list[int]:
    """How many counted targets stand on each of the five steps."""
    steps = [each.judged.step for each in seen if each.judged.is_counted]
    return [steps.count(step) for step in Step]


@dataclass(frozen=True, slots=True)
class Column:
    """One year or class of the heat table: its name, its filter, and the number of its pupils with a judgement that can move."""

    title: str
    value: str
    pupils: int


@dataclass(frozen=True, slots=True)
class Square:
    """One strand in one column: pupils who moved on, of pupils, and what was left out of it."""

    column: Column
    figures: Figures

    @property
    def note(self) -> str:
        """ "incomplete, 4 not seen, 1 too new"."""
        left_out = ((self.figures.not_seen, "not seen"), (self.figures.too_new, "too new"))
        words = INCOMPLETE[self.figures.is_incomplete], *(f"{number} {what}" for number, what in left_out if number)
        return ", ".join(each for each in words if each)


def columns_of(seen: Iterable[Seen], by: str) -> list[Column]:
    """The years or classes of these judgements, in the order of a school."""
    seen = list(seen)
    keys = {(each.year, each.group if by == "group" else "") for each in seen}
    title: Callable[[tuple[str, str]], str] = (lambda key: key[1] or NO_GROUP) if by == "group" else (lambda key: year_words(key[0]))
    order = sorted(keys, key=lambda key: (year_rank(key[0]), key[1]))
    names = dict.fromkeys((key[1] if by == "group" else key[0], title(key)) for key in order)
    return [Column(words, value, figures_of(_in_column(seen, by, value)).pupils) for value, words in names]


def _in_column(seen: Iterable[Seen], by: str, value: str) -> list[Seen]:
    return [each for each in seen if (each.group if by == "group" else each.year) == value]


def squares_of(seen: Iterable[Seen], strand: str, by: str, columns: Iterable[Column]) -> list[Square]:
    """One line of the heat table."""
    own = [each for each in seen if each.strand == strand]
    found = ((column, figures_of(_in_column(own, by, column.value))) for column in columns)
    return [Square(column, figures) for column, figures in found]
