"""The grid of a class: one small form a target, one a pupil for what was said, saved as a page or row by row."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, cast

from django import forms

from assessments import drafts
from assessments.drafts import NOT_SEEN, Value, Values
from assessments.forms.opened import seal, unseal
from assessments.forms.reviews import ViewsForm
from assessments.models import Judgement, Review
from assessments.services.grid import Block, Row
from assessments.services.judging import values_of_line
from pupils.forms.fields import CountedField
from targets.models import NotSeen, Step, WhyEnded

CODES: dict[str, Value] = {"X": NOT_SEEN}
CODES |= {code: step.value for step, letter in zip(Step, "NSGAD", strict=True) for code in (str(step.value), letter)}
ACCEPT = "="
UNREADABLE = "Type 0 to 4, or X."
FIELDS = ("step", "next", "note", "reason", "not_seen", "next_wording")


class CodeField(forms.CharField):
    """One character: 0 to 4 or the letter of a step, X for not seen, = for what the evidence suggests; nothing for not judged."""

    def clean(self, value: Any) -> Value:
        code = str("" if value is None else value).strip().upper()
        if code and code not in CODES and code != ACCEPT:
            raise forms.ValidationError(UNREADABLE)
        return CODES.get(code, code or None)


class Shared(dict[str, forms.Field]):
    """The fields of a form of which a page has hundreds. Nothing changes a field, so that no form needs its own."""

    def __deepcopy__(self, memo: object) -> dict[str, forms.Field]:
        return dict(self)


class Part(forms.Form):
    """One form of the page. `key` is what the page calls it, `typed` what was sent, by field."""

    key: str

    def words(self, name: str, value: object) -> str:
        """A field's value as the page would say it."""
        choices = {str(key): words for key, words in getattr(self.fields[name], "choices", ())}
        return str(choices.get("" if value is None else str(value), value) or "(nothing)")


class RowForm(Part):
    """What is decided for one target. A reason and the words of a change are asked for only where they are needed."""

    next_actions = (("", ""), *Judgement.Next.choices)
    step = CodeField(label="This term", required=False)
    next = forms.ChoiceField(label="Next", choices=next_actions, required=False)
    note = CountedField(label="Note", most=200)
    reason = forms.ChoiceField(label="Why it changes or ends", choices=[("", "Choose why"), *WhyEnded.choices], required=False)
    not_seen = forms.ChoiceField(label="Why it was not seen", choices=[("", "Choose why"), *NotSeen.choices], required=False)
    next_wording = CountedField(label="Changed to, in the pupil’s words", most=160)

    def __init__(self, data: Mapping[str, Any] | None, *, number: int, row: Row | None = None) -> None:
        """`number` is the target's id; without a row the form only reads what a script sent."""
        self.number, self.row = number, row
        super().__init__(data, initial=values_of_line(row.line) if row else {}, auto_id="%s")

    @property
    def key(self) -> str:  # type: ignore[override]
        return f"row-{self.number}"

    def clean_step(self) -> Value:
        step: Value = self.cleaned_data["step"]
        if step != ACCEPT:
            return step
        if self.row is None or self.row.evidence.suggestion is None:
            raise forms.ValidationError(UNREADABLE)
        return self.row.evidence.suggestion

    def add_prefix(self, field_name: str) -> str:
        return name_of(self.number, field_name)

    @property
    def typed(self) -> dict[str, Value]:
        return {name: self.cleaned_data[name] for name in FIELDS if self.add_prefix(name) in self.data and name in self.cleaned_data}

    def words(self, name: str, value: object) -> str:
        if name != "step":
            return super().words(name, value)
        return "Not seen" if value == NOT_SEEN else str(dict(Step.choices).get(cast(int, value), "(nothing)"))

    @cached_property
    def shown(self) -> dict[str, Value]:
        """What stands in the row now: what was typed, as far as it can be read, over what is stored."""
        is_read = self.is_bound and self.errors is not None  # fields that can be read count, though another cannot
        return {**self.initial, **(self.typed if is_read else {})}

    @property
    def code(self) -> Value:
        """What stands in the one-character cell: a step, or what was typed where that is none."""
        return self["step"].value() if "step" in self.errors else self.shown["step"]

    @property
    def more(self) -> dict[str, forms.BoundField]:
        """The fields that the decision asks for: why it was not seen, why it changes or ends before its aim, and the new words."""
        step, then = self.shown["step"], self.shown["next"]
        is_change = then == Judgement.Next.CHANGE
        is_early = then == Judgement.Next.CLOSE and self.row and not (isinstance(step, int) and step >= self.row.line.target.aim)
        wanted = {"not_seen": step == NOT_SEEN, "reason": is_change or is_early, "next_wording": is_change}
        return {name: self[name] for name, is_wanted in wanted.items() if is_wanted}


RowForm.base_fields = Shared(RowForm.base_fields)


class SaidForm(Part, ViewsForm):
    """What one pupil and the parents say, beside the pupil's rows."""

    pupil_view_state = forms.ChoiceField(label="Pupil’s view", choices=Review.PupilView.choices, required=False)

    def __init__(self, data: Mapping[str, Any] | None, *, review: Review) -> None:
        self.review = review
        initial = {name: getattr(review, name) for name in drafts.VIEWS}
        super().__init__(data, initial=initial, prefix=f"said-{review.pk}", auto_id="%s")

    @property
    def key(self) -> str:  # type: ignore[override]
        return f"said-{self.review.pk}"

    @property
    def typed(self) -> dict[str, Value]:
        return {name: self.cleaned_data[name] for name in drafts.VIEWS if self.add_prefix(name) in self.data and name in self.cleaned_data}


SaidForm.base_fields = Shared(SaidForm.base_fields)


def name_of(number: int, field: str) -> str:
    """A field is called as its column is: now-91, next-91, note-91."""
    return f"{'now' if field == 'step' else field}-{number}"


class GridForm:
    """Every form of the page. `opened` holds, signed, what it showed, so that two people's work can be merged."""

    def __init__(self, data: Mapping[str, Any] | None, *, blocks: list[Block], pending: frozenset[str] | None = None) -> None:
        """With `pending`, only the forms named there take what was sent: all others are saved, and show what is stored."""
        self.data: Mapping[str, Any] = data or {}

        def sent(key: str) -> Mapping[str, Any] | None:
            return data if pending is None or key in pending else None

        rows = [row for block in blocks for row in block.rows]
        self.rows = {row.number: RowForm(sent(f"row-{row.number}"), number=row.number, row=row) for row in rows}
        said = [block.review for block in blocks if block.is_open]
        self.said = {review.pk: SaidForm(sent(f"said-{review.pk}"), review=review) for review in said}
        self._opened = unseal(self.data.get("opened", ""), self._fields)

    @property
    def _fields(self) -> dict[str, forms.Field]:
        return {part.add_prefix(name): field for part in self.parts for name, field in part.fields.items()}

    @property
    def parts(self) -> list[RowForm | SaidForm]:
        return [*self.rows.values(), *self.said.values()]

    @property
    def errors(self) -> bool:
        return any(part.errors for part in self.parts)

    def __iter__(self) -> Iterator[forms.BoundField]:
        return (field for part in self.parts for field in part)

    def non_field_errors(self) -> list[str]:
        return []

    def base_of(self, part: RowForm | SaidForm) -> dict[str, Value]:
        """What the page showed of one part when it was opened."""
        names = {name: part.add_prefix(name) for name in part.fields}
        return {name: self._opened[sent] for name, sent in names.items() if sent in self._opened}

    def sealed(self, opened: Mapping[str, Values]) -> str:
        """What this page shows, for the next time: what is stored, and of parts named in `opened` what is said there."""
        shown = [(part, opened.get(part.key, part.initial)) for part in self.parts]
        return seal({part.add_prefix(name): values[name] for part, values in shown for name in part.fields if name in values})
