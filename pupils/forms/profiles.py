"""The one-page profile as it is typed."""

from typing import Any

from django import forms
from django.utils import timezone

from pupils.forms.fields import DayInput
from pupils.forms.merging import MergingForm
from pupils.models import Profile
from pupils.models.profile import HEADINGS
from pupils.services.profiles import MOST_LINES, MOST_WORDS, profile_problems, words_in

HELP = {
    "liked_for": "What friends, family and staff like and admire. Good things only.",
    "matters": "People, interests and routines. What makes a good day.",
    "support": "What adults can do that helps, in plain words.",
    "dream": "For the future, near or far.",
    "told_on": "The day on which the pupil said this. Leave it empty where others wrote it.",
}


class ProfileForm(MergingForm):
    class Meta:
        model = Profile
        fields = (*HEADINGS, "told_on")
        help_texts = HELP
        widgets = {
            **{name: forms.Textarea(attrs={"rows": MOST_LINES, "data-words": MOST_WORDS}) for name in HEADINGS},
            "told_on": DayInput(),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned |= {name: tidy(cleaned[name]) for name in HEADINGS if name in cleaned}
        if cleaned.keys() >= set(HEADINGS):
            for name, words in profile_problems(cleaned).items():
                self.add_error(name, words)
        return cleaned

    def clean_told_on(self) -> object:
        told_on = self.cleaned_data["told_on"]
        if told_on and told_on > timezone.localdate():
            raise forms.ValidationError("This day has not come yet.")
        return told_on

    @property
    def words(self) -> int:
        """How many words the page has as shown."""
        return words_in({name: self[name].value() or "" for name in HEADINGS})


def tidy(text: str) -> str:
    """One thing a line: no empty lines, no spaces around, the same line end on every device."""
    return "\n".join(line for line in (" ".join(line.split()) for line in text.splitlines()) if line)
