"""Completing many reviews at once."""

from collections.abc import Iterable

from django import forms

from assessments.models import Review


class FinishForm(forms.Form):
    """Reviews to be completed, each in the version that the page showed, and the tick that says so."""

    seen = forms.RegexField(r"\A\d+:\d+(?: \d+:\d+)*\Z", widget=forms.HiddenInput, max_length=20_000)
    sure = forms.BooleanField(error_messages={"required": "Tick the box to complete them."})

    @property
    def versions(self) -> dict[int, int]:
        pairs = (pair.split(":") for pair in self.cleaned_data["seen"].split())
        return {int(review): int(version) for review, version in pairs}

    @staticmethod
    def pack(reviews: Iterable[Review]) -> str:
        return " ".join(f"{review.pk}:{review.version}" for review in reviews)
