"""The forms of pupil mode and of the adults around it."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms

from pupils.models import Pupil
from schools.forms.pin import NewPinField
from targets.forms.one_to_ones import NoteField
from targets.models import Scale, Target, Voice, VoiceVisit
from targets.models.voice import DRAWING, LONGEST_DRAWING, LONGEST_WORDS
from targets.services.voice import Said
from targets.voice_words import MOST_PICTURES, PICTURES, UNSAID, choices_of

Question = Voice.Question
GIVEN = [(VoiceVisit.Given.OWN, "answers on their own"), (VoiceVisit.Given.HELP, "answers with my help")]


class AnswerForm(forms.Form):
    """One page of pupil mode. What it may hold follows from its question."""

    answer = forms.ChoiceField(required=False)
    pictures = forms.MultipleChoiceField(required=False)
    words = forms.CharField(required=False, widget=forms.Textarea)
    drawing = forms.CharField(required=False)
    audience = forms.ChoiceField(choices=Voice.Audience.choices, required=False)

    def __init__(self, data: Any = None, *, voice: Voice, moves_on: bool = True) -> None:
        said = {"answer": voice.answer, "words": voice.words, "pictures": voice.picture_keys, "drawing": voice.drawing}
        if data and data.get("answer") == UNSAID.key:
            data = {"answer": UNSAID.key}  # whatever else is on the page
        super().__init__(data, initial={**said, "audience": voice.audience})
        self.voice, self.moves_on = voice, moves_on
        answers = [*choices_of(voice.question, voice.visit.scale), UNSAID]
        self.fields["answer"].choices = [("", ""), *((each.key, each.words) for each in answers)]  # type: ignore[attr-defined]
        self.fields["pictures"].choices = [(each.key, each.words) for each in PICTURES.get(voice.question, ())]  # type: ignore[attr-defined]

    def clean_pictures(self) -> list[str]:
        """Three are asked for. Somebody who goes back or stops keeps what they chose."""
        chosen = self.cleaned_data["pictures"]
        if len(chosen) > MOST_PICTURES and self.moves_on:
            raise forms.ValidationError("Please choose up to three.")
        return chosen

    def clean_words(self) -> str:
        """A little less is asked for, and never of somebody who goes back or stops."""
        words = self.cleaned_data["words"].replace("\r\n", "\n")
        if len(words) > LONGEST_WORDS and self.moves_on:
            raise forms.ValidationError("Please write a little less.")
        return words

    def clean_drawing(self) -> str:
        drawing = self.cleaned_data["drawing"]
        if drawing and (len(drawing) > LONGEST_DRAWING or not re.fullmatch(DRAWING, drawing)):
            raise forms.ValidationError("We could not keep the drawing.")
        return drawing

    def said(self) -> Said:
        """What was chosen on this page; where that cannot be kept, what was kept before.

        A page of choices that is only passed keeps the answer it had.
        """
        values = {**self.initial, **self.cleaned_data}
        has_choices = bool(choices_of(self.voice.question, self.voice.visit.scale))
        return Said(
            answer=values["answer"] or (self.voice.answer if has_choices else ""),
            words=values["words"],
            pictures=tuple(values["pictures"]),
            drawing=values["drawing"],
            audience=values["audience"] or Voice.Audience.SHARED,
        )

    @property
    def chosen(self) -> set[str]:
        return {str(self["answer"].value() or ""), *(self["pictures"].value() or ())}


class HandOverForm(forms.Form):
    """Before the device goes to the pupil: how the pupil answers, alone or with help, and the PIN that takes it back."""

    scale = forms.ChoiceField(label="Answers to choose from", choices=Scale.choices, widget=forms.RadioSelect)
    given = forms.ChoiceField(widget=forms.RadioSelect, choices=GIVEN, error_messages={"required": "Choose whether you will help."})
    pin = NewPinField("Another PIN", "4 to 6 digits. Leave it empty to keep the one you have.", required=False)

    def __init__(self, data: Any = None, *, pupil: Pupil, has_pin: bool, scale: str) -> None:
        super().__init__(data, initial={"scale": scale})
        self.fields["given"].label = f"{pupil.first_name} …"
        self.has_pin = has_pin
        if not has_pin:
            self.fields["pin"].required = True
            self.fields["pin"].label = "Choose a PIN"
            self.fields["pin"].help_text = "4 to 6 digits. With it you take the device back, and nobody else does."
            self.fields["pin"].error_messages["required"] = "Choose a PIN of 4 to 6 digits."


class NoticedForm(forms.Form):
    """What adults noticed of a pupil, as their own reading."""

    def __init__(self, data: Any = None, *, pupil: Pupil, targets: Iterable[Target]) -> None:
        super().__init__(data)
        self.targets = {f"going-{target.public_id}": target for target in targets}
        name = pupil.first_name
        self._add(Question.GOOD, f"What {name} enjoys or is good at")
        for key, target in self.targets.items():
            self._add(key, target.wording)
        self._add(Question.HELPS, f"What helps {name}")
        self._add(Question.ELSE, "Anything else")

    def _add(self, name: str, label: str) -> None:
        self.fields[name] = NoteField(label)

    def noticed(self) -> dict[tuple[str, Target | None], str]:
        return {
            (Question.GOING if name in self.targets else name, self.targets.get(name)): words for name, words in self.cleaned_data.items()
        }


class WeDidForm(forms.Form):
    """What was done about what a pupil said, in words that the pupil will read or hear."""

    we_did = NoteField("What did you do about it?")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["we_did"].help_text = "Short, and for the pupil: “We moved your seat to the window.” The next visit opens with it."
