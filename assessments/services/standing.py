"""How far a cycle is: each review with the targets that are decided, and those that still wait."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

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
    """The reviews of one class, or of one key worker's pupils. `key` is what the address calls it."""

    name: str
    standings: tuple[Standing, ...]
    key: str = ""
    note: str = ""

    @property
    def title(self) -> str:
        """7B – 8 pupils."""
        count = len(self.standings)
        return f"{self.name or 'No class'} – {count} {'pupil' if count == 1 else 'pupils'}"

    @property
    def paused_words(self) -> str:
        """3 waiting."""
        return f"{self.paused} waiting"

    @property
    def paused(self) -> int:
        return sum(standing.review.is_paused for standing in self.standings)

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


def by_class(standings: Iterable[Standing], today: date) -> list[Group]:
    """The same by class, the youngest first, each with its key workers; pupils without a class stand together."""
    found: dict[str, list[Standing]] = {}
    for standing in standings:
        found.setdefault(standing.review.registration_group, []).append(standing)
    groups = [Group(name, tuple(rows), name, _names_of(rows, today)) for name, rows in found.items()]
    return sorted(groups, key=lambda group: (min(year_rank(each.review.nc_year) for each in group.standings), group.name))


def _names_of(standings: Iterable[Standing], today: date) -> str:
    """Ms Jones, Mr Adeyemi: the key workers of a class."""
    workers = [worker for standing in standings for worker in standing.review.pupil.key_workers_on(today)]
    return ", ".join(sorted({worker.name for worker in workers}))


def by_key_worker(standings: Iterable[Standing], today: date) -> list[Group]:
    """The same by key worker, by name; a pupil with two stands under both, and those without one stand last."""
    found: dict[tuple[str, str], list[Standing]] = {}
    for standing in standings:
        workers = standing.review.pupil.key_workers_on(today)
        for key in {(worker.name, str(worker.user_id)) for worker in workers} or {("", "")}:
            found.setdefault(key, []).append(standing)
    groups = [Group(name or "No key worker", tuple(rows), key) for (name, key), rows in found.items()]
    return sorted(groups, key=lambda group: (not group.key, group.name.casefold(), group.key))
