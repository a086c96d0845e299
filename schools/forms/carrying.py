"""A form that carries, signed, the values that it showed, so that the changes of two people can be put together."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Any, cast

from django import forms
from django.core import signing
from django.db.models import Model
from django.http import QueryDict
from django.utils import timezone

from schools.models import User

SALT = "schools.carrying"


def as_text(value: Any) -> str:
    """Write a value as its field would be sent."""
    return str(value.pk) if isinstance(value, Model) else str(value)


class CarryingForm(forms.Form):
    """`opened` is what the page showed; where it is torn, nothing is known to be unchanged and every difference is asked about."""

    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    def show(self, values: Mapping[str, Any]) -> None:
        """Fill the form for its first sight."""
        self.initial = {**values, "opened": _carry(values)}

    @property
    def values(self) -> dict[str, Any]:
        """What was typed."""
        return {name: value for name, value in self.cleaned_data.items() if name != "opened"}

    @property
    def base(self) -> dict[str, Any]:
        """What the page showed when it was opened."""
        found = {}
        for name, text in _carried(self.data.get("opened", "")).items():
            with suppress(forms.ValidationError, KeyError):
                found[name] = self.fields[name].clean(text)
        return found

    def ask(self, *, theirs: Mapping[str, Any], clashes: Iterable[str], by: User | None, at: datetime | None) -> None:
        """Say at each field that both changed what it is now. What only others changed is taken over; saving again keeps the rest."""
        typed, base = self.values, self.base
        data = cast(QueryDict, self.data).copy()
        for name, value in typed.items():
            if name in clashes:
                self.add_error(name, self._words(name, theirs[name], by, at))
            elif base.get(name) == value:
                data[name] = as_text(theirs[name])
        data["opened"] = _carry(theirs)
        self.data = data

    def _words(self, name: str, value: Any, by: User | None, at: datetime | None) -> str:
        who = by or "Somebody"
        when = f" at {timezone.localtime(at):%H:%M}" if at else ""
        return f"{who} changed this to “{self._shown(name, value)}”{when}, after you opened the page. Save again to keep yours."

    def _shown(self, name: str, value: Any) -> str:
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, date):
            return f"{value:%-d %B %Y}"
        labels = dict(getattr(self.fields[name], "choices", ())) if not isinstance(value, Model) else {}
        return str(labels.get(value, value)) or "nothing"


def _carry(values: Mapping[str, Any]) -> str:
    return signing.dumps({name: as_text(value) for name, value in values.items()}, salt=SALT, compress=True)


def _carried(text: str) -> dict[str, str]:
    try:
        return signing.loads(text, salt=SALT)
    except signing.BadSignature:
        return {}
