"""The filters of the pupil list, and a pupil's last day."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from pupils.forms.fields import DayInput
from pupils.importing import codes
from pupils.models import Pupil
from pupils.searching import LONGEST
from pupils.words import provision_short, year_rank, year_words

ANY = ("", "All")
FURTHEST = timedelta(days=366)
SUPPORT_FILTERS = ("need", "provision", "worker")


class Filter(forms.ChoiceField):
    """One box of a list of filters; nothing chosen means all."""

    def __init__(self, *, label: str) -> None:
        super().__init__(required=False, label=label, widget=forms.Select(attrs={"class": "form-select"}))


class PupilFilterForm(forms.Form):
    """Choices are what the pupils of the list have; a value that nobody has any more is left out of the search."""

    q = forms.CharField(required=False, max_length=LONGEST)
    roll = forms.ChoiceField(required=False, choices=[("", "On roll"), ("left", "Left")])
    year = Filter(label="Year")
    group = Filter(label="Class")
    need = Filter(label="Need")
    provision = Filter(label="Provision")
    worker = Filter(label="Key worker")

    def __init__(self, data: Any, *, facets: Iterable[tuple[str, str, str]], sees_support: bool) -> None:
        super().__init__(data)
        found: dict[str, dict[str, str]] = {name: {} for name in ("year", "group", "need", "worker")}
        for kind, value, words in facets:
            found[kind][value] = words
        self._offer("year", [(value, year_words(value)) for value in sorted(found["year"], key=year_rank)])
        self._offer("group", [(value, value) for value in sorted(found["group"]) if value])
        self._offer("need", sorted(((value, codes.NEED.words(value)) for value in found["need"]), key=lambda pair: pair[1]))
        self._offer("provision", [(code, provision_short(code)) for code in ("K", "E")])
        self._offer("worker", sorted(found["worker"].items(), key=lambda pair: pair[1].casefold()))
        if not sees_support:
            for name in SUPPORT_FILTERS:
                del self.fields[name]
        self.full_clean()

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = [ANY, *choices]  # type: ignore[attr-defined]

    def chosen(self, name: str) -> str:
        return self.cleaned_data.get(name, "")

    def selects(self) -> list[forms.BoundField]:
        """The filters that are boxes to choose from; a box with one thing in it is no choice."""
        return [field for field in self if isinstance(field.field, Filter) and len(field.field.choices) > 2]  # type: ignore[arg-type]

    def chips(self) -> list[tuple[str, str, str]]:
        """What the list is narrowed down by: name, label and words of each filter in use."""
        used = [(field, self.chosen(field.name)) for field in self.selects()]
        return [(field.name, str(field.label), dict(field.field.choices)[value]) for field, value in used if value]  # type: ignore[attr-defined]

    def is_narrowed(self) -> bool:
        return bool(self.chosen("q") or self.chips())


class LeftForm(forms.Form):
    left_on = forms.DateField(label="Last day on roll", widget=DayInput())

    def __init__(self, *args: Any, pupil: Pupil, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pupil = pupil

    def clean_left_on(self) -> date:
        left_on: date = self.cleaned_data["left_on"]
        first = self.pupil.on_roll_from
        if first and left_on < first:
            raise forms.ValidationError(f"This is before the first day on roll, {first:%-d %B %Y}.")
        if left_on < self.pupil.date_of_birth:
            raise forms.ValidationError("This is before the pupil was born. Check the year.")
        if left_on > timezone.localdate() + FURTHEST:
            raise forms.ValidationError("This is more than a year ahead. Check the year.")
        return left_on
