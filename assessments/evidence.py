"""What the one-to-ones since the last cycle say about one target. Pure: steps in, plain words and steps out."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assessments import progress

FEW = 3  # as many as the suggestion looks at


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was seen of one target, oldest first; None is a one-to-one in which it was not seen."""

    steps: tuple[int | None, ...] = ()

    @property
    def count(self) -> int:
        """How many one-to-ones looked at the target."""
        return len(self.steps)

    @property
    def seen(self) -> list[int]:
        return [step for step in self.steps if step is not None]

    @property
    def mostly(self) -> int | None:
        """The step seen most often; of several the one seen last. None where nothing was seen."""
        times = Counter(self.seen)
        most = max(times.values(), default=0)
        return next((step for step in reversed(self.seen) if times[step] == most), None)

    @property
    def suggestion(self) -> int | None:
        return progress.suggested_step(self.steps)

    @property
    def trend(self) -> str:
        """ "up", "down" or "flat": the last few sightings against the first few; empty where fewer than two were seen."""
        if len(self.seen) < 2:
            return ""
        first, last = progress.suggested_step(self.seen[:FEW]), self.suggestion
        if len(self.seen) <= FEW:
            first, last = self.seen[0], self.seen[-1]
        return _way(first, last)


def _way(first: int | None, last: int | None) -> str:
    if first is None or last is None or first == last:
        return "flat"
    return "up" if last > first else "down"


NO_EVIDENCE = Evidence()


def evidence_of(sightings: Sequence[tuple[int, int | None]]) -> dict[int, Evidence]:
    """Sort sightings (target, step), given oldest first, into the evidence of each target."""
    found: dict[int, list[int | None]] = {}
    for target, step in sightings:
        found.setdefault(target, []).append(step)
    return {target: Evidence(tuple(steps)) for target, steps in found.items()}
