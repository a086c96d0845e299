"""Completing a review, and opening and closing a cycle: what sets letters and figures in motion."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from assessments.converters import CycleKey
from assessments.forms.reopening import ReopenForm
from assessments.models import Review, ReviewCycle
from assessments.services.planning import planned_cycles
from assessments.services.refusals import ReviewRefused
from assessments.services.reopening import may_be_reopened
from assessments.views.cycles import find_cycle
from assessments.views.reviews import open_review
from pupils.views.frame import pupil_frame
from reports import services
from schools.access import Permission, SchoolRequest, school_view
from schools.models import CycleDates
from targets.services.refusals import TargetRefused
from targets.views.targets import sent


@require_POST
@school_view(Permission.REVIEW_COMPLETE)
def review_complete(request: SchoolRequest, key: CycleKey, public_id: UUID) -> HttpResponse:
    """Complete the review in the version that the check page showed."""
    pupil, review = open_review(request, key, public_id, Permission.REVIEW_COMPLETE)
    version = request.POST.get("version", "")
    try:
        services.finish_review(review=review, version=int(version) if version.isdecimal() else 0, by=request.user)
    except (ReviewRefused, TargetRefused) as refused:
        messages.error(request, refused.message)
        return redirect("review", request.school.slug, review.cycle, pupil.public_id)
    messages.success(request, "The review is completed. Its letters are being made.")
    return redirect("review-letters", request.school.slug, review.cycle, pupil.public_id)


@school_view(Permission.REVIEW_COMPLETE)
def review_reopen(request: SchoolRequest, key: CycleKey, public_id: UUID) -> HttpResponse:
    """Ask why before a completed review is opened again."""
    pupil, review = open_review(request, key, public_id, Permission.REVIEW_COMPLETE)
    form = ReopenForm(sent(request))
    if form.is_valid():
        try:
            services.reopen_review(review=review, because=form.cleaned_data["because"], by=request.user)
            messages.success(request, "The review is open again. Change what was wrong, then complete it once more.")
        except ReviewRefused as refused:
            messages.error(request, refused.message)
        return redirect("review", request.school.slug, review.cycle, pupil.public_id)
    if not may_be_reopened(review):
        messages.warning(request, "This review cannot be opened again: it is not completed, or a later one rests on it.")
        return redirect("review", request.school.slug, review.cycle, pupil.public_id)
    return render(request, "reports/review_reopen.html", pupil_frame(request, pupil, review=review, form=form))


@school_view(Permission.CYCLE_OPEN)
def cycle_open(request: SchoolRequest, key: CycleKey) -> HttpResponse:
    """Ask once more before a planned cycle is opened: it closes the one before."""
    dates = get_object_or_404(CycleDates, academic_year=key[0], number=key[1])
    if request.method == "POST":
        try:
            cycle = services.begin_cycle(school=request.school, dates=dates, by=request.user)
        except ReviewRefused as refused:
            messages.error(request, refused.message)
            return redirect("cycle-list", request.school.slug)
        messages.success(request, f"{cycle.name} is open.")
        return redirect("cycle", request.school.slug, cycle)
    planned = planned_cycles(list(ReviewCycle.objects.all()), timezone.localdate())
    may_be_opened = any(each.dates == dates and each.may_be_opened for each in planned)
    context = {"dates": dates, "title": f"Open {dates}", "may_be_opened": may_be_opened, "missed": Review.objects.unfinished().count()}
    return render(request, "reports/cycle_open.html", context)


@school_view(Permission.CYCLE_OPEN)
def cycle_close(request: SchoolRequest, key: CycleKey) -> HttpResponse:
    cycle = find_cycle(key)
    if request.method == "POST":
        try:
            services.end_cycle(cycle=cycle, by=request.user)
            messages.success(request, f"{cycle.name} is closed. Its figures are being published.")
        except ReviewRefused as refused:
            messages.error(request, refused.message)
        return redirect("cycle", request.school.slug, cycle)
    missed = Review.objects.unfinished().filter(cycle=cycle).count() if cycle.is_open else 0
    return render(request, "reports/cycle_close.html", {"cycle": cycle, "missed": missed})
