"""Invitations, end dates, and the account of an invited person."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.db.models import QuerySet

from schools.forms.entrance import PASSWORD_HINT
from schools.models import Role, School, User


class DayInput(forms.DateInput):
    """A day as the browser picks it; without a picker it is typed as 2027-07-23."""

    input_type = "date"

    def __init__(self, **options: Any) -> None:
        super().__init__(format="%Y-%m-%d", **options)


class InviteForm(forms.Form):
    """Whom, as what, and until when."""

    email = forms.EmailField(
        label="Their school e-mail",
        help_text="The invitation works for this address alone.",
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    role = forms.ChoiceField(label="Role", widget=forms.RadioSelect)
    ends_on = forms.DateField(
        label="Last day",
        required=False,
        widget=DayInput(),
        help_text="For somebody who comes for a time. The role ends by itself after this day.",
    )

    def __init__(self, *args: Any, granting: frozenset[str], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["role"].choices = [(role, label) for role, label in Role.choices if role in granting]  # type: ignore[attr-defined]

    def clean_ends_on(self) -> date | None:
        return not_past(self.cleaned_data["ends_on"], self.today)


class InviteHeadForm(forms.Form):
    """The lead invites heads, and nobody else."""

    school = forms.ModelChoiceField(queryset=School.objects.none(), to_field_name="slug", label="School", empty_label="Choose a school")
    email = InviteForm.base_fields["email"]

    def __init__(self, *args: Any, schools: QuerySet[School], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].queryset = schools  # type: ignore[attr-defined]


class EndDateForm(forms.Form):
    """The last day of a role; empty for no end."""

    ends_on = forms.DateField(label="Last day", required=False, widget=DayInput(), help_text="Leave it empty for a role without an end.")


class AccountForm(forms.Form):
    """What an invited person chooses."""

    name = forms.CharField(
        label="Your name",
        max_length=120,
        help_text="As colleagues know you, for example Amira Khan.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label="Password", strip=False, help_text=PASSWORD_HINT, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if "password" in given:
            try:
                validate_password(given["password"], User(email=self.email, name=given.get("name", "")))
            except forms.ValidationError as refused:
                self.add_error("password", refused)
        return given


def not_past(day: date | None, today: date) -> date | None:
    if day and day < today:
        raise forms.ValidationError("This day is in the past.")
    return day
