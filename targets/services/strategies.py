"""What can help: every school starts with the same list and makes it its own. Nothing on it is ever deleted."""

from django.db import transaction

from schools import audit
from schools.models import User
from targets.models import Strategy
from targets.services.refusals import StrategyIsListed, StrategyIsSwitchedOff

STARTERS = (
    ("visual-card", "Visual card"),
    ("time-to-think", "Time to think"),
    ("quiet-place", "Quiet place"),
    ("praise", "Praise"),
    ("now-and-next", "Now and next board"),
    ("with-a-friend", "Working with a friend"),
    ("shown-first", "Being shown first"),
    ("small-steps", "One small step at a time"),
    ("a-choice", "A choice of two"),
    ("movement", "Movement break"),
    ("something-to-hold", "Something to hold"),
    ("talked-through", "Talking it through before"),
)


def start_strategies() -> list[Strategy]:
    """Give the school in scope the starter list, unless it has one; return what it offers now. Safe to run twice, and at once."""
    offered = list(Strategy.objects.offered())
    if offered or Strategy.objects.exists():
        return offered
    rows = [Strategy(key=key, name=name, order=order) for order, (key, name) in enumerate(STARTERS, start=1)]
    Strategy.objects.bulk_create(rows, ignore_conflicts=True)
    return list(Strategy.objects.offered())


@transaction.atomic
def add_strategy(*, name: str, by: User) -> Strategy:
    """Add one of the school's own, as the last. The same words in other letters are the same strategy. Raises StrategyRefused."""
    rows = _locked()
    same = next((row for row in rows if row.name.casefold() == name.casefold()), None)
    if same is not None:
        raise StrategyIsListed if same.is_active else StrategyIsSwitchedOff
    strategy = Strategy.objects.create(name=name, order=max((row.order for row in rows), default=0) + 1)
    audit.record(by=by, action="strategy.added", row=strategy)
    return strategy


@transaction.atomic
def move_strategy(*, strategy: Strategy, up: bool, by: User) -> None:
    """Let it change places with the one above it or below it, of those in use. At the end of the list nothing happens."""
    rows = [row for row in _locked() if row.is_active]
    place = next((place for place, row in enumerate(rows) if row.pk == strategy.pk), None)
    if place is None or not 0 <= place + (-1 if up else 1) < len(rows):
        return
    rows.insert(place + (-1 if up else 1), rows.pop(place))
    for order, row in enumerate(rows, start=1):
        Strategy.objects.filter(pk=row.pk).exclude(order=order).update(order=order)
    audit.record(by=by, action="strategy.moved", row=strategy)


@transaction.atomic
def switch_strategy(*, strategy: Strategy, on: bool, by: User) -> None:
    """Take a strategy out of use, or into use again as the last one. One-to-ones in which it helped keep it."""
    rows = _locked()
    last = {"order": max(row.order for row in rows) + 1} if on else {}
    if Strategy.objects.filter(pk=strategy.pk, is_active=not on).update(is_active=on, **last):
        audit.record(by=by, action="strategy.on" if on else "strategy.off", row=strategy)


def _locked() -> list[Strategy]:
    """All of the school's, so that of two who change the list one waits and then sees what the other did."""
    return list(Strategy.objects.select_for_update().order_by("order", "pk"))
