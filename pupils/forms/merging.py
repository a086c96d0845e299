"""A form that remembers what its reader saw, so that two people's changes can be put together."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self, cast

from django import forms
from django.core import signing
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.http import QueryDict

from pupils.services.merging import CannotMerge

SALT = "pupils.opened"
NOTHING = "(nothing)"


class _Packing(signing.JSONSerializer):
    def dumps(self, obj: Any) -> bytes:
        return DjangoJSONEncoder(separators=(",", ":")).encode(obj).encode()


@dataclass(frozen=True)
class Choice:
    """One field that both changed, in words: what it was, what it is now, what was typed. `name` is that of the radios."""

    name: str
    label: str
    before: str
    theirs: str
    mine: str
    error: str


class MergingForm(forms.ModelForm):
    """`opened` holds, signed, the values that the page showed; a torn one means that every difference is asked about.

    After a clash the form holds both sides: what was typed in its fields, what others wrote in `opened`, and the names of
    the fields in question in `clash`. The answer comes as keep-<field>: mine or theirs; nothing is chosen beforehand.
    """

    opened = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, instance: models.Model, is_first_ask: bool = False) -> None:
        seen = {name: getattr(instance, name) for name in self._meta.fields or ()}
        super().__init__(data, instance=instance, initial={"opened": seal(seen)})
        self.base: dict[str, object] = {}
        self.before: dict[str, object] = {}
        self.set_aside: dict[str, object] = {}
        self.clashing: list[str] = []
        self.unanswered: list[str] = []
        self.is_first_ask = is_first_ask
        if data is not None:
            self._read_opened()
            self._take_answers()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._meta.fields or ())

    @property
    def _sent(self) -> QueryDict:
        return cast(QueryDict, self.data)

    @property
    def values(self) -> dict[str, object]:
        """What is to be saved."""
        return {name: self.cleaned_data[name] for name in self.names}

    @property
    def is_asking(self) -> bool:
        """Whether a person must still choose; the page then shows both sides in place of the fields."""
        return bool(self.unanswered)

    @classmethod
    def reopened(cls, cannot: CannotMerge) -> Self:
        """The form again, with everything that came together and, for each clash, both sides."""
        clashes = cannot.merged.clashes
        typed = cannot.merged.values | {clash.name: clash.mine for clash in clashes}
        data = QueryDict(mutable=True)
        data.update({name: as_text(value) for name, value in typed.items()})
        theirs = {name: getattr(cannot.row, name) for name in typed}
        data["opened"] = seal(theirs, {clash.name: clash.before for clash in clashes})
        data.setlist("clash", [clash.name for clash in clashes])
        return cls(data, instance=cannot.row, is_first_ask=bool(clashes))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.unanswered and not self.is_first_ask:
            raise forms.ValidationError("Choose which one to keep, for each part that both of you changed.")
        return cleaned

    def choices(self) -> list[Choice]:
        """The fields that clash, in words."""
        return [
            Choice(
                f"keep-{name}",
                label=str(self.fields[name].label),
                before=self._words(name, self.before.get(name)),
                theirs=self._words(name, self.base.get(name)),
                mine=self._words(name, self._value(name)),
                error="Choose one." if name in self.unanswered and not self.is_first_ask else "",
            )
            for name in self.clashing
        ]

    def carried(self) -> list[tuple[str, str]]:
        """Everything that the page must send again beside the answers."""
        pairs = [(name, value) for name in (*self.names, "opened", "clash") for value in self._sent.getlist(name)]
        return [(name, value) for name, value in pairs if value]

    def _read_opened(self) -> None:
        """Read back what the page showed. Values are turned into Python by their own fields."""
        try:
            opened = signing.loads(self.data.get("opened", ""), salt=SALT, serializer=_Packing)
        except signing.BadSignature:
            return
        for found, kept in ((opened["now"], self.base), (opened["before"], self.before)):
            kept.update({name: self.fields[name].to_python(value) for name, value in found.items() if name in self.fields})

    def _take_answers(self) -> None:
        """Put the chosen side into the field. What was typed and not chosen is set aside, never dropped unseen."""
        self.clashing = [name for name in self._sent.getlist("clash") if name in self.names and name in self.base]
        chosen = self._sent.copy()
        for name in self.clashing:
            answer = self.data.get(f"keep-{name}")
            if answer == "theirs":
                self.set_aside[name] = self._value(name)
                chosen[name] = as_text(self.base[name])
            elif answer != "mine":
                self.unanswered.append(name)
        if not self.unanswered:
            self.data = chosen

    def _value(self, name: str) -> object:
        field = self.fields[name]
        raw = field.widget.value_from_datadict(self.data, self.files, name)
        try:
            return field.clean(raw)
        except forms.ValidationError:
            return raw

    def _words(self, name: str, value: object) -> str:
        if isinstance(value, bool):
            return "Yes" if value else "No"
        words = dict(getattr(self.fields[name], "choices", ())).get(value, value)
        return f"{words:%-d %B %Y}" if hasattr(words, "strftime") else str(words or NOTHING)


def seal(now: Mapping[str, object], before: Mapping[str, object] | None = None) -> str:
    """Sign what a page shows, so that it comes back as it was."""
    return signing.dumps({"now": now, "before": before or {}}, salt=SALT, serializer=_Packing, compress=True)


def as_text(value: object) -> str:
    """A value as a form field sends it."""
    if value is True:
        return "on"
    return "" if value is None or value is False else str(value)
