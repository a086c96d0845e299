"""Many rows at once: what would change is planned first, put in together or not at all, and can be undone as a whole."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core import signing
from django.db import transaction

from assessments import drafts, progress
from assessments.drafts import Value, Values
from assessments.filling.words import FIELDS, LABELS, as_words, plain
from assessments.filling.workbook import SheetLine
from assessments.models import Review, ReviewCycle
from assessments.services.judging import values_of_line
from assessments.services.lines import Line, lines_of_each
from assessments.services.refusals import NotInThisReview
from assessments.services.rows import save_row
from pupils.models import Pupil
from schools.models import User

SALT = "assessments.sheet-row"
ROW = "Row "  # how a place in a sheet or a paste is called
GONE = "This target is not part of an open review here any more."
TWICE = "This target stands here twice. Keep one of the rows."
FOLLOWS = "Next, which follows the step"
CLOSED = "Somebody closed this target, so its step stands. Only the note can change."
CHANGED = "{label}: somebody wrote “{theirs}” since you took the sheet. Yours is “{mine}”. Decide in the grid."
NOT_SEALED = "This row has lost its hidden seal, or it was changed. Copy your words into a fresh sheet."
ASTRAY = (
    "Pupil and target here are not those that the row’s hidden seal belongs to, as after cells were sorted or moved. "
    "Nothing of this row is taken. Copy your words into a fresh sheet."
)
OTHER_CYCLE = "This row is of another cycle or of another school, so it was left out."

Filled = list[Any]  # review, target, and by field what it was and what it shall be


@dataclass(frozen=True)
class Wanted:
    """What somebody wants of one row, and what the row said when they looked. `place` is where they wrote it.

    Whether a person decided what happens next, the reader of the cells knows; else it follows the step by rule.
    A row is astray where what people read in it is another pupil's or another target's.
    """

    place: str
    review: int
    target: int
    base: Values
    mine: Values
    is_next_decided: bool = False
    is_astray: bool = False


@dataclass(frozen=True)
class Change:
    """One cell that would change, in words."""

    place: str
    pupil: Pupil
    target: str
    label: str
    old: str
    new: str


@dataclass
class Filling:
    """What would change, what was not understood and where, and the rows as they would be put in."""

    changes: list[Change] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)
    rows: list[Filled] = field(default_factory=list)

    def say(self, problems: Iterable[tuple[str, str]]) -> None:
        """Add what was not understood while the cells were read; all of it in the order of the rows."""
        self.problems += problems
        self.problems.sort(key=lambda problem: int(problem[0].removeprefix(ROW)) if problem[0].startswith(ROW) else 0)


Found = Mapping[int, tuple[Review, Line]]


def lines_by_target(reviews: Iterable[Review]) -> dict[int, tuple[Review, Line]]:
    """Every row of these open reviews by its target; three queries."""
    reviews = list(reviews)
    lines = lines_of_each(reviews)
    return {line.target.pk: (review, line) for review in reviews for line in lines[review.pk]}


def sheet_lines(cycle: ReviewCycle, found: Found, ladder: Sequence[str]) -> list[SheetLine]:
    """The rows of a class as they are written into its workbook."""
    called = _told_apart({review.pupil_id: review.pupil for review, _ in found.values()})
    return [_sheet_line(cycle, review, line, ladder, called[review.pupil_id]) for review, line in found.values()]


def _told_apart(pupils: Mapping[int, Pupil]) -> dict[int, str]:
    """How each is called on a sheet: as in lists, and by more than that where two of them would be called alike."""
    called = {pk: pupil.short_name for pk, pupil in pupils.items()}
    ways: tuple[Callable[[Pupil], str], ...] = (
        lambda pupil: pupil.full_name,
        lambda pupil: f"{pupil.full_name}, born {pupil.date_of_birth:%-d %B %Y}",
    )
    for more in ways:
        times = Counter(called.values())
        called = {pk: more(pupils[pk]) if times[name] > 1 else name for pk, name in called.items()}
    return called


def _sheet_line(cycle: ReviewCycle, review: Review, line: Line, ladder: Sequence[str], pupil: str) -> SheetLine:
    now, target = {name: values_of_line(line)[name] for name in FIELDS}, line.target.wording
    sealed = [cycle.school_id, cycle.pk, review.pk, line.target.pk, now, whose(pupil, target)]
    seal = signing.dumps(sealed, salt=SALT, compress=True)
    words = [as_words(name, now[name], ladder) for name in FIELDS]
    last = ladder[line.previous] if line.history.past else ""
    return SheetLine(seal, pupil, target, ladder[line.target.start], last, *words)


def whose(pupil: object, target: object) -> list[str]:
    """Whose row people read that it is; sealed when the sheet is written, so that a name or wording changed later does no harm."""
    return [plain(pupil), plain(target)]


@dataclass(frozen=True)
class Sealed:
    """What a row's seal holds: whose it is, what it said when the sheet was taken, and what stood beside it for people to read."""

    review: int
    target: int
    base: dict[str, Value]
    whose: list[str]


def open_seal(cycle: ReviewCycle, seal: str) -> Sealed:
    """Raises ValueError with the words for its place."""
    try:
        school, of_cycle, review, target, base, read = signing.loads(seal, salt=SALT)
    except (signing.BadSignature, ValueError):
        raise ValueError(NOT_SEALED) from None
    if (school, of_cycle) != (cycle.school_id, cycle.pk):
        raise ValueError(OTHER_CYCLE)
    return Sealed(review, target, base, read)


def plan_filling(found: Found, wanted: Iterable[Wanted], ladder: Sequence[str]) -> Filling:
    """Compare what is wanted with what is there now; nothing is written."""
    filling, wanted = Filling(), list(wanted)
    times = Counter(each.target for each in wanted)
    for each in wanted:
        review, line = found.get(each.target, (None, None))
        if review is None or line is None or review.pk != each.review:
            filling.problems.append((each.place, GONE))
        elif times[each.target] > 1:
            filling.problems.append((each.place, TWICE))
        elif each.is_astray:
            filling.problems.append((each.place, ASTRAY))
        else:
            _plan_row(filling, each, review, line, ladder)
    return filling


def _plan_row(filling: Filling, each: Wanted, review: Review, line: Line, ladder: Sequence[str]) -> None:
    theirs, new = values_of_line(line), dict[str, Value]()
    for name, mine in each.mine.items():
        if mine in (each.base.get(name), theirs[name]):
            continue
        said = [as_words(name, value, ladder) or "nothing" for value in (theirs[name], mine)]
        if line.is_closed and name != "note":
            filling.problems.append((each.place, CLOSED))
        elif theirs[name] != each.base.get(name):
            filling.problems.append((each.place, CHANGED.format(label=LABELS[name], theirs=said[0], mine=said[1])))
        else:
            new[name] = mine
            filling.changes.append(Change(each.place, review.pupil, line.target.wording, LABELS[name], *said))
    if "step" in new and "next" not in new:
        new["next"] = theirs["next"] if each.is_next_decided else _following(theirs, new)
        said = [as_words("next", value, ladder) or "nothing" for value in (theirs["next"], new["next"])]
        if new["next"] != theirs["next"]:
            filling.changes.append(Change(each.place, review.pupil, line.target.wording, FOLLOWS, *said))
    if new:
        filling.rows.append([review.pk, line.target.pk, {name: theirs[name] for name in new}, new])


def _following(theirs: Values, new: Values) -> Value:
    """What happens next by rule after a change of the step alone."""
    return drafts.next_by_rule(theirs, {**theirs, **new}, progress.default_next_action)


@transaction.atomic
def put_in(*, reviews: Iterable[Review], rows: Sequence[Filled], by: User) -> list[Filled]:
    """Save planned rows through the one service of rows, all or none; return the rows that would undo it.

    Raises ReviewRefused where one of them cannot be saved any more, as after somebody else's change.
    """
    list(Review.objects.select_for_update().filter(pk__in={row[0] for row in rows}).order_by("pk"))  # so that `before` holds until the end
    found = lines_by_target(reviews)
    undo: list[Filled] = []
    for review_id, target, base, mine in rows:
        review, line = found.get(target, (None, None))
        if review is None or line is None or review.pk != review_id:
            raise NotInThisReview
        before = values_of_line(line)
        after = save_row(review=review, target_id=target, base=base, mine=mine, by=by, decided=mine.keys() & {"next"}).values
        changed = _to_undo(before, after)
        if changed:
            undo.append([review_id, target, {name: after[name] for name in changed}, {name: before[name] for name in changed}])
    return undo


def _to_undo(before: Values, after: Values) -> list[str]:
    """The fields that changed, and with a step always what happens next: else a rule would change it once more."""
    follows = {"next"} if after["step"] != before["step"] else set()
    return [name for name in after if after[name] != before[name] or name in follows]
