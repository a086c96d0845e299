"""A paste out of a spreadsheet, and the answers to what it leaves open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from assessments.drafts import NOT_SEEN, Value
from assessments.filling.clipboard import UnclearQuotes, rows_of
from assessments.filling.pasting import ANOTHER, MOST_LETTERS
from pupils.models import Pupil
from targets.models import Step

NOTHING: Mapping[str, object] = {}
FITS_ANOTHER = "Another pupil of this school has this name too."
ALL_HERE = "Every row is about a pupil of this class"
ALL_HERE_HINT = (
    "Some of these names fit other pupils of this school too. Leave this open if the sheet may hold others, and answer row by row."
)


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


@dataclass(frozen=True)
class Asked:
    """A name that could mean more than one: its row, whom of the class it fits, and whether it fits somebody else too.

    Of somebody else no more is said than that there is one: not everybody who pastes may know of them.
    """

    number: int
    name: str
    pupils: Sequence[Pupil]
    fits_another: bool

    def field(self) -> forms.ChoiceField:
        options = [("", "Leave it out"), *((str(pupil.pk), _told_apart(pupil)) for pupil in self.pupils)]
        if self.fits_another:
            options.append((str(ANOTHER), "Another pupil, who is not in this class"))
        return forms.ChoiceField(
            label=f"Row {self.number}: who is “{self.name}”?",
            help_text=FITS_ANOTHER if self.fits_another else "",
            choices=options,
            required=False,
        )


class QuestionsForm(forms.Form):
    """Whom a name means, row by row, and what a school's own words mean. Nothing has to be answered."""

    def __init__(
        self,
        data: Any,
        *,
        asked: Sequence[Asked],
        asks_all: bool,
        words: Sequence[str],
        ladder: Sequence[str],
        initial: Mapping[str, object] = NOTHING,
    ) -> None:
        super().__init__(data, initial=dict(initial))
        self.words = {f"word-{number}": word for number, word in enumerate(words)}
        if asks_all:
            self.fields["all-here"] = forms.BooleanField(label=ALL_HERE, help_text=ALL_HERE_HINT, required=False)
        for each in asked:
            self.fields[f"who-{each.number}"] = each.field()
        meanings = [("", "Leave it out"), *((str(step.value), ladder[step.value]) for step in Step), (NOT_SEEN, "Not seen")]
        for field, word in self.words.items():
            self.fields[field] = forms.ChoiceField(label=f"What does “{word}” mean here?", choices=meanings, required=False)

    @property
    def are_all_here(self) -> bool:
        """Whether every row is about a pupil of the class, whoever else in the school has such a name."""
        return bool(self.cleaned_data.get("all-here"))

    @property
    def chosen(self) -> dict[int, int]:
        """The number of the row → the pupil, or ANOTHER."""
        answers = {name.removeprefix("who-"): value for name, value in self.cleaned_data.items() if name.startswith("who-") and value}
        return {int(number): int(value) for number, value in answers.items()}

    @property
    def meant(self) -> dict[str, Value]:
        answers = {word: self.cleaned_data.get(field) for field, word in self.words.items()}
        return {word: value if value == NOT_SEEN else int(value) for word, value in answers.items() if value}


def _told_apart(pupil: Pupil) -> str:
    """Two pupils of one name are told apart by what only one of them is."""
    return f"{pupil.full_name}, {pupil.registration_group or 'no class'}, born {pupil.date_of_birth:%-d %B %Y}"
