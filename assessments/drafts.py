"""A review as the page knows it: one flat set of values, so that two people's work can be merged field by field. Pure."""

from collections.abc import Callable, Mapping
from datetime import date

Value = str | int | date | None
Values = Mapping[str, Value]

NOT_SEEN = "x"
VIEWS = ("pupil_view_state", "pupil_view", "parents_view", "parents_met_on")
OF_A_TARGET = ("step", "not_seen", "next", "next_wording", "next_aim", "reason", "note")


def next_by_rule(before: Values, after: Values, default: Callable[[int | None], str]) -> Value:
    """What happens next after a change: what a person chose stays, and what followed from the old step follows the new one.

    `default` is the rule: the usual next action for a step.
    """
    if after["next"] != before["next"] or after["step"] == before["step"]:
        return after["next"]
    followed = before["next"] in ("", None, _usual(before["step"], default))
    return _usual(after["step"], default) if followed else after["next"]


def not_chosen(asked: Values, shown: Values, mine: Values) -> list[tuple[str, Value]]:
    """After a clash, what of both values is not kept: `asked` holds mine of that time, `shown` theirs, `mine` what is saved now."""
    sides = [(name, side[name]) for name in asked for side in (shown, asked) if name in side and name in mine]
    return [(name, value) for name, value in dict.fromkeys(sides) if value != mine[name]]


def _usual(step: Value, default: Callable[[int | None], str]) -> str:
    """Nothing follows while nothing is judged."""
    if step is None:
        return ""
    return default(step if isinstance(step, int) else None)


def key(target: int, field: str) -> str:
    """The name of a target's field, the same in the form and in the merge."""
    return f"t{target}-{field}"


def of_target(target: int, values: Values) -> dict[str, Value]:
    """A target's own values, by field."""
    return {field: values[name] for field in OF_A_TARGET if (name := key(target, field)) in values}
