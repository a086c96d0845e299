"""What goes beside judging: reminding key workers, annual reviews of plans, and meetings with parents."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from assessments.converters import CycleKey
from assessments.forms.reminding import RemindForm
from assessments.services.duties import meetings_of, plan_reviews
from assessments.services.reminding import remind, workers_left
from assessments.views.cycles import find_cycle
from schools.access import Permission, SchoolRequest, school_view
from schools.addresses import sign_in_first
from targets.views.targets import sent

PUPILS_A_PAGE = 25


@school_view(Permission.REVIEW_COMPLETE)
def cycle_remind(request: SchoolRequest, key: CycleKey) -> HttpResponse:
    """Choose whom to remind. Each gets one e-mail that names no pupil."""
    cycle = find_cycle(key)
    if not cycle.is_open:
        messages.warning(request, "This cycle is closed, so nothing is left to draft in it.")
        return redirect("cycle", request.school.slug, cycle)
    workers = workers_left(cycle, request.school, timezone.now())
    form = RemindForm(sent(request), workers=workers)
    if form.is_valid():
        link = request.build_absolute_uri(sign_in_first(reverse("review-grid", args=[request.school.slug, cycle])))
        rows = remind(cycle=cycle, school=request.school, users=form.cleaned_data["users"], link=link, by=request.user)
        messages.success(request, _said(len(rows)))
        return redirect("cycle", request.school.slug, cycle)
    return render(request, "assessments/cycle_remind.html", {"cycle": cycle, "form": form, "workers": workers})


def _said(number: int) -> str:
    if not number:
        return "Nobody was reminded: they were reminded a moment ago, or nothing is left."
    return "1 key worker is being reminded." if number == 1 else f"{number} key workers are being reminded."


@school_view(Permission.REVIEW_SEE)
def cycle_duties(request: SchoolRequest, key: CycleKey) -> HttpResponse:
    """Annual reviews that are near, and how often parents were met this academic year."""
    cycle, today = find_cycle(key), timezone.localdate()
    meetings = meetings_of(cycle, today)
    behind = [each for each in meetings if each.is_behind]
    page = Paginator(behind, PUPILS_A_PAGE).get_page(request.GET.get("page"))
    context = {"cycle": cycle, "plans": plan_reviews(today), "meetings": meetings, "page": page}
    return render(request, "assessments/cycle_duties.html", context)
