"""Setting a pupil's target or proposing one, closing one, and the kind hints beside its words."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from pupils.access import refuse_governors, visible_pupils
from pupils.models import Pupil
from pupils.views.frame import open_pupil, pupil_frame, refuse_changes
from schools.access import Permission, SchoolRequest, school_view
from targets import services
from targets.choices import Choices, by_strand, choices_for
from targets.deeds import Deed, last_deed
from targets.forms.targets import ClosingForm, SixthTargetForm, TargetForm
from targets.hints import hints_on, listed
from targets.models import Target
from targets.rungs import rungs_of
from targets.services.dates import SLOTS, first_review_date
from targets.services.refusals import NoPlannedCycle, TargetRefused

LONGEST_READ = 200


@school_view(Permission.TARGET_PROPOSE)
def target_new(request: SchoolRequest, public_id: UUID) -> HttpResponse:
    """First what it is about (?about=), then its words and steps. It is set by whoever may set, else proposed."""
    pupil = open_pupil(request, public_id, Permission.TARGET_PROPOSE)
    if refusal := refuse_changes(request, pupil):
        return refusal
    choices, may_set = choices_for(request.school.partnership_id), may_set_for(request, pupil)
    if not choices:
        return render(request, "targets/no_language.html", pupil_frame(request, pupil))
    about = request.GET.get("about", "")
    if request.method != "POST" and about not in choices:
        return render(request, "targets/choose.html", pupil_frame(request, pupil, strands=by_strand(choices), may_set=may_set))
    first = {"about": about, "looked_at": about, "review_on": default_date(request)}
    form = form_for(request, pupil, choices, first, asks_for_room=may_set)
    if form.is_valid() and (target := save(form, partial(_set_or_propose, request, pupil, form, may_set))):
        return redirect(done_at("pupil-targets", target, request.school.slug, pupil.public_id))
    return render(request, "targets/new.html", target_context(request, pupil, form, may_set=may_set))


def may_set_for(request: SchoolRequest, pupil: Pupil) -> bool:
    return visible_pupils(request, Permission.TARGET_SET).filter(pk=pupil.pk).exists()


def _set_or_propose(request: SchoolRequest, pupil: Pupil, form: TargetForm, may_set: bool) -> Target:
    if may_set:
        return services.set_target(pupil=pupil, wish=form.wish(), by=request.user, room=form.room())
    return services.propose_target(pupil=pupil, wish=form.wish(), by=request.user)


def form_for(request: SchoolRequest, pupil: Pupil, choices: Choices, first: Mapping[str, Any], *, asks_for_room: bool) -> TargetForm:
    """The form as it was sent; with five active targets the one that asks which of them closes.

    Where the steps of something else are asked for, or were not seen yet, it is not sent: it holds all that was typed.
    """
    active = list(Target.objects.active().filter(pupil=pupil).order_by("slot")) if asks_for_room else []
    build = partial(SixthTargetForm, active=active) if len(active) >= len(SLOTS) else TargetForm
    form = build(sent(request), choices=choices, initial=first)
    if form.is_bound and ("look" in request.POST or form.has_moved_on):
        typed = request.POST.dict()
        return build(choices=choices, initial=typed | {"looked_at": typed.get("about", "")})
    return form


def target_context(request: SchoolRequest, pupil: Pupil, form: TargetForm, **more: Any) -> dict[str, Any]:
    chosen, programme = form.chosen, request.school.programme
    more |= {
        "form": form,
        "chosen": chosen,
        "rungs": rungs_of(chosen.skill if chosen else None, programme),
        "suggested": chosen.suggestions(programme.age) if chosen else [],
        "hints": list(hints_for(request, form["wording"].value() or "")),
        "is_another_look": request.method == "POST" and not form.is_bound,
    }
    return pupil_frame(request, pupil, **more)


def hints_for(request: SchoolRequest, wording: str) -> list[str]:
    return list(hints_on(wording[:LONGEST_READ], listed(request.school.words_to_avoid)))


@require_POST
@school_view(Permission.TARGET_PROPOSE)
def target_hints(request: SchoolRequest) -> HttpResponse:
    """Part of the form: what could be said better, while the words are typed. They come in the body, never in an address."""
    refuse_governors(request)
    return render(request, "targets/_hints.html", {"hints": hints_for(request, request.POST.get("wording", ""))})


def default_date(request: SchoolRequest) -> object:
    """The due date of the first cycle in which a target of today counts, or nothing where none is planned."""
    try:
        return first_review_date(request.school, timezone.localdate())
    except NoPlannedCycle:
        return None


@school_view(Permission.TARGET_SET)
def target_close(request: SchoolRequest, target_id: UUID) -> HttpResponse:
    target = get_object_or_404(Target.objects.ever_set().select_related("pupil", "strand"), public_id=target_id)
    pupil = open_pupil(request, target.pupil.public_id, Permission.TARGET_SET)
    if target.status != Target.Status.ACTIVE:
        messages.warning(request, "This target is closed already.")
        return redirect("pupil-targets", request.school.slug, pupil.public_id)
    form = ClosingForm(sent(request))
    if form.is_valid() and save(form, lambda: services.close_target(target=target, closing=form.closing(), by=request.user)):
        return redirect(done_at("pupil-targets", target, request.school.slug, pupil.public_id))
    return render(request, "targets/close.html", pupil_frame(request, pupil, form=form, target=target))


def sent(request: SchoolRequest) -> QueryDict | None:
    """What was sent, be it nothing; None while the page is only read."""
    return request.POST if request.method == "POST" else None


def save(form: Form, deed: Callable[[], Target]) -> Target | None:
    """Do it; or put a refusal's words where they belong and return nothing."""
    try:
        return deed()
    except TargetRefused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        return None


def done_at(name: str, target: Target, *args: object) -> str:
    """The page that says what was done, and offers to take it back."""
    return f"{reverse(name, args=args)}?done={target.public_id}#done"


def deed_shown(request: SchoolRequest) -> Deed | None:
    """The deed that the address speaks of, where it is the person's own."""
    try:
        public_id = UUID(request.GET.get("done", ""))
    except ValueError:
        return None
    target = Target.objects.filter(public_id=public_id).select_related("pupil", "school").first()
    return last_deed(target, request.user, timezone.now()) if target else None
