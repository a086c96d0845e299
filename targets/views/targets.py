"""Setting a pupil's target and closing one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from pupils.models import Pupil
from pupils.views.frame import open_pupil, pupil_frame, refuse_changes
from schools.access import Permission, SchoolRequest, school_view
from targets import services
from targets.forms.targets import ClosingForm, SixthTargetForm, TargetForm
from targets.models import Strand, Target
from targets.services.dates import SLOTS, first_review_date
from targets.services.refusals import NoPlannedCycle, TargetRefused


@school_view(Permission.TARGET_SET)
def target_new(request: SchoolRequest, public_id: UUID) -> HttpResponse:
    pupil = open_pupil(request, public_id, Permission.TARGET_SET)
    if refusal := refuse_changes(request, pupil):
        return refusal
    strands = Strand.objects.published_for(request.school.partnership_id)
    if not strands:
        return render(request, "targets/no_language.html", pupil_frame(request, pupil))
    form = _target_form(request, pupil, strands)
    if form.is_valid():
        try:
            services.set_target(pupil=pupil, wish=form.wish(), by=request.user, **form.room())
        except TargetRefused as refused:
            _say(form, refused)
        else:
            messages.success(request, "The target is set.")
            return redirect("pupil-targets", request.school.slug, pupil.public_id)
    return render(request, "targets/new.html", pupil_frame(request, pupil, form=form))


def _target_form(request: SchoolRequest, pupil: Pupil, strands: QuerySet[Strand]) -> TargetForm:
    """The plain form, or with five active targets the one that asks which of them closes."""
    active = list(Target.objects.active().filter(pupil=pupil).order_by("slot"))
    given: dict[str, Any] = {"data": sent(request), "strands": strands, "initial": {"review_on": _default_date(request)}}
    return SixthTargetForm(**given, active=active) if len(active) >= len(SLOTS) else TargetForm(**given)


def _default_date(request: SchoolRequest) -> object:
    """The due date of the first cycle in which a target of today counts, or nothing where none is planned."""
    try:
        return first_review_date(request.school, timezone.localdate())
    except NoPlannedCycle:
        return None


@school_view(Permission.TARGET_SET)
def target_close(request: SchoolRequest, target_id: UUID) -> HttpResponse:
    target = get_object_or_404(Target.objects.select_related("pupil", "strand"), public_id=target_id)
    pupil = open_pupil(request, target.pupil.public_id, Permission.TARGET_SET)
    if target.status != Target.Status.ACTIVE:
        messages.warning(request, "This target is closed already.")
        return redirect("pupil-targets", request.school.slug, pupil.public_id)
    form = ClosingForm(sent(request))
    if form.is_valid():
        try:
            services.close_target(target=target, closing=form.closing(), by=request.user)
        except TargetRefused as refused:
            _say(form, refused)
        else:
            messages.success(request, "The target is closed. Its step goes into the next review.")
            return redirect("pupil-targets", request.school.slug, pupil.public_id)
    return render(request, "targets/close.html", pupil_frame(request, pupil, form=form, target=target))


def sent(request: SchoolRequest) -> QueryDict | None:
    """What was sent, be it nothing; None while the page is only read."""
    return request.POST if request.method == "POST" else None


def _say(form: TargetForm | ClosingForm, refused: TargetRefused) -> None:
    """Put a refusal's words where they belong."""
    form.add_error(refused.field if refused.field in form.fields else None, refused.message)
