"""Chance that falls the same way on every machine: each subject has dice of its own, so a change in one moves no other."""

from collections.abc import Mapping, Sequence
from random import Random
from uuid import UUID

from django.db.models import Model


def dice(*subject: object) -> Random:
    """Dice seeded by what they are thrown for; the seed is text, so the hash seed of a process does not matter."""
    return Random("send-progress demo " + " ".join(str(part) for part in subject))  # noqa: S311 - nothing secret hangs on it


def public_id(*subject: object) -> UUID:
    return UUID(int=dice("public id", *subject).getrandbits(128), version=4)


class Deck:
    """Draws without putting back, and shuffles anew only when all is drawn: what is drawn repeats as late as it can."""

    def __init__(self, things: Sequence[str], rng: Random) -> None:
        self._things = list(things)
        self._rng = rng
        self._left: list[str] = []

    def draw(self, apart_from: Sequence[str] = ()) -> str:
        """The next one that is not among those already held."""
        for place, thing in enumerate(self._left):
            if thing not in apart_from:
                return self._left.pop(place)
        self._left += self._rng.sample(self._things, len(self._things))
        return self.draw(apart_from)


def settle_public_ids(model: type[Model], *subject: object) -> None:
    """Give rows that a service made ids that are the same on every run; the order in which they were made decides."""
    rows = list(model._default_manager.order_by("pk"))
    for number, row in enumerate(rows):
        row.public_id = public_id(model._meta.label, *subject, number)  # type: ignore[attr-defined]
    model._default_manager.bulk_update(rows, ["public_id"])


def shares(weights: Mapping[str, float], size: int, rng: Random) -> list[str]:
    """A shuffled list of `size` values in proportion to their weights, so that a small school still has a real mix."""
    total = sum(weights.values())
    exact = {value: size * weight / total for value, weight in weights.items()}
    counts = {value: int(share) for value, share in exact.items()}
    by_rest = sorted(exact, key=lambda value: (counts[value] - exact[value], value))
    for value in by_rest[: size - sum(counts.values())]:
        counts[value] += 1
    dealt = [value for value, count in counts.items() for _ in range(count)]
    rng.shuffle(dealt)
    return dealt
