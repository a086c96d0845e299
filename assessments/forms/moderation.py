"""What people type in moderation: a round, the words of a sample, and a mark."""

from typing import Any

from django import forms

from assessments.models import ModerationSample
from assessments.models.moderation import LONGEST_EVIDENCE, MOST_SAMPLES
from pupils.forms.fields import DayInput
from targets.forms.targets import StepField

USUAL_SAMPLES = 6


class RoundForm(forms.Form):
    """A round of the partnership."""

    name = forms.CharField(label="Name of the round", max_length=60, help_text="As the schools will see it: “Spring 2027”.")
    samples = forms.IntegerField(
        label="Samples from each school",
        min_value=1,
        max_value=MOST_SAMPLES,
        initial=USUAL_SAMPLES,
        help_text="Six take half an hour.",
    )
    closes_on = forms.DateField(label="Open until", widget=DayInput(), error_messages={"required": "Enter the last day."})


class SampleForm(forms.Form):
    """The words that leave the school. They may be changed until no name is left in them."""

    wording = forms.CharField(label="The target", max_length=160, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    evidence = forms.CharField(
        label="What was seen", max_length=LONGEST_EVIDENCE, required=False, widget=forms.Textarea(attrs={"rows": 8}),
        help_text="No names of pupils, adults, places or the school, and no dates.",
    )  # fmt: skip

    def __init__(self, data: Any, *, sample: ModerationSample) -> None:
        super().__init__(data, initial={"wording": sample.wording, "evidence": sample.evidence})


class MarkForm(forms.Form):
    """The step that a marker sees in the words, and what the descriptor should say instead."""

    step = StepField(label="Which step do these words show?", error_messages={"required": "Choose a step."})
    note = forms.CharField(
        label="What should the descriptors say instead?", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Only where they left you in doubt. The lead reads it as a proposal for the target language.",
    )  # fmt: skip
