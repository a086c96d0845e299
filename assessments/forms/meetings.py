"""What is typed in a meeting with parents: what they say, and one thing that was agreed."""

from collections.abc import Mapping
from typing import Any

from django import forms

from assessments.drafts import Value, not_chosen
from assessments.forms.opened import seal, seal_mine, unseal
from assessments.forms.reviews import ParentsForm
from assessments.models import Review
from assessments.services.meetings import Agreement
from pupils.forms.fields import CountedField, DayInput
from pupils.forms.merging import as_text
from schools.merge import Merge

OF_PARENTS = tuple(ParentsForm.base_fields)


class MeetingForm(ParentsForm):
    """One form for the whole page, so that whichever button is pressed nothing typed is lost."""

    what = CountedField(label="What will be done", most=120)
    who = CountedField(label="Who does it", most=40)
    due_on = forms.DateField(label="Until", widget=DayInput(), required=False)
    take_back = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, review: Review) -> None:
        shown: dict[str, Value] = {name: getattr(review, name) for name in OF_PARENTS}
        super().__init__(data, initial=shown)
        self.opened = data["opened"] if data and "opened" in data else seal(shown)
        self.asked = self.data.get("asked", "")

    @classmethod
    def reopened(cls, *, review: Review, typed: Mapping[str, Any], merged: Merge) -> "MeetingForm":
        """The form after a clash: what came together, what was typed where both changed a field, and the action as typed."""
        both = {**merged.values, **{clash.name: clash.mine for clash in merged.clashes}}
        theirs: dict[str, Value] = {name: getattr(review, name) for name in OF_PARENTS}
        action = {name: typed[name] for name in ("what", "who", "due_on")}
        return cls(
            {name: as_text(value) for name, value in (action | both).items()} | {"opened": seal(theirs), "asked": seal_mine(merged)},
            review=review,
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("what") and not cleaned.get("who") and "who" not in self.errors:
            self.add_error("who", "Say who does it.")
        if not cleaned.get("what") and (cleaned.get("who") or cleaned.get("due_on")) and "what" not in self.errors:
            self.add_error("what", "Say what will be done.")
        return cleaned

    @property
    def base(self) -> dict[str, Value]:
        """What the page showed when it was opened."""
        return unseal(self.data.get("opened", ""), self.fields)

    @property
    def unchosen(self) -> list[tuple[str, Value]]:
        """What was not chosen of the two values that a clash showed."""
        return not_chosen(unseal(self.asked, self.fields), self.base, self.values)

    @property
    def values(self) -> dict[str, Value]:
        return {name: self.cleaned_data[name] for name in OF_PARENTS}

    @property
    def agreed(self) -> Agreement | None:
        typed = self.cleaned_data
        return Agreement(typed["what"], typed["who"], typed["due_on"]) if typed["what"] else None
