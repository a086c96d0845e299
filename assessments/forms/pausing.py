"""Why a review waits or is on hold."""

from typing import Any

from django import forms

from assessments.models import Review


class PauseForm(forms.Form):
    """The two kinds of pause, with a reason from the list and in words."""

    status = forms.ChoiceField(
        label="What is it?",
        choices=[
            (Review.Status.WAITING, "Waiting: something is still to come, and the review goes on then"),
            (Review.Status.ON_HOLD, "On hold: it cannot go on for now"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose “Waiting” or “On hold”."},
    )
    because = forms.ChoiceField(
        label="Why?", choices=[("", "Choose one"), *Review.WhyPaused.choices], error_messages={"required": "Choose the reason."}
    )
    words = forms.CharField(
        label="In a few words",
        help_text="For example: meeting on 1 December. Needed for “Another reason”.",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        if values.get("because") == Review.WhyPaused.OTHER and not values.get("words"):
            self.add_error("words", "Write the reason in a few words.")
        return values
