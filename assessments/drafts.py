"""A review as the page knows it: one flat set of values, so that two people's work can be merged field by field. Pure."""

from collections.abc import Mapping
from datetime import date

Value = str | int | date | None
Values = Mapping[str, Value]

NOT_SEEN = "x"
VIEWS = ("pupil_view_state", "pupil_view", "parents_view", "parents_met_on")
OF_A_TARGET = ("step", "not_seen", "next", "next_wording", "next_aim", "reason", "note")


def key(target: int, field: str) -> str:
    """The name of a target's field, the same in the form and in the merge."""
    return f"t{target}-{field}"


def of_target(target: int, values: Values) -> dict[str, Value]:
    """A target's own values, by field."""
    return {field: values[name] for field in OF_A_TARGET if (name := key(target, field)) in values}
