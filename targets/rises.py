"""How often a step rose after something had helped: counted, never claimed to be its doing. Pure.

A *use* is one one-to-one in which an adult said that the strategy helped. It counts where a step could follow: some target
was seen in it, below the top, and was seen again on a later day. A step up *followed* where the next sight of at least one
such target is higher than in that one-to-one, and of none lower.

It starts at the step seen in the one-to-one itself and not at the one before: adults tick what helped because they see a
rise, and that very rise would then be counted for the strategy. What is never seen again counts neither way.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from typing import TypeVar

TOP = 4
# Four times of four happen by mere chance, like four heads or four tails, in one case of eight; five of five in one of sixteen.
LEAST = 5
CONFIDENCE = 1.96

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Sight:
    """The step that one one-to-one saw of one target."""

    talk: int
    target: int
    day: date
    step: int


@dataclass(frozen=True, slots=True)
class Tally:
    """How often a step up followed, of the times when one could."""

    rose: int
    times: int


def followed(sights: Iterable[Sight]) -> dict[int, bool]:
    """Whether a step up followed each one-to-one, for those of which it can be said. Sights come from the oldest to the newest."""
    by_target: dict[int, list[Sight]] = defaultdict(list)
    for sight in sights:
        by_target[sight.target].append(sight)
    moves: dict[int, list[int]] = defaultdict(list)
    for seen in by_target.values():
        for place, sight in enumerate(seen):
            later = _next(seen, place)
            if sight.step < TOP and later is not None:
                moves[sight.talk].append(later.step - sight.step)
    return {talk: max(all_of_it) > 0 and min(all_of_it) >= 0 for talk, all_of_it in moves.items()}


def _next(seen: Sequence[Sight], place: int) -> Sight | None:
    """The first sight of a later day."""
    return next((later for later in seen[place + 1 :] if later.day > seen[place].day), None)


def tallies(sights: Iterable[Sight], uses: Iterable[tuple[int, Key]]) -> dict[Key, Tally]:
    """Count the uses, each a one-to-one and what helped in it. What has no use that counts is not there."""
    known, counted = followed(sights), defaultdict(list)
    for talk, key in uses:
        if talk in known:
            counted[key].append(known[talk])
    return {key: Tally(sum(rises), len(rises)) for key, rises in counted.items()}


def ranked(found: Mapping[Key, Tally]) -> list[Key]:
    """Those that a step up followed at all and that have enough behind them, the surest first; equals stay in their order."""
    shown = (key for key, each in found.items() if each.times >= LEAST and each.rose)
    return sorted(shown, key=lambda key: -sureness(found[key]))


def sureness(each: Tally) -> float:
    """The lower end of Wilson's interval: 11 of 20 stand before 3 of 5, of which chance could have made as much."""
    share, z2 = each.rose / each.times, CONFIDENCE**2
    spread = CONFIDENCE * sqrt(share * (1 - share) / each.times + z2 / (4 * each.times**2))
    return (share + z2 / (2 * each.times) - spread) / (1 + z2 / each.times)
