"""How far a cycle is: each review with the targets that are decided, and those that still wait."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from assessments.models import Judgement, Review, ReviewCycle
from pupils.words import year_rank
from targets.models import Target


@dataclass(frozen=True)
class Standing:
    """One review and how many of its targets are decided."""

    review: Review
    done: int
    total: int

    @property
    def is_left(self) -> bool:
        return self.review.status not in Review.FINISHED


@dataclass(frozen=True)
class Group:
    """The reviews of one class."""

    name: str
    standings: tuple[Standing, ...]

    @property
    def title(self) -> str:
        """7B – 8 pupils."""
        count = len(self.standings)
        return f"{self.name or 'No class'} – {count} {'pupil' if count == 1 else 'pupils'}"

    @property
    def left(self) -> int:
        return sum(standing.is_left for standing in self.standings)

    @property
    def done(self) -> int:
        return sum(standing.done for standing in self.standings)

    @property
    def total(self) -> int:
        return sum(standing.total for standing in self.standings)

    @property
    def has_begun(self) -> bool:
        return any(standing.review.status != Review.Status.NOT_STARTED for standing in self.standings)


def standings_of(cycle: ReviewCycle, reviews: Iterable[Review]) -> list[Standing]:
    """Return how far each of these reviews of one cycle is, in two queries."""
    reviews = list(reviews)
    decided = list(Judgement.objects.decided().filter(review__in=reviews).values_list("review", "target"))
    done = Counter(review for review, _ in decided)
    waiting = _waiting(cycle, reviews, {target for _, target in decided})
    return [Standing(review, done[review.pk], done[review.pk] + waiting[review.pupil_id]) for review in reviews]


def _waiting(cycle: ReviewCycle, reviews: list[Review], decided: set[int]) -> Counter[int]:
    """Due targets without a decision, counted by pupil; a finished review waits for nothing."""
    pupils = [review.pupil_id for review in reviews if review.status not in Review.FINISHED]
    due = Target.objects.due_by(cycle.due_on, cycle.counts_after_days).filter(pupil__in=pupils).values_list("pupil", "pk")
    return Counter(pupil for pupil, target in due if target not in decided)


def groups_of(standings: Iterable[Standing]) -> list[Group]:
    """The same by class, the youngest first; pupils without one stand together."""
    found: dict[str, list[Standing]] = {}
    for standing in standings:
        found.setdefault(standing.review.registration_group, []).append(standing)
    groups = [Group(name, tuple(rows)) for name, rows in found.items()]
    return sorted(groups, key=lambda group: (min(year_rank(each.review.nc_year) for each in group.standings), group.name))
