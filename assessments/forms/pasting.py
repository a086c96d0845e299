"""A paste out of a spreadsheet, and the answers to what it leaves open."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from assessments.drafts import NOT_SEEN, Value
from assessments.filling.clipboard import UnclearQuotes, rows_of
from assessments.filling.pasting import MOST_LETTERS
from pupils.models import Pupil
from targets.models import Step

NOBODY: Mapping[int, int] = {}


class PasteForm(forms.Form):
    text = forms.CharField(
        label="Rows from your spreadsheet",
        help_text="Copy the cells there and paste them here: This term, Next and Note, with a column of names in front if you like.",
        max_length=MOST_LETTERS,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "autocomplete": "off"}),
        error_messages={"required": "Paste the rows first."},
    )

    def clean_text(self) -> str:
        """Refuse the whole paste where it cannot be seen which cells belong together."""
        text = self.cleaned_data["text"]
        try:
            rows_of(text)
        except UnclearQuotes as unclear:
            raise forms.ValidationError(str(unclear)) from None
        return text


class QuestionsForm(forms.Form):
    """Whom a name means, row by row, and what a school's own words mean. Nothing has to be answered."""

    def __init__(
        self,
        data: Any,
        *,
        asked: Sequence[tuple[int, str, Sequence[Pupil]]],
        words: Sequence[str],
        ladder: Sequence[str],
        chosen: Mapping[int, int] = NOBODY,
    ) -> None:
        super().__init__(data, initial={f"who-{number}": str(pupil) for number, pupil in chosen.items()})
        self.words = {f"word-{number}": word for number, word in enumerate(words)}
        for number, name, pupils in asked:
            options = [("", "Leave this row out"), *((str(pupil.pk), _told_apart(pupil)) for pupil in pupils)]
            self.fields[f"who-{number}"] = forms.ChoiceField(label=f"Row {number}: who is “{name}”?", choices=options, required=False)
        meanings = [("", "Leave it out"), *((str(step.value), ladder[step.value]) for step in Step), (NOT_SEEN, "Not seen")]
        for field, word in self.words.items():
            self.fields[field] = forms.ChoiceField(label=f"What does “{word}” mean here?", choices=meanings, required=False)

    @property
    def chosen(self) -> dict[int, int]:
        """The row's number → the pupil."""
        answers = {name.removeprefix("who-"): value for name, value in self.cleaned_data.items() if name.startswith("who-") and value}
        return {int(number): int(value) for number, value in answers.items()}

    @property
    def meant(self) -> dict[str, Value]:
        answers = {word: self.cleaned_data.get(field) for field, word in self.words.items()}
        return {word: value if value == NOT_SEEN else int(value) for word, value in answers.items() if value}


def _told_apart(pupil: Pupil) -> str:
    """Two pupils of one name are told apart by what only one of them is."""
    return f"{pupil.full_name}, {pupil.registration_group or 'no class'}, born {pupil.date_of_birth:%-d %B %Y}"
