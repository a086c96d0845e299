"""How children grow: slowly, with plateaus and setbacks, and here and there a star. Pure chance, no rows."""

from dataclasses import dataclass
from random import Random

from assessments.models import Judgement
from targets.models import NotSeen, WhyEnded

TOP = 4
TEMPERAMENTS = {"steady": 40.0, "slow": 28, "plateau": 16, "setback": 8, "star": 8}
MOVES = (-1, 0, 1, 2, 3)
ODDS = {
    "steady": (3, 28, 56, 12, 1), "slow": (5, 52, 40, 3, 0), "plateau": (8, 76, 16, 0, 0),
    "setback": (38, 40, 20, 2, 0), "star": (0, 8, 46, 36, 10), "stays": (10, 84, 6, 0, 0),
}  # fmt: skip
NOT_SEEN, AWAY = 0.08, 0.04
STARTS, START_ODDS = (0, 1, 2, 3), (26, 44, 24, 6)
RISES, RISE_ODDS = (0, 1, 2, 3), (10, 34, 43, 13)
WORTH_KEEPING = 2


@dataclass(frozen=True, slots=True)
class Seen:
    """What a review decides for one target."""

    step: int | None
    not_seen: str
    next: str
    next_aim: int | None = None
    reason: str = ""


def start_and_aim(rng: Random) -> tuple[int, int]:
    """Where a target begins and where it should lead; now and then the aim is to stay."""
    start = rng.choices(STARTS, START_ODDS)[0]
    rise = rng.choices(RISES, RISE_ODDS)[0]
    return start, min(TOP, start + (rise if start >= WORTH_KEEPING else max(rise, 1)))


def why_away(rng: Random) -> str:
    """Most children are there; of one who was away no target was seen."""
    return NotSeen.ABSENT if rng.random() < AWAY else ""


def judge(before: int, aim: int, temperament: str, away: str, rng: Random) -> Seen:
    """The step reached, and what happens to the target next."""
    if away or rng.random() < NOT_SEEN:
        return Seen(None, away or rng.choice((NotSeen.NO_OPPORTUNITY, NotSeen.NO_OPPORTUNITY, NotSeen.NEW_ADULT)), Judgement.Next.KEEP)
    odds = ODDS["stays" if aim == before else temperament]
    step = max(0, min(TOP, before + rng.choices(MOVES, odds)[0]))
    if step >= aim:
        return _reached(step, rng)
    return _not_yet(step, aim, rng)


def _reached(step: int, rng: Random) -> Seen:
    if step == TOP or rng.random() < 0.35:
        return Seen(step, "", Judgement.Next.CLOSE)
    return Seen(step, "", Judgement.Next.NEXT_STEP, next_aim=min(TOP, step + rng.choice((1, 1, 2))))


def _not_yet(step: int, aim: int, rng: Random) -> Seen:
    """Kept, as a rule; some are changed, a few are stopped, each for a reason."""
    turn = rng.random()
    if turn < 0.08:
        return Seen(step, "", Judgement.Next.CHANGE, next_aim=aim, reason=rng.choice((WhyEnded.TOO_BIG, WhyEnded.PUPIL_CHOSE)))
    if turn < 0.12:
        return Seen(step, "", Judgement.Next.CLOSE, reason=WhyEnded.MATTERS_MORE)
    return Seen(step, "", Judgement.Next.KEEP)
