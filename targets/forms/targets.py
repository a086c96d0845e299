"""What people type about targets, checked before a service sees it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from pupils.forms.fields import DayInput
from targets.choices import Choice, Choices, by_strand, key_of
from targets.models import NotSeen, Step, Target, WhyEnded
from targets.services.targets import Closing, Room, Wish

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
    """One thing to work towards, in the pupil's own words, from a start to an aim.

    `looked_at` says whose steps the page showed: a start chosen from the steps of one skill is none of another's.
    """

    looked_at = forms.CharField(widget=forms.HiddenInput, required=False)
    about = forms.ChoiceField(
        label="What is it about?",
        error_messages={
            "required": "Choose what it is about.",
            "invalid_choice": "This is not in the target language now. Choose something else.",
        },
    )
    subject = forms.CharField(label="Subject", max_length=40, error_messages={"required": "Write the subject."})
    start = StepField(label="Today", error_messages={"required": "Choose the step of today."})
    aim = StepField(label="Aim", error_messages={"required": "Choose the aim."})
    wording = forms.CharField(
        label="The target in the pupil’s words",
        help_text="One thing, said as “I …”.",
        max_length=160,
        error_messages={"required": "Write the target as the pupil says it."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "suggested"}),
    )
    how_we_will_know = forms.CharField(
        label="How will we know?",
        help_text="What somebody would see or hear when it is done.",
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    chosen_by_pupil = forms.ChoiceField(
        label="Did the pupil choose this?", choices=Target.Chosen.choices, widget=forms.RadioSelect, initial=Target.Chosen.WITH_HELP
    )
    review_on = forms.DateField(
        label="Review date",
        widget=DayInput(),
        help_text="The review in which it will be judged. Change it only for a good reason.",
        error_messages={"required": "Enter the review date.", "invalid": "Enter a date that exists."},
    )

    def __init__(self, *args: Any, choices: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.choices = choices
        grouped = [(name, [(each.key, each.option) for each in found]) for name, found in by_strand(choices).items()]
        self.fields["about"].choices = grouped  # type: ignore[attr-defined]
        self.fields["subject"].required = self.chosen is not None and self.chosen.is_academic

    @property
    def chosen(self) -> Choice | None:
        """What the target is about so far."""
        return self.choices.get(self["about"].value() or "")

    @property
    def has_moved_on(self) -> bool:
        """Something else was chosen than what the page showed the steps of."""
        return self["looked_at"].value() != self["about"].value() and self.chosen is not None

    @property
    def steps(self) -> list[BoundField]:
        """The two columns of the ladder."""
        return [self["start"], self["aim"]]

    def wish(self) -> Wish:
        chosen = self.choices[self.cleaned_data["about"]]
        names = ("wording", "how_we_will_know", "start", "aim", "review_on", "chosen_by_pupil")
        subject = self.cleaned_data["subject"] if chosen.is_academic else ""
        return Wish(**{name: self.cleaned_data[name] for name in names}, strand=chosen.strand, skill=chosen.skill, subject=subject)

    def room(self) -> Room | None:
        """What closes to make room: nothing, where a slot is free."""
        return None


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

    def room(self) -> Room:
        return Room(self.active[self.cleaned_data["instead_of"]], self.closing())


class DeclineForm(forms.Form):
    """Why a proposal is declined."""

    because = forms.CharField(
        label="Why not?",
        help_text="A short reason. Whoever proposed the target reads it.",
        max_length=200,
        error_messages={"required": "Say in a few words why not. Whoever proposed the target reads it."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def values_of(proposal: Target) -> dict[str, Any]:
    """A proposal as the form shows it."""
    names = ("subject", "start", "aim", "wording", "how_we_will_know", "chosen_by_pupil", "review_on")
    return {name: getattr(proposal, name) for name in names} | {"about": key_of(proposal), "looked_at": key_of(proposal)}
