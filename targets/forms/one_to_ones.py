"""A one-to-one as it is typed: a step for each target, what helped, how the pupil says it is going, and a note."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.forms.boundfield import BoundField

from pupils.forms.fields import CountedField, DayInput
from targets.forms.targets import UNSEEN, StepField
from targets.models import NotSeen, OneToOne, Strategy, Target
from targets.models.one_to_one import LONGEST, LONGEST_NOTE
from targets.services.one_to_ones import Conversation, Sighting
from targets.services.refusals import NothingSeen, NotThisPupils

STEP, NOTE = "step-", "note-"
USUAL_MINUTES = 10


class NoteField(CountedField):
    """A note of a one-to-one."""

    def __init__(self, label: str) -> None:
        super().__init__(label=label, most=LONGEST_NOTE, named="This note", widget=forms.Textarea(attrs={"rows": 3}))


@dataclass(frozen=True)
class Question:
    """What the form asks about one target, with the step that was seen last time."""

    number: int
    target: Target
    step: BoundField
    note: BoundField
    last: int | None

    @property
    def words(self) -> str:
        return f"{self.number}. {self.target.wording}"

    @property
    def chosen(self) -> object:
        """What a picker marks as chosen: nothing, where nothing is."""
        value = self.step.value()
        return "" if value is None else value

    @property
    def is_closed(self) -> bool:
        return self.target.status != Target.Status.ACTIVE


class OneToOneForm(forms.Form):
    """The questions are the pupil's targets; a page opened earlier may still ask about one that was closed since."""

    client_id = forms.UUIDField(widget=forms.HiddenInput)
    held_on = forms.DateField(label="Day", widget=DayInput())
    minutes = forms.IntegerField(label="Minutes", min_value=1, max_value=LONGEST, required=False)
    helped = forms.MultipleChoiceField(label="What helped?", required=False)
    feeling = forms.ChoiceField(choices=OneToOne.Feeling.choices, required=False)
    note = NoteField("Note")
    audience = forms.ChoiceField(label="Who can read the notes?", choices=OneToOne.Audience.choices, widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, targets: Iterable[Target], strategies: Iterable[Strategy], initial: Mapping[str, Any]) -> None:
        fresh = {"client_id": uuid4(), "minutes": USUAL_MINUTES, "audience": OneToOne.Audience.SHARED}
        super().__init__(data, initial={**fresh, **initial})
        self.targets = list(targets)
        self.strategies = {str(strategy.pk): strategy for strategy in strategies}
        self.fields["helped"].choices = [(key, strategy.name) for key, strategy in self.strategies.items()]  # type: ignore[attr-defined]
        for target in self.targets:
            self.fields[step_name(target)] = StepField(unseen=True, required=False, label=target.wording)
            self.fields[note_name(target)] = NoteField("Note on this target")

    def questions(self) -> Iterator[Question]:
        for number, target in enumerate(self.targets, start=1):
            last = getattr(target, "last_step", None)
            yield Question(number, target, self[step_name(target)], self[note_name(target)], last)

    @property
    def when(self) -> str:
        """Tuesday 24 November · 10 minutes; what cannot be read as a day is left to its field."""
        day, minutes = self["held_on"].value(), self["minutes"].value()
        with suppress(TypeError, ValueError):
            held_on = day if isinstance(day, date) else date.fromisoformat(day)
            return f"{held_on:%A %-d %B}" + (f" · {minutes} minutes" if minutes else "")
        return "Which day?"

    @property
    def has_last(self) -> bool:
        """There is a last time to be the same as."""
        return any(question.last is not None for question in self.questions())

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if named_targets(self.data) - {str(target.public_id) for target in self.targets}:
            raise forms.ValidationError(NotThisPupils.message)
        for target in self.targets:
            if values.get(note_name(target)) and values.get(step_name(target)) is None:
                self.add_error(step_name(target), "Choose a step, or “Not seen”, for the target that you wrote a note on.")
        if self.targets and not self.errors and not self._answered():
            self.add_error(step_name(self.targets[0]), NothingSeen.message)
        return values

    def _answered(self) -> list[Target]:
        return [target for target in self.targets if self.cleaned_data.get(step_name(target)) is not None]

    def conversation(self) -> Conversation:
        values = self.cleaned_data
        names = ("client_id", "held_on", "minutes", "feeling", "note", "audience")
        return Conversation(
            **{name: values[name] for name in names},
            sightings=tuple(self._sighting(target) for target in self._answered()),
            helped=tuple(self.strategies[key] for key in values["helped"]),
        )

    def _sighting(self, target: Target) -> Sighting:
        step, note = self.cleaned_data[step_name(target)], self.cleaned_data[note_name(target)]
        if step == UNSEEN:
            return Sighting(target, None, NotSeen.NO_OPPORTUNITY, note)
        return Sighting(target, step, note=note)


class VoidForm(forms.Form):
    """Why a one-to-one was entered in error."""

    because = forms.ChoiceField(
        label="What is wrong with it?",
        choices=[choice for choice in OneToOne.WhyVoided.choices if choice[0] != OneToOne.WhyVoided.UNDONE],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what is wrong with it."},
    )


def step_name(target: Target) -> str:
    return f"{STEP}{target.public_id}"


def note_name(target: Target) -> str:
    return f"{NOTE}{target.public_id}"


def named_targets(data: Mapping[str, Any]) -> set[str]:
    """The targets that a sent form speaks of, by public id, whoever's they are."""
    return {name.removeprefix(prefix) for name in data for prefix in (STEP, NOTE) if name.startswith(prefix)}


def known_ids(data: Mapping[str, Any]) -> set[UUID]:
    """Those of them that are ids at all."""
    found = set()
    for text in named_targets(data):
        try:
            found.add(UUID(text))
        except ValueError:
            continue
    return found


def values_of(row: OneToOne) -> dict[str, Any]:
    """A recorded one-to-one as the values of its form, with another client id: the correction is a form of its own."""
    values: dict[str, Any] = {name: getattr(row, name) for name in ("held_on", "minutes", "feeling", "note", "audience")}
    values["helped"] = [str(each.strategy_id) for each in row.helped.all()]
    for seen in row.observations.all():
        values[step_name(seen.target)] = UNSEEN if seen.step is None else seen.step
        values[note_name(seen.target)] = seen.note
    return values


def same_as_last_time(targets: Iterable[Target]) -> dict[str, int]:
    """The step of last time for each target that has one."""
    return {step_name(target): target.last_step for target in targets if target.last_step is not None}  # type: ignore[attr-defined]
