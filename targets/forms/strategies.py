"""The school's list of what can help, as it is changed: one more, or one of them moved or switched."""

from django import forms

from targets.models import Strategy

LONGEST = 60


class StrategyForm(forms.Form):
    """One of the school's own. The words of a strategy are never changed: history would say something else."""

    name = forms.CharField(
        label="What can help?",
        help_text="A few words, for every pupil of the school: no names in it.",
        error_messages={"required": "Write what can help."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if len(name) > LONGEST:
            raise forms.ValidationError(f"Keep it to {LONGEST} letters. It has {len(name)}.")
        return name


class ChangeForm(forms.Form):
    """Which of the school's strategies, and what happens to it."""

    strategy: forms.ModelChoiceField = forms.ModelChoiceField(queryset=None)
    change = forms.ChoiceField(choices=[(word, word) for word in ("up", "down", "off", "on")])

    def __init__(self, data: object) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["strategy"].queryset = Strategy.objects.all()  # type: ignore[attr-defined]
