"""What people type about targets, checked before a service sees it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet

from pupils.forms.fields import DayInput
from targets.models import NotSeen, Step, Strand, Target, WhyEnded
from targets.services.targets import Closing, Wish

UNSEEN = "x"


def step_from(value: str) -> int | str:
    return value if value == UNSEEN else int(value)


class StepField(forms.TypedChoiceField):
    """A step from 0 to 4, drawn as tiles; with `unseen` also "not seen", which is x."""

    widget = forms.RadioSelect

    def __init__(self, *, unseen: bool = False, **options: Any) -> None:
        tiles = [*((str(value), words) for value, words in Step.choices), *([(UNSEEN, "Not seen")] if unseen else [])]
        super().__init__(choices=tiles, coerce=step_from, empty_value=None, **options)


class ClosingForm(forms.Form):
    """How a target ends: a step or not seen, and below the aim a reason."""

    step = StepField(label="Which step do you see now?", unseen=True, error_messages={"required": "Choose a step, or “Not seen”."})
    not_seen = forms.ChoiceField(label="If not seen, why?", choices=[("", "Choose one"), *NotSeen.choices], required=False)
    reason = forms.ChoiceField(
        label="Why does it end?",
        help_text="Needed where the aim is not reached yet.",
        choices=[("", "Choose one"), *WhyEnded.choices],
        required=False,
    )

    def closing(self) -> Closing:
        step, values = self.cleaned_data["step"], self.cleaned_data
        if step == UNSEEN:
            return Closing(not_seen=values["not_seen"] or NotSeen.NO_OPPORTUNITY, reason=values["reason"])
        return Closing(step=step, reason=values["reason"])


class TargetForm(forms.Form):
    """A personal target: one thing, in the pupil's own words, from a start to an aim."""

    strand = forms.ModelChoiceField(
        queryset=Strand.objects.none(), widget=forms.RadioSelect, empty_label=None, error_messages={"required": "Choose a strand."}
    )
    wording = forms.CharField(
        label="The target in the pupil’s words",
        help_text="One thing, said as “I …”. Up to 15 words are easy to remember.",
        max_length=160,
        error_messages={"required": "Write the target as the pupil says it."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    how_we_will_know = forms.CharField(
        label="How will we know?",
        help_text="What somebody would see or hear when it is done.",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    start = StepField(label="Which step is it today?", error_messages={"required": "Choose the step of today."})
    aim = StepField(label="Which step is the aim?", error_messages={"required": "Choose the aim."})
    review_on = forms.DateField(
        label="Review date",
        widget=DayInput(),
        help_text="The review in which it will be judged. Change it only for a good reason.",
        error_messages={"required": "Enter the review date.", "invalid": "Enter a date that exists."},
    )
    chosen_by_pupil = forms.ChoiceField(
        label="Did the pupil choose this?", choices=Target.Chosen.choices, widget=forms.RadioSelect, initial=Target.Chosen.WITH_HELP
    )

    def __init__(self, *args: Any, strands: QuerySet[Strand], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["strand"].queryset = strands  # type: ignore[attr-defined]

    def wish(self) -> Wish:
        names = ("strand", "wording", "how_we_will_know", "start", "aim", "review_on", "chosen_by_pupil")
        return Wish(**{name: self.cleaned_data[name] for name in names})

    def room(self) -> dict[str, Any]:
        """What closes to make room: nothing, where a slot is free."""
        return {}


class SixthTargetForm(TargetForm, ClosingForm):
    """The same for a pupil with five active targets: one of them closes in the same step."""

    field_order = (*TargetForm.base_fields, "instead_of", *ClosingForm.base_fields)

    instead_of = forms.ChoiceField(
        label="Which target closes?",
        widget=forms.RadioSelect,
        error_messages={"required": "Five targets are the most. Choose the one that closes."},
    )

    def __init__(self, *args: Any, active: Iterable[Target], **options: Any) -> None:
        super().__init__(*args, **options)
        self.active = {str(target.public_id): target for target in active}
        self.fields["instead_of"].choices = [(key, target.wording) for key, target in self.active.items()]  # type: ignore[attr-defined]

    def room(self) -> dict[str, Any]:
        return {"instead_of": self.active[self.cleaned_data["instead_of"]], "closing": self.closing()}
