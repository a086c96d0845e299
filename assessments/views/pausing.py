"""Letting a review wait or putting it on hold, and lifting that: from the review itself, and from the list of its class."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from assessments import services
from assessments.converters import CycleKey
from assessments.forms.pausing import PauseForm
from assessments.models import Review
from assessments.services.refusals import ReviewRefused
from assessments.views.cycles import group_in_address
from assessments.views.reviews import open_review
from pupils.views.frame import pupil_frame
from schools.access import Permission, SchoolRequest, school_view
from targets.views.targets import sent

FROM_CLASS = "class"


@school_view(Permission.REVIEW_COMPLETE)
def review_pause(request: SchoolRequest, key: CycleKey, public_id: UUID) -> HttpResponse:
    """Ask for the reason. A review that is paused already can be given another one."""
    pupil, review = open_review(request, key, public_id, Permission.REVIEW_COMPLETE)
    if review.status in Review.FINISHED:
        messages.warning(request, "This review is finished and can only be read.")
        return _back(request, review)
    now = {"status": review.status, "because": review.paused_because, "words": review.status_reason} if review.is_paused else {}
    form = PauseForm(sent(request), initial=now)
    if form.is_valid():
        try:
            services.pause_review(review=review, by=request.user, **form.cleaned_data)
        except ReviewRefused as refused:
            messages.error(request, refused.message)
        else:
            words = "waits" if form.cleaned_data["status"] == Review.Status.WAITING else "is on hold"
            messages.success(request, f"The review of {pupil.short_name} {words}.")
        return _back(request, review)
    context = {"review": review, "form": form, "back_url": _back_url(request, review), "comes_from": request.GET.get("from", "")}
    return render(request, "assessments/review_pause.html", pupil_frame(request, pupil, **context))


@require_POST
@school_view(Permission.REVIEW_COMPLETE)
def review_resume(request: SchoolRequest, key: CycleKey, public_id: UUID) -> HttpResponse:
    pupil, review = open_review(request, key, public_id, Permission.REVIEW_COMPLETE)
    try:
        services.resume_review(review=review, by=request.user)
        messages.success(request, f"The review of {pupil.short_name} goes on.")
    except ReviewRefused as refused:
        messages.error(request, refused.message)
    return _back(request, review)


def _back(request: SchoolRequest, review: Review) -> HttpResponse:
    return redirect(_back_url(request, review))


def _back_url(request: SchoolRequest, review: Review) -> str:
    """To where the person came from: the list of the class, or the review."""
    if FROM_CLASS in (request.GET.get("from"), request.POST.get("from")):
        query = urlencode({"class": group_in_address(review.registration_group)})
        return f"{reverse('cycle', args=[request.school.slug, review.cycle])}?{query}"
    return reverse("review", args=[request.school.slug, review.cycle, review.pupil.public_id])
