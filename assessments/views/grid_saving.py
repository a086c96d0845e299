"""The whole grid sent as one form: every row is saved that can be, and what cannot stays on the page as it was typed."""

from dataclasses import dataclass, field

from django.db import transaction

from assessments import services
from assessments.drafts import Values
from assessments.forms.grid import GridForm, RowForm, SaidForm
from assessments.forms.questions import Question, ask, ask_again, read_answers
from assessments.services.drafting import last_saver
from assessments.services.refusals import FieldsClash, ReviewRefused, RowClash
from schools.models import User


@dataclass
class Outcome:
    """What came of it. `pending` names the forms that are not saved, `opened` what the next page counts as seen of them."""

    saved: int = 0
    kept: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    questions: dict[str, Question] = field(default_factory=dict)
    pending: set[str] = field(default_factory=set)
    opened: dict[str, Values] = field(default_factory=dict)

    @property
    def is_done(self) -> bool:
        return not self.pending


def save_grid(*, form: GridForm, by: User) -> Outcome:
    """Save each form of the page by itself, in a transaction of its own."""
    found = Outcome()
    for part in form.parts:
        base = form.base_of(part)
        if part.errors:
            found.pending.add(part.key)
            found.opened[part.key] = base
        else:
            _save_part(found, form, part, base, by)
    return found


def _save_part(found: Outcome, form: GridForm, part: RowForm | SaidForm, base: Values, by: User) -> None:
    answers = read_answers(part, base, form.data)
    if answers.open:
        _wait(found, part, base, ask_again(part, base, answers.open))
        return
    if not answers.unchosen and all(base.get(name, _MISSING) == value for name, value in answers.mine.items()):
        return
    try:
        with transaction.atomic():
            kept = store(part, base, answers.mine, answers.unchosen, by)
        found.saved += 1
        found.kept += [str(part.fields[name].label) for name in kept if name in part.fields]
    except FieldsClash as clash:
        theirs = {**base, **{each.name: each.theirs for each in clash.merged.clashes}}
        _wait(found, part, theirs, question_of(part, clash, by))  # type: ignore[arg-type]
    except ReviewRefused as refused:
        _wait(found, part, base, None)
        if refused.message not in found.refused:
            found.refused.append(refused.message)


_MISSING = object()


def _wait(found: Outcome, part: RowForm | SaidForm, opened: Values, question: Question | None) -> None:
    found.pending.add(part.key)
    found.opened[part.key] = opened
    if question:
        found.questions[part.key] = question


def store(part: RowForm | SaidForm, base: Values, mine: Values, unchosen: Values, by: User) -> tuple[str, ...]:
    """Save one form through its service; return the fields that only others had changed. Raises ReviewRefused."""
    if isinstance(part, SaidForm):
        return services.save_review(review=part.review, base=base, mine=mine, unchosen=unchosen.items(), by=by)
    review = part.row.review  # type: ignore[union-attr]
    return services.save_row(review=review, target_id=part.number, base=base, mine=mine, by=by, unchosen=unchosen).kept


def question_of(part: RowForm | SaidForm, clash: FieldsClash, reader: User) -> Question:
    """The question of a clash, with whoever saved the other value."""
    if isinstance(clash, RowClash):
        judgement = clash.line.judgement
        return ask(part, clash.merged, judgement.saved_by, judgement.saved_at, reader)
    return ask(part, clash.merged, last_saver(part.review) if isinstance(part, SaidForm) else None, None, reader)
