"""Hard outcomes as they are typed: a new measure, a file of values, the values of one pupil."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from assessments.forms.opened import seal, unseal
from assessments.outcomes.files import Measure
from assessments.outcomes.values import Kind, read_value
from pupils.forms.imports import UploadForm
from pupils.importing.cells import CellProblem, tidy

_HINTS = {
    Kind.ATTENDANCE: "A percentage from 0 to 100.",
    Kind.BEHAVIOUR: "A whole number, as your school counts.",
    Kind.ATTAINMENT: "As your school writes it: a grade, a scaled score, a reading age.",
}


class MeasureForm(forms.Form):
    """One more outcome to look at beside the steps."""

    kind = forms.ChoiceField(
        label="What is it about?", choices=[(kind.value, kind.value.title()) for kind in Kind], widget=forms.RadioSelect
    )
    name = forms.CharField(
        label="Name", max_length=30, help_text="As the column of your file is called, such as “Behaviour points” or “Reading age”."
    )

    def clean_name(self) -> str:
        return tidy(self.cleaned_data["name"])


class OutcomeFileForm(UploadForm):
    """A file with the outcomes of one cycle."""

    def __init__(self, data: Any = None, files: Any = None, *, is_cut_off: bool = False) -> None:
        super().__init__(data, files, is_cut_off=is_cut_off)
        self.fields["file"].label = "File of outcomes"
        self.fields["file"].help_text = "A table (.csv or .xlsx) with a column for each measure, or a CTF (.xml) with attendance."


class OutcomesForm(forms.Form):
    """What each measure says of one pupil in one cycle."""

    def __init__(self, data: Any, *, measures: Sequence[Measure], values: Mapping[int, str]) -> None:
        super().__init__(data)
        self.measures = {f"m{measure.id}": measure for measure in measures}
        for name, measure in self.measures.items():
            initial = values.get(measure.id, "")
            hint = _HINTS[Kind(measure.kind)]
            self.fields[name] = forms.CharField(label=measure.name, required=False, max_length=20, initial=initial, help_text=hint)
        self.opened = (
            data["opened"] if data and "opened" in data else seal({name: values.get(each.id, "") for name, each in self.measures.items()})
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, measure in self.measures.items():
            try:
                cleaned[name] = read_value(measure.kind, cleaned.get(name, ""))
            except CellProblem as problem:
                self.add_error(name, str(problem))
        return cleaned

    @property
    def values(self) -> dict[int, str]:
        return {measure.id: self.cleaned_data[name] for name, measure in self.measures.items()}

    @property
    def base(self) -> dict[int, str]:
        """What the page showed when it was opened; of a torn seal nothing, so that every difference is asked about."""
        shown = unseal(self.data.get("opened", ""), self.fields)
        return {self.measures[name].id: str(value) for name, value in shown.items()}
