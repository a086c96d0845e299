"""What to look at before reviews are completed: what is left to do, and what is worth a thought."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from assessments import progress
from assessments.models import Review
from assessments.services.lines import Line, lines_of_each
from targets.models import Step, Target

TOO_LONG_THE_SAME = 2  # cycles in which one wording may be judged before it is pointed out


@dataclass(frozen=True)
class Item:
    """One target of one review. `words` says what is to be done, where something is."""

    review: Review
    line: Line
    words: str = ""


@dataclass
class Check:
    """The open reviews of a class or a whole cycle, sorted for the person who finishes them."""

    left: list[Item] = field(default_factory=list)
    ready: list[Review] = field(default_factory=list)
    paused: list[Review] = field(default_factory=list)
    has_left: list[Review] = field(default_factory=list)
    done_it: list[Item] = field(default_factory=list)
    no_change: list[Item] = field(default_factory=list)
    gone_back: list[Item] = field(default_factory=list)
    same_words: list[Item] = field(default_factory=list)

    @property
    def reviews_left(self) -> int:
        return len({item.review.pk for item in self.left})


def check_of(reviews: Iterable[Review], today: date) -> Check:
    """Look at open reviews, given with their pupils and cycle; four queries, however many there are."""
    reviews = list(reviews)
    lines, check = lines_of_each(reviews), Check()
    wordings = _wordings(line for each in lines.values() for line in each)
    for review in reviews:
        _sort_review(check, review, lines[review.pk], today)
        for line in lines[review.pk]:
            _sort_line(check, Item(review, line, line.left_to_do), wordings)
    return check


def _sort_review(check: Check, review: Review, lines: list[Line], today: date) -> None:
    """A paused review and one of a pupil who left are not completed, however far their drafts are."""
    if review.pupil.has_left(today):
        check.has_left.append(review)
    elif review.is_paused:
        check.paused.append(review)
    elif not any(line.left_to_do for line in lines):
        check.ready.append(review)


def _sort_line(check: Check, item: Item, wordings: dict[int, str]) -> None:
    line, step = item.line, item.line.judgement.step
    if item.words and item.review not in (*check.paused, *check.has_left):
        check.left.append(item)
    if step == Step.DONE_IT:
        check.done_it.append(item)
    elif step is not None and step < line.previous:
        check.gone_back.append(item)
    elif progress.has_no_movement((*line.history.steps, step)) and step is not None:
        check.no_change.append(item)
    if cycles_with_this_wording(line, wordings) > TOO_LONG_THE_SAME:
        check.same_words.append(item)


def cycles_with_this_wording(line: Line, wordings: dict[int, str]) -> int:
    """In how many reviews in a row, this one included, the target's words have stood as they are."""
    same = 1
    for past in reversed(line.history.past):
        if wordings.get(past.target, "") != line.target.wording:
            break
        same += 1
    return same


def _wordings(lines: Iterable[Line]) -> dict[int, str]:
    """The words of every target in these lineages."""
    return dict(Target.objects.filter(pk__in=set(_targets_in(lines))).values_list("pk", "wording"))


def _targets_in(lines: Iterable[Line]) -> Iterator[int]:
    for line in lines:
        yield from (past.target for past in line.history.past)
