"""Who meets the pupil, from when, until when. Only people of this school can be chosen."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from pupils.forms.fields import DayInput
from pupils.models import KeyWorker
from schools.models import User


class StaffChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return obj.name or obj.email


class AssignForm(forms.Form):
    user = StaffChoice(queryset=None, label="Who", empty_label="Choose one")
    starts_on = forms.DateField(label="From", widget=DayInput())
    cover_until = forms.DateField(
        label="Only as cover, until",
        required=False,
        widget=DayInput(),
        help_text="For somebody who stands in. Leave it empty for a key worker who stays.",
    )

    def __init__(self, *args: Any, staff: "QuerySet[User]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = staff  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        starts_on, cover_until = cleaned.get("starts_on"), cleaned.get("cover_until")
        if starts_on and cover_until and cover_until < starts_on:
            self.add_error("cover_until", "The cover ends before it begins.")
        return cleaned


class EndForm(forms.Form):
    """One assignment of this pupil, and its last day."""

    assignment: forms.ModelChoiceField = forms.ModelChoiceField(queryset=None, widget=forms.HiddenInput)
    ends_on = forms.DateField(label="Last day", widget=DayInput(), help_text="Access to the pupil’s pages ends after this day.")

    def __init__(self, *args: Any, assignments: "QuerySet[KeyWorker]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignment"].queryset = assignments  # type: ignore[attr-defined]
