"""A whole review as a page: one small form for each target, one for what pupil and parents say.

`opened` holds, signed, what the page showed, so that two people's work can be merged; a torn one means that every
difference is asked about.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils import timezone

from assessments import drafts
from assessments.drafts import Value
from assessments.forms.opened import seal, seal_mine, unseal
from assessments.models import Judgement, Review
from assessments.services import Line
from pupils.forms.fields import CountedField, DayInput
from pupils.forms.merging import as_text
from schools.merge import Merge
from targets.forms.targets import StepField
from targets.models import NotSeen, Step, WhyEnded


class JudgementForm(forms.Form):
    """What is decided for one target."""

    step = StepField(label="Step now", unseen=True, required=False)
    not_seen = forms.ChoiceField(label="If not seen, why?", choices=[("", "Choose one"), *NotSeen.choices], required=False)
    next = forms.ChoiceField(
        label="What happens next?",
        choices=[("", "As usual: keep, or close at “Done it”"), *Judgement.Next.choices],
        required=False,
    )
    note = CountedField(label="Note", help_text="One line for the record. The letter does not print it.", most=200)
    next_wording = CountedField(label="Changed to, in the pupil’s words", most=160)
    next_aim = forms.TypedChoiceField(
        label="Next aim", choices=[("", "One step up"), *Step.choices], coerce=int, empty_value=None, required=False
    )
    reason = forms.ChoiceField(label="Why it changes or ends", choices=[("", "Choose one"), *WhyEnded.choices], required=False)

    def __init__(self, data: Any, *, line: Line, initial: Mapping[str, Value]) -> None:
        super().__init__(data, prefix=f"t{line.target.pk}", initial=dict(initial))
        self.line = line

    @property
    def needs_more(self) -> bool:
        """The next action asks for words, an aim or a reason, so the page shows their fields at once."""
        return self["next"].value() not in ("", None, Judgement.Next.KEEP) or any(self[name].errors for name in ("next_wording", "reason"))


class ParentsForm(forms.Form):
    """What the parents say, and when they were met."""

    parents_view = CountedField(label="What the parents say", most=300, widget=forms.Textarea(attrs={"rows": 3}))
    parents_met_on = forms.DateField(label="Parents met on", widget=DayInput(), required=False)

    def clean_parents_met_on(self) -> Any:
        met_on = self.cleaned_data["parents_met_on"]
        if met_on and met_on > timezone.localdate():
            raise forms.ValidationError("Enter the day of the meeting once it has taken place.")
        return met_on


class ViewsForm(ParentsForm):
    """What the pupil and the parents say."""

    field_order = drafts.VIEWS
    pupil_view_state = forms.ChoiceField(
        label="Has the pupil said how it is going?", choices=Review.PupilView.choices, widget=forms.RadioSelect, required=False
    )
    pupil_view = CountedField(label="In the pupil’s words", most=300, widget=forms.Textarea(attrs={"rows": 3}))


class ReviewForm:
    """All forms of one review's page, read and written as one flat set of values."""

    def __init__(self, data: Any, *, lines: list[Line], values: Mapping[str, Value]) -> None:
        self.data = data or {}
        self.views = ViewsForm(data, initial={name: values[name] for name in drafts.VIEWS})
        self.judgements = [JudgementForm(data, line=line, initial=drafts.of_target(line.target.pk, values)) for line in lines]
        self.opened = data["opened"] if data and "opened" in data else seal(values)
        self.asked = self.data.get("asked", "")  # after a clash: what was typed then, so that what is not kept can be set aside

    @classmethod
    def reopened(cls, *, lines: list[Line], theirs: Mapping[str, Value], merged: Merge) -> "ReviewForm":
        """The form after a clash: everything that came together, and what was typed where both changed a field.

        Saving it again is a decision made in sight of both, so it now counts as seen what others wrote.
        """
        typed = {**merged.values, **{clash.name: clash.mine for clash in merged.clashes}}
        data = {name: as_text(value) for name, value in typed.items()}
        return cls(data | {"opened": seal(theirs), "asked": seal_mine(merged)}, lines=lines, values=theirs)

    @property
    def parts(self) -> list[forms.Form]:
        return [*self.judgements, self.views]

    def __iter__(self) -> Iterator[forms.BoundField]:
        return (field for form in self.parts for field in form)

    def is_valid(self) -> bool:
        return not any(form.errors for form in self.parts)

    @property
    def errors(self) -> dict[str, Any]:
        return {form.add_prefix(name): words for form in self.parts for name, words in form.errors.items()}

    def non_field_errors(self) -> list[str]:
        return []

    @property
    def values(self) -> dict[str, Value]:
        """What was typed. A target that is new since the page was opened is left alone, and of a closed one the note counts."""
        typed: dict[str, Value] = {**self.views.cleaned_data}
        for form in self.judgements:
            names = ("note",) if form.line.is_closed else drafts.OF_A_TARGET
            if form.add_prefix("note") in self.data:
                typed |= {form.add_prefix(name): form.cleaned_data[name] for name in names}
        return typed

    @property
    def closed_meanwhile(self) -> list[Line]:
        """Targets that somebody closed while the page was open: their closing step stands."""
        return [form.line for form in self.judgements if form.line.is_closed and form.add_prefix("next") in self.data]

    @property
    def base(self) -> dict[str, Value]:
        """What the page showed when it was opened."""
        return unseal(self.data.get("opened", ""), self._fields)

    @property
    def unchosen(self) -> list[tuple[str, Value]]:
        """What was not chosen of the two values that a clash showed."""
        return drafts.not_chosen(unseal(self.asked, self._fields), self.base, self.values)

    @property
    def _fields(self) -> dict[str, forms.Field]:
        return {field.html_name: field.field for field in self}

    def label(self, name: str) -> str:
        """A field in words: "I ask for help: step now"."""
        field = next(field for field in self if field.html_name == name)
        line = getattr(field.form, "line", None)
        return f"{line.target.wording}: {field.label}" if line else str(field.label)

    def words(self, name: str, value: object) -> str:
        """A field's value as the page would say it."""
        field = next(field for field in self if field.html_name == name)
        choices = {str(key): words for key, words in getattr(field.field, "choices", ())}
        return str(choices.get("" if value is None else str(value), value) or "(nothing)")
