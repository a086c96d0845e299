"""Pasting rows out of a spreadsheet: read, matched by name or in order, asked about, looked at, and put in as a sheet is."""

from collections.abc import Iterable, Mapping, Sequence

from django.http import HttpResponse
from django.shortcuts import redirect, render

from assessments.converters import CycleKey
from assessments.drafts import Value
from assessments.filling.pasting import (
    Matched,
    Name,
    Pasted,
    Place,
    match_by_name,
    match_in_order,
    names_of,
    read_paste,
    unknown_words,
)
from assessments.filling.words import known_steps, plain, read_cells
from assessments.forms.pasting import PasteForm, QuestionsForm
from assessments.models import Review, ReviewCycle
from assessments.services.filling import Filling, Found, Wanted, lines_by_target, plan_filling
from assessments.services.judging import values_of_line
from assessments.services.old_words import forget_word, learn_words, old_words
from assessments.views.classes import choose_class
from assessments.views.cycles import find_cycle
from assessments.views.filling import ladder_of, preview, still_open
from pupils.models import Pupil
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
    pupils = {review.pupil_id: review.pupil for review in reviews}
    called = _called(pupils.values())
    pasted = read_paste(form.cleaned_data["text"], names=called.keys(), targets={plain(place.wording) for place in places})
    asked = [(row.number, row.who, [pupils[pk] for pk in who]) for row, who in _match(pasted, places, called, {}).asked]
    unknown = unknown_words(pasted.rows, known_steps(ladder, old_words())) if may_teach else []
    answers = QuestionsForm(request.POST, asked=asked, words=unknown, ladder=ladder)
    chosen = answers.chosen if answers.is_valid() else {}
    if may_teach and answers.is_valid():
        learn_words(meant=answers.meant, by=request.user)
    known = known_steps(ladder, old_words())
    filling = _plan(_match(pasted, places, called, chosen), found, known, ladder)
    left = unknown_words(pasted.rows, known) if may_teach else []
    questions = QuestionsForm(None, asked=asked, words=left, ladder=ladder, chosen=chosen)
    return preview(request, cycle, filling, questions=questions, text=form.cleaned_data["text"])


def _called(pupils: Iterable[Pupil]) -> dict[Name, set[int]]:
    """Every way in which a sheet may call one of these pupils, with all whom it could mean."""
    called: dict[Name, set[int]] = {}
    for pupil in pupils:
        for name in names_of(pupil.first_name, pupil.last_name) | names_of(pupil.forename, pupil.surname):
            called.setdefault(name, set()).add(pupil.pk)
    return called


def _match(pasted: Pasted, places: list[Place], called: dict[Name, set[int]], chosen: Mapping[int, int]) -> Matched:
    return match_by_name(pasted, places, called, chosen) if pasted.has_names else match_in_order(pasted, places)


def _plan(matched: Matched, found: Found, known: Mapping[str, Value], ladder: Sequence[str]) -> Filling:
    wanted, problems = [], list(matched.problems)
    for row, place in matched.found:
        where = f"Row {row.number}"
        values, said = read_cells(row.cells, known)
        problems += [(where, words) for words in said]
        review, line = found[place.target]
        base = values_of_line(line)
        wanted.append(Wanted(where, review.pk, place.target, base, values, is_next_decided="next" in values))
    problems += [(f"Row {row.number}", f"“{row.who[:40]}” could be {len(possible)} pupils.") for row, possible in matched.asked]
    filling = plan_filling(found, wanted, ladder)
    filling.say(problems)
    return filling
