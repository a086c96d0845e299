"""Pasting rows out of a spreadsheet: read, matched by name or in order, asked about, looked at, and put in as a sheet is."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from assessments.converters import CycleKey
from assessments.drafts import Value
from assessments.filling.pasting import (
    Matched,
    Name,
    Pasted,
    PastedRow,
    Place,
    match_by_name,
    match_in_order,
    name_key,
    names_of,
    read_paste,
    unknown_words,
)
from assessments.filling.words import known_steps, plain, read_cells
from assessments.forms.pasting import Asked, PasteForm, QuestionsForm
from assessments.models import Review, ReviewCycle
from assessments.services.filling import Filling, Found, Wanted, lines_by_target, plan_filling
from assessments.services.judging import values_of_line
from assessments.services.old_words import forget_word, learn_words, old_words
from assessments.views.classes import choose_class
from assessments.views.cycles import find_cycle
from assessments.views.filling import ladder_of, preview, still_open
from pupils.models import Pupil
from pupils.models.pupil import NAMES
from schools.access import Permission, SchoolRequest, school_view
from targets.views.targets import sent


@school_view(Permission.REVIEW_DRAFT)
def review_paste(request: SchoolRequest, key: CycleKey) -> HttpResponse:
    """Show the box; of what was pasted, show what would change and what is open. Nothing is written but a school's own words."""
    cycle = find_cycle(key)
    chosen = choose_class(request, cycle)
    may_teach = request.access.may(Permission.REVIEW_COMPLETE)
    if request.method == "POST" and "forget" in request.POST and may_teach:
        forget_word(word=request.POST["forget"], by=request.user)
        return redirect(request.get_full_path())
    form = PasteForm(sent(request))
    if form.is_valid():
        return _read(request, cycle, chosen.reviews, form, may_teach=may_teach)
    context = {"cycle": cycle, "chosen": chosen, "form": form, "old": _old_in_words(request) if may_teach else []}
    return render(request, "assessments/paste.html", context)


def _old_in_words(request: SchoolRequest) -> list[tuple[str, str]]:
    ladder = ladder_of(request)
    return [(word, ladder[value] if isinstance(value, int) else "Not seen") for word, value in old_words().items()]


def _read(request: SchoolRequest, cycle: ReviewCycle, reviews: list[Review], form: PasteForm, *, may_teach: bool) -> HttpResponse:
    """Read it, take what was answered, and ask what is open still."""
    found, ladder = lines_by_target(still_open(reviews, cycle)), ladder_of(request)
    places = [Place(review.pupil_id, target, line.target.wording) for target, (review, line) in found.items()]
    names = _names(reviews)
    pasted = read_paste(form.cleaned_data["text"], names=names.all, targets={plain(place.wording) for place in places})
    asked = _asked(_match(pasted, places, names, {}), names)
    asks_all = any(each.fits_another for each in asked) and all(name_key(row.who) in names.called for row in pasted.rows)
    unknown = unknown_words(pasted.rows, known_steps(ladder, old_words())) if may_teach else []
    answers = QuestionsForm(request.POST, asked=asked, asks_all=asks_all, words=unknown, ladder=ladder)
    chosen, are_all_here = (answers.chosen, answers.are_all_here) if answers.is_valid() else ({}, False)
    if may_teach and answers.is_valid():
        learn_words(meant=answers.meant, by=request.user)
    if are_all_here:
        names = replace(names, elsewhere=frozenset())
        asked = [each for each in asked if len(each.pupils) > 1 or each.number in chosen]
    known = known_steps(ladder, old_words())
    filling = _plan(_match(pasted, places, names, chosen), found, known, ladder)
    left = unknown_words(pasted.rows, known) if may_teach else []
    answered = {f"who-{number}": str(pupil) for number, pupil in chosen.items()} | {"all-here": are_all_here}
    questions = QuestionsForm(None, asked=asked, asks_all=asks_all, words=left, ladder=ladder, initial=answered)
    return preview(request, cycle, filling, questions=questions, text=form.cleaned_data["text"])


@dataclass(frozen=True)
class _Names:
    """Whom a name can mean: pupils of the class by every spelling, and the spellings that fit somebody else on roll."""

    pupils: Mapping[int, Pupil]
    called: Mapping[Name, set[int]]
    elsewhere: frozenset[Name]

    @property
    def all(self) -> Set[Name]:
        return self.called.keys() | self.elsewhere


def _names(reviews: list[Review]) -> _Names:
    """Names alone of the others: whoever pastes may not know of them, but must not give their steps to a namesake."""
    pupils = {review.pupil_id: review.pupil for review in reviews}
    others = Pupil.objects.on_roll(timezone.localdate()).exclude(pk__in=pupils).only(*NAMES)
    return _Names(pupils, _called(pupils.values()), frozenset(_called(others)))


def _called(pupils: Iterable[Pupil]) -> dict[Name, set[int]]:
    """Every way in which a sheet may call one of these pupils, with all whom it could mean."""
    called: dict[Name, set[int]] = {}
    for pupil in pupils:
        for first, last in {(pupil.first_name, pupil.last_name), (pupil.forename, pupil.surname)}:
            for name in names_of(first, last):
                called.setdefault(name, set()).add(pupil.pk)
    return called


def _asked(matched: Matched, names: _Names) -> list[Asked]:
    """Each name once that could mean several, at the row where it stands."""
    asked = {row.named_in: (row.who, who) for row, who in matched.asked}
    return [Asked(at, who, [names.pupils[pk] for pk in pks], name_key(who) in names.elsewhere) for at, (who, pks) in asked.items()]


def _match(pasted: Pasted, places: list[Place], names: _Names, chosen: Mapping[int, int]) -> Matched:
    if not pasted.has_names:
        return match_in_order(pasted, places)
    return match_by_name(pasted, places, names.called, chosen, elsewhere=names.elsewhere)


def _plan(matched: Matched, found: Found, known: Mapping[str, Value], ladder: Sequence[str]) -> Filling:
    wanted, problems = [], list(matched.problems)
    for row, place in matched.found:
        where = f"Row {row.number}"
        values, said = read_cells(row.cells, known)
        problems += [(where, words) for words in said]
        review, line = found[place.target]
        base = values_of_line(line)
        wanted.append(Wanted(where, review.pk, place.target, base, values, is_next_decided="next" in values))
    problems += [(f"Row {row.number}", _open(row, possible)) for row, possible in matched.asked]
    filling = plan_filling(found, wanted, ladder)
    filling.say(problems)
    return filling


def _open(row: PastedRow, possible: tuple[int, ...]) -> str:
    """Where one of the class is meant or nobody of it, no more is said than that there is somebody else."""
    return f"“{row.who[:40]}” could be {len(possible)} pupils." if len(possible) > 1 else f"“{row.who[:40]}” is another pupil’s name too."
