"""One row of the grid: what one-to-ones saw of its target, and the address at which a script saves it."""

import json
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods

from assessments import services
from assessments.converters import CycleKey
from assessments.forms.grid import RowForm, SaidForm
from assessments.forms.questions import keep_name
from assessments.models import Review, SetAside
from assessments.services.drafting import values_of
from assessments.services.grid import state_of
from assessments.services.refusals import FieldsClash, ReviewRefused
from assessments.services.setting_aside import Told
from assessments.services.sightings import seen_since, since_last
from assessments.views.grid_saving import question_of
from pupils.access import pupil_or_404
from pupils.views.frame import open_pupil, pupil_frame
from schools.access import Permission, SchoolRequest, school_view
from targets.models import Descriptor, Target

MOST_SHOWN = 40


@require_http_methods(["GET", "PATCH"])
@school_view(Permission.REVIEW_DRAFT)
def review_row(request: SchoolRequest, key: CycleKey, target_id: UUID) -> HttpResponse:
    """GET shows the evidence of a row, PATCH saves a draft of it."""
    target = get_object_or_404(Target.objects.select_related("pupil", "skill", "strand"), public_id=target_id)
    if request.method == "PATCH":
        return _save_row(request, _review_of(request, key, target.pupil.public_id), target)
    pupil = open_pupil(request, target.pupil.public_id, Permission.REVIEW_DRAFT)
    review = get_object_or_404(Review.objects.of_cycle(*key).select_related("cycle"), pupil=pupil)
    since = since_last(review.cycle)
    aside = SetAside.objects.of_review(review).filter(judgement__target=target)
    context = {
        "review": review,
        "target": target,
        "since": since,
        "seen": seen_since([target.pk], since).select_related("one_to_one__key_worker")[:MOST_SHOWN],
        "looks": list(Descriptor.objects.filter(skill=target.skill_id).order_by("step").values_list("staff", flat=True))
        if target.skill_id
        else [],
        "aside": [Told(row) for row in aside],
    }
    return render(request, "assessments/grid/evidence.html", pupil_frame(request, pupil, **context))


@require_http_methods(["PATCH"])
@school_view(Permission.REVIEW_DRAFT)
def review_said(request: SchoolRequest, key: CycleKey, public_id: UUID) -> HttpResponse:
    """Save what pupil and parents say, beside the rows of the pupil."""
    review = _review_of(request, key, public_id)
    sent = _read(request)
    part, base, unchosen = (_said(review, sent[name]) for name in ("values", "base", "unchosen"))
    if not part.is_valid():
        return _errors(part)
    try:
        lost = _readable(unchosen).items()
        services.save_review(review=review, base=_readable(base), mine=part.typed, unchosen=lost, by=request.user)
    except FieldsClash as clash:
        return _question(request, part, clash)
    except ReviewRefused as refused:
        return JsonResponse({"refused": refused.message}, status=422)
    review.refresh_from_db()
    return JsonResponse({"values": _as_sent(values_of(review, []))})


def _review_of(request: SchoolRequest, key: CycleKey, public_id: UUID) -> Review:
    """The review of a pupil whom the person may judge. Raises Http404."""
    pupil = pupil_or_404(request, public_id, Permission.REVIEW_DRAFT)
    return get_object_or_404(Review.objects.of_cycle(*key).select_related("cycle", "pupil"), pupil=pupil)


def _save_row(request: SchoolRequest, review: Review, target: Target) -> HttpResponse:
    sent = _read(request)
    part = RowForm(_named(target, sent["values"]), number=target.pk)
    base, unchosen = (RowForm(_named(target, sent[name]), number=target.pk) for name in ("base", "unchosen"))
    if not part.is_valid():
        return _errors(part)
    try:
        saved = services.save_row(
            review=review,
            target_id=target.pk,
            base=_readable(base),
            mine=part.typed,
            by=request.user,
            unchosen=_readable(unchosen),
            decided=sent["values"].keys() & {"next"},  # the script sends it only where a person decided it
        )
    except FieldsClash as clash:
        return _question(request, part, clash)
    except ReviewRefused as refused:
        return JsonResponse({"refused": refused.message}, status=422)
    return JsonResponse(_answer(request, part, saved))


def _answer(request: SchoolRequest, part: RowForm, saved: services.SavedRow) -> dict[str, Any]:
    """What the page needs to go on: the row as it stands now, and its state in words."""
    line, kept = saved.line, _kept(part, saved)
    return {
        "values": _as_sent(saved.values),
        "state": render_to_string("assessments/grid/_state.html", {"said": state_of(line, request.user), "kept": kept}),
        "kept": kept,
        "closed": saved.is_closed,
        "done": line.judgement.is_decided and not line.left_to_do,
        "counts": line.is_due or line.judgement.is_decided,
    }


def _kept(part: RowForm, saved: services.SavedRow) -> str:
    """Ms Jones’s note kept too. Nothing where nobody else had changed the row."""
    labels = [str(part.fields[name].label).lower() for name in saved.kept if name in part.fields]
    return f"{saved.other or 'Somebody else'}’s {' and '.join(labels)} kept too." if labels else ""


def _named(target: Target, values: dict[str, Any]) -> dict[str, Any]:
    part = RowForm(None, number=target.pk)
    return {part.add_prefix(name): value for name, value in values.items()}


def _said(review: Review, values: dict[str, Any]) -> SaidForm:
    part = SaidForm(None, review=review)
    return SaidForm({part.add_prefix(name): value for name, value in values.items()}, review=review)


def _readable(part: RowForm | SaidForm) -> dict[str, Any]:
    """The fields that could be read; of a base that was torn the rest counts as not known."""
    part.is_valid()
    return part.typed


def _read(request: SchoolRequest) -> dict[str, dict[str, Any]]:
    """The body: base, values and unchosen, each by field. Raises Http404 for anything else."""
    try:
        sent = json.loads(request.body)
        return {name: dict(sent.get(name) or {}) for name in ("base", "values", "unchosen")}
    except (ValueError, TypeError, AttributeError) as error:
        raise Http404 from error


def _as_sent(values: dict[str, Any]) -> dict[str, str]:
    """Values as the fields of the page hold them."""
    return {name: "" if value is None else "X" if value == "x" and name == "step" else str(value) for name, value in values.items()}


def _errors(part: RowForm | SaidForm) -> HttpResponse:
    return JsonResponse({"errors": {part.add_prefix(name): words[0] for name, words in part.errors.items()}}, status=422)


def _question(request: SchoolRequest, part: RowForm | SaidForm, clash: FieldsClash) -> HttpResponse:
    """Both values side by side, and theirs as what the page has seen from now on."""
    question = question_of(part, clash, request.user)
    theirs = _as_sent({each.name: each.theirs for each in clash.merged.clashes})
    mine = _as_sent({each.name: each.mine for each in clash.merged.clashes})
    html = render_to_string("assessments/grid/_question.html", {"question": question, "by": question.by})
    names = {name: keep_name(part, name) for name in theirs}
    return JsonResponse({"html": html, "by": question.by, "theirs": theirs, "mine": mine, "names": names}, status=409)
