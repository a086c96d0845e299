"""What can help: every school starts with the same list and makes it its own."""

from targets.models import Strategy

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
