"""The filters of a school's own dashboard, which may be combined since all of it stays inside the school; and what a certificate asks."""

from collections.abc import Iterable
from typing import Any

from django import forms

from assessments.models import Review
from pupils.forms.pupils import ANY, Filter
from pupils.importing import codes
from pupils.models import Pupil
from pupils.words import year_rank, year_words
from reports.slices import FACTS, Slice

YES_NO = [ANY, ("yes", "Yes"), ("no", "No")]
FLAGS = ("premium", "eal")


class FiguresForm(forms.Form):
    """Choices are the facts of the cycle's own reviews; what nobody has, or anything else, narrows nothing down."""

    year = Filter(label="Year")
    group = Filter(label="Class")
    need = Filter(label="Main need")
    premium = Filter(label="Pupil premium")
    eal = Filter(label="EAL")

    def __init__(self, data: Any, *, reviews: Iterable[Review]) -> None:
        super().__init__(data)
        reviews = list(reviews)
        years = sorted({review.nc_year for review in reviews}, key=year_rank)
        needs = {review.primary_need: codes.NEED.words(review.primary_need) for review in reviews if review.primary_need}
        self._offer("year", ((year, year_words(year)) for year in years))
        self._offer("group", ((group, group) for group in sorted({review.registration_group for review in reviews} - {""})))
        self._offer("need", sorted(needs.items(), key=lambda pair: pair[1]))
        for name in FLAGS:
            self.fields[name].choices = YES_NO  # type: ignore[attr-defined]
        self.full_clean()

    def _offer(self, name: str, choices: Iterable[tuple[str, str]]) -> None:
        self.fields[name].choices = [ANY, *choices]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> dict[str, object]:
        """The filters in use, each with the value that a review's fact must have."""
        used = {name: value for name in self.fields if (value := self.cleaned_data.get(name))}
        return {name: value == "yes" if name in FLAGS else value for name, value in used.items()}

    @property
    def only(self) -> Slice | None:
        """The one filter in use, where figures are stored by it; a class is no slice."""
        used = [(name, value) for name in self.fields if (value := self.cleaned_data.get(name))]
        return used[0] if len(used) == 1 and used[0][0] in FACTS else None

    @property
    def chips(self) -> list[tuple[str, str, str]]:
        """Name, label and words of each filter in use."""
        used = [(field, self.cleaned_data.get(field.name)) for field in self]
        return [(field.name, str(field.label), dict(field.field.choices)[value]) for field, value in used if value]  # type: ignore[attr-defined]


class CertificateForm(forms.Form):
    """Which name a certificate bears. On a wall a first name is enough, so it is chosen beforehand."""

    FIRST, WHOLE = "first", "whole"
    name = forms.ChoiceField(label="Name on the certificate", widget=forms.RadioSelect, error_messages={"required": "Choose a name."})

    def __init__(self, data: Any, *, pupil: Pupil) -> None:
        super().__init__(data, initial={"name": self.FIRST})
        self.fields["name"].choices = [(self.FIRST, pupil.first_name), (self.WHOLE, pupil.full_name)]  # type: ignore[attr-defined]

    @property
    def is_whole_name(self) -> bool:
        return self.cleaned_data["name"] == self.WHOLE
