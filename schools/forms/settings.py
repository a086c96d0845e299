"""Settings of a school, and the dates of its review cycles."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from schools.forms.carrying import CarryingForm
from schools.forms.staff import DayInput
from schools.models import CycleDates, Programme, School


def text(label: str, hint: str = "", *, required: bool = False, most: int = 120, **attributes: str) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, required=required, max_length=most, widget=forms.TextInput(attrs=attributes))


class SettingsForm(CarryingForm):
    """Name, how to reach the school, programme, and how its people work."""

    name = text("Name of the school", required=True)
    display_name = text("Short name", "As pages and letters show it. Leave it empty to use the whole name.")
    address = forms.CharField(label="Address", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": "3"}))
    phone = text("Telephone", most=30, type="tel", autocomplete="off")
    email = forms.EmailField(label="E-mail", required=False, help_text="Families read address, telephone and e-mail on letters.")
    programme = forms.ModelChoiceField(label="Programme", queryset=Programme.objects.none(), empty_label=None, widget=forms.RadioSelect)
    cycles_a_year = forms.TypedChoiceField(
        label="Review cycles a year",
        coerce=int,
        choices=[(3, "Three, one a term"), (6, "Six, one each half term")],
        widget=forms.RadioSelect,
    )
    one_to_one_every_days = forms.IntegerField(
        label="Days between one-to-ones", min_value=1, max_value=90, help_text="A key worker is reminded of a pupil after this many days."
    )
    key_workers_set_targets = forms.BooleanField(
        label="Key workers set targets for their own pupils; otherwise they propose them", required=False
    )
    words_to_avoid = text(
        "Words to avoid in targets",
        "With commas between them. Whoever writes a target is told kindly; nothing is stopped.",
        most=300,
        autocomplete="off",
    )

    safeguarding_route = forms.CharField(
        label="When somebody is worried about something a pupil said",
        help_text="Whom to tell and how, as your safeguarding policy says. Staff read it behind “I am worried about something said”.",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": "4"}),
    )

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"].queryset = Programme.objects.filter(partnership=school.partnership).order_by("name")  # type: ignore[attr-defined]
        self.show({name: getattr(school, name) for name in self.fields if name != "opened"})

    def clean_phone(self) -> str:
        phone = self.cleaned_data["phone"]
        if phone and not set(phone) <= set("0123456789 +()-"):
            raise forms.ValidationError("Write a telephone number with digits, spaces and a plus sign only.")
        return phone


class CyclesForm(CarryingForm):
    """Two days for each cycle that has not opened. Whether they can be, the service says of all cycles together."""

    def __init__(self, *args: Any, cycles: Sequence[CycleDates], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cycles, self.today = cycles, today
        for cycle in self.movable:
            self.fields[f"{cycle.pk}-opens_on"] = _day(f"{cycle.label} opens")
            self.fields[f"{cycle.pk}-due_on"] = _day(f"{cycle.label} is due")
        self.show({f"{cycle.pk}-{column}": getattr(cycle, column) for cycle in self.movable for column in ("opens_on", "due_on")})

    @property
    def movable(self) -> list[CycleDates]:
        return [cycle for cycle in self.cycles if cycle.opens_on > self.today]

    @property
    def is_outdated(self) -> bool:
        """Whether dates were sent of a cycle that has opened since the page was, or was planned anew by somebody else."""
        return any(name.endswith(("-opens_on", "-due_on")) and name not in self.fields for name in self.data)

    def years(self) -> dict[int, list[tuple[CycleDates, BoundField | None, BoundField | None]]]:
        """Return each academic year's cycles with their fields; without fields where the cycle has opened."""
        found: dict[int, list[tuple[CycleDates, BoundField | None, BoundField | None]]] = {}
        for cycle in self.cycles:
            names = (f"{cycle.pk}-opens_on", f"{cycle.pk}-due_on")
            opens, due = (self[name] if name in self.fields else None for name in names)
            found.setdefault(cycle.academic_year, []).append((cycle, opens, due))
        return found


def _day(label: str) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput())
