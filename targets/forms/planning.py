"""A pupil's week as it is typed: for each weekday whether there is a one-to-one, and at what time."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from schools.forms.carrying import CarryingForm
from targets.models import PlannedDay
from targets.services.planning import NOT_PLANNED, Slot, Week


class TimeInput(forms.TimeInput):
    """The device's own time box; it reads and sends 10:20 whatever the language of the page."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(attrs={"class": "form-control"}, format="%H:%M")


class WeekForm(CarryingForm):
    """Two boxes a weekday. A time without its day is asked about: it may be a day forgotten or a day taken out."""

    def __init__(self, data: Any = None, *, week: Week) -> None:
        super().__init__(data)
        shown: dict[str, object] = {}
        for day, name in PlannedDay.Weekday.choices:
            self.fields[f"day-{day}"] = forms.BooleanField(label=name, required=False)
            self.fields[f"at-{day}"] = forms.TimeField(label=f"Time on {name}", required=False, widget=TimeInput())
            is_planned, at = week[day]
            shown |= {f"day-{day}": is_planned, f"at-{day}": f"{at:%H:%M}" if at else ""}
        self.show(shown)

    def days(self) -> Iterator[tuple[BoundField, BoundField]]:
        for day in PlannedDay.Weekday.values:
            yield self[f"day-{day}"], self[f"at-{day}"]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        for day, name in PlannedDay.Weekday.choices:
            if values.get(f"at-{day}") and not values.get(f"day-{day}"):
                self.add_error(f"at-{day}", f"Tick {name} as well, or take the time out.")
        return values


def slots_in(values: Mapping[str, Any]) -> dict[int, Slot]:
    """The fields of a week, day by day; a day of which nothing is known is left out."""
    days = [day for day in PlannedDay.Weekday.values if f"day-{day}" in values]
    return {day: (True, values.get(f"at-{day}")) if values[f"day-{day}"] else NOT_PLANNED for day in days}
