"""Choosing a PIN and entering it."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator

RUNS = "01234567890", "09876543210"


class PinField(forms.CharField):
    """Four to six digits."""

    default_validators = [RegexValidator(r"^[0-9]{4,6}$", "A PIN has 4 to 6 digits and nothing else.")]

    def __init__(self, label: str, hint: str = "", *, required: bool = True) -> None:
        look = {"inputmode": "numeric", "autocomplete": "off", "class": "pin"}
        super().__init__(label=label, help_text=hint, required=required, widget=forms.PasswordInput(attrs=look))
        self.error_messages["required"] = "Enter the PIN."


class NewPinField(PinField):
    """Four to six digits that a pupil does not try first."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and (len({*value}) == 1 or any(value in run for run in RUNS)):
            raise forms.ValidationError("That is the first thing that anybody would try. Choose other digits.")


class PinForm(forms.Form):
    """Take the device back."""

    pin = PinField("Your PIN")
