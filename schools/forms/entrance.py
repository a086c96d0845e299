"""The forms of the door. Those of django-allauth keep their checks and limits; only their words are ours."""

from typing import Any

from allauth.account.forms import LoginForm, ResetPasswordForm, ResetPasswordKeyForm
from django import forms

from schools.sessions import Device

PASSWORD_HINT = "At least 12 characters. Three words that do not belong together are easy to remember."  # noqa: S105 - a hint


def plain(field: forms.Field, label: str, hint: str = "", **attributes: str) -> None:
    """Give a field its words; a placeholder is no label."""
    field.label, field.help_text = label, hint
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attributes)


class SignInForm(LoginForm):
    """E-mail and password. Pasting and password managers are welcome."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self.fields["login"], "School e-mail", autocomplete="username", spellcheck="false")
        plain(self.fields["password"], "Password", "You can paste it, or let your password manager fill it in.")


class ForgottenPasswordForm(ResetPasswordForm):
    """Asks for a link. The answer is the same whether the address is known or not."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self.fields["email"], "School e-mail", autocomplete="username", spellcheck="false")


class NewPasswordForm(ResetPasswordKeyForm):
    """Asks for the new password, once: pasting and showing are better than typing it twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        plain(self.fields["password1"], "New password", PASSWORD_HINT)


class DeviceForm(forms.Form):
    """The one question after sign-in."""

    device = forms.ChoiceField(
        label="Do other people use this device?",
        choices=[(Device.SHARED, "Yes, or I am not sure"), (Device.OWN, "No, only me")],
        widget=forms.RadioSelect,
        help_text="On a shared device we sign you out sooner.",
    )
