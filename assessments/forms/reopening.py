"""Why a completed review is opened again."""

from django import forms


class ReopenForm(forms.Form):
    """The reason stays with the review."""

    because = forms.CharField(
        label="Why is it opened again?",
        help_text="For example: the step of the second target was typed wrongly. No names of other children.",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Say why the review is opened again."},
    )
