"""Taking a one-to-one back: undone by whoever recorded it, or entered in error. A review may stand in the way."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from assessments.services.evidence import undo_one_to_one, void_one_to_one
from pupils.models import Pupil
from pupils.views.frame import open_pupil, pupil_frame
from schools.access import Permission, SchoolRequest, school_view
from targets.forms.one_to_ones import VoidForm
from targets.models import OneToOne
from targets.services.refusals import OneToOneRefused
from targets.views.one_to_ones import may_void
from targets.views.targets import sent


def open_one_to_one(request: SchoolRequest, one_to_one_id: UUID) -> tuple[Pupil, OneToOne]:
    """Return a one-to-one of a pupil for whom the person may record. Raises Http404."""
    row = get_object_or_404(OneToOne.objects.for_list_page().select_related("pupil"), public_id=one_to_one_id)
    return open_pupil(request, row.pupil.public_id, Permission.ONE_TO_ONE_RECORD), row


@require_POST
@school_view(Permission.ONE_TO_ONE_RECORD)
def one_to_one_undo(request: SchoolRequest, one_to_one_id: UUID) -> HttpResponse:
    pupil, row = open_one_to_one(request, one_to_one_id)
    try:
        undo_one_to_one(one_to_one=row, by=request.user)
    except OneToOneRefused as refused:
        messages.warning(request, refused.message)
    else:
        holds_again = "The correction is undone. What was saved before holds again."
        messages.success(request, holds_again if row.supersedes_id else f"The one-to-one with {pupil.first_name} is undone.")
    return redirect("today", request.school.slug)


@school_view(Permission.ONE_TO_ONE_RECORD)
def one_to_one_void(request: SchoolRequest, one_to_one_id: UUID) -> HttpResponse:
    """Ask why, then mark it as entered in error."""
    pupil, row = open_one_to_one(request, one_to_one_id)
    if not may_void(request, row, may_record=True):
        raise Http404
    form = VoidForm(sent(request))
    if form.is_valid():
        try:
            void_one_to_one(one_to_one=row, because=form.cleaned_data["because"], by=request.user)
        except OneToOneRefused as refused:
            messages.warning(request, refused.message)
        else:
            messages.success(request, "The one-to-one is marked as entered in error. Its words are gone.")
        return redirect("pupil-one-to-ones", request.school.slug, pupil.public_id)
    return render(request, "assessments/one_to_one_void.html", pupil_frame(request, pupil, form=form, row=row))
