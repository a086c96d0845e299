"""The grid of a class: a row a target, judged by keyboard, saved as one goes or, without a script, as one page."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from assessments.converters import CycleKey
from assessments.forms.grid import GridForm, RowForm
from assessments.models import Review, ReviewCycle
from assessments.services.grid import Block, Row, blocks_of, state_of
from assessments.services.old_words import old_words
from assessments.services.setting_aside import tell_what_was_set_aside
from assessments.views.classes import Chosen, choose_class
from assessments.views.cycles import find_cycle
from assessments.views.grid_saving import Outcome, save_grid
from pupils.access import refuse_governors, visible_pupils
from pupils.services.pupils import record_each_seen
from schools.access import Permission, SchoolRequest, school_view
from schools.models import User
from targets.views.targets import sent

VIEW = "grid_view"
TABLE, CARDS = "table", "cards"


@school_view(Permission.REVIEW_DRAFT)
def review_grid(request: SchoolRequest, key: CycleKey) -> HttpResponse:
    """Show a class and save what is sent of it. What cannot be saved comes back as it was typed, with the reason."""
    cycle = find_cycle(key)
    chosen = choose_class(request, cycle)
    blocks = blocks_of(cycle, chosen.reviews, timezone.localdate())
    form, outcome = GridForm(sent(request), blocks=blocks), Outcome()
    if request.method == "POST":
        outcome = save_grid(form=form, by=request.user)
        _tell(request, outcome)
        if outcome.is_done:
            return redirect(request.get_full_path())
        blocks = blocks_of(cycle, choose_class(request, cycle).reviews, timezone.localdate())
        form = GridForm(request.POST, blocks=blocks, pending=frozenset(outcome.pending))
    else:
        record_each_seen(pupils=[review.pupil for review in chosen.reviews], by=request.user)
    context = _context(request, cycle, chosen, blocks, form, outcome)
    return render(request, f"assessments/grid/{context['view']}.html", context, status=_status(form, outcome))


@school_view(Permission.REVIEW_DRAFT)
def own_reviews(request: SchoolRequest) -> HttpResponse:
    """To the grid of one's own pupils, or, with none or several open, what there is."""
    refuse_governors(request)
    mine = Review.objects.filter(cycle__closed_at=None, pupil__in=visible_pupils(request, Permission.REVIEW_DRAFT))
    cycles = ReviewCycle.objects.filter(pk__in=mine.values("cycle")).order_by("due_on", "pk")
    if len(cycles) == 1:
        return redirect("review-grid", request.school.slug, cycles[0])
    return render(request, "assessments/own_reviews.html", {"cycles": cycles})


def _tell(request: SchoolRequest, outcome: Outcome) -> None:
    if outcome.saved:
        messages.success(request, f"{_rows(outcome.saved)} saved.")
    if outcome.kept:
        messages.info(request, f"Somebody else worked here too. Their changes are kept: {', '.join(dict.fromkeys(outcome.kept))}.")
    for words in outcome.refused:
        messages.warning(request, words)


def _rows(number: int) -> str:
    return "1 row" if number == 1 else f"{number} rows"


def _status(form: GridForm, outcome: Outcome) -> int:
    if outcome.questions:
        return 409
    return 422 if form.errors else 200


def _context(
    request: SchoolRequest, cycle: ReviewCycle, chosen: Chosen, blocks: list[Block], form: GridForm, outcome: Outcome
) -> dict[str, Any]:
    view = _view(request)
    return {
        "cycle": cycle,
        "chosen": chosen,
        "view": view,
        "old_words": old_words().items() if view == TABLE else (),
        "form": form,
        "opened": form.sealed(outcome.opened),
        "parts": [_part(block, form, outcome, request.user) for block in blocks],
        "next_actions": RowForm.next_actions,
        "total": sum(block.total for block in blocks),
        "done": sum(block.done for block in blocks),
        "targets": sum(len(block.rows) for block in blocks),
        "told": tell_what_was_set_aside(to=request.user) if request.method == "GET" else [],
        "blank": RowForm(None, number=0),
    }


def _part(block: Block, form: GridForm, outcome: Outcome, reader: User) -> dict[str, Any]:
    """A pupil's part of the page: the forms of the rows, each with its question where there is one."""
    first = next(iter(form.rows), None)  # the first cell alone says which keys there are
    rows = [_row(form.rows[row.number], row, outcome, reader) for row in block.rows]
    for row in rows:
        row["described_by"] = "key" if row["number"] == first else ""
    said = form.said.get(block.review.pk)
    return {"block": block, "rows": rows, "said": said, "question": outcome.questions.get(said.key) if said else None}


def _row(part: RowForm, row: Row, outcome: Outcome, reader: User) -> dict[str, Any]:
    """What the page draws of one row, looked up once: a template would ask the form for each word anew."""
    question = outcome.questions.get(part.key)
    said = ("conflict", f"Changed by {question.by}") if question else ("unsaved", "Not saved") if part.errors else None
    return {
        "number": row.number,
        "n": str(row.number),
        "names": f"n-{row.review.pk} r-{row.number}",
        "line": row.line,
        "target": row.line.target,
        "evidence": row.evidence,
        "suggestion": row.evidence.suggestion,
        "looks": row.looks,
        "is_done": row.is_done,
        "counts": row.counts,
        "question": question,
        "errors": part.errors,
        "cell": part.add_prefix("step"),
        "code": "" if part.code is None else part.code,
        "next": part["next"].value(),
        "note": part["note"].value(),
        "note_field": part["note"],
        "more": part.more,
        "said": said or state_of(row.line, reader),
    }


def _view(request: SchoolRequest) -> str:
    """Table or cards: as the address says, else as chosen before. What the page chose by its width is not remembered."""
    asked = request.GET.get("view", "")
    if asked not in (TABLE, CARDS):
        return request.session.get(VIEW, TABLE)
    if "auto" not in request.GET and request.session.get(VIEW) != asked:
        request.session[VIEW] = asked
    return asked
