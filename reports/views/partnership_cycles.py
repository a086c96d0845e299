"""The cycles of all schools of a partnership, and opening a term's in all of them. No pupil's row is read here."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from reports.models import Job
from reports.queries import Period
from reports.services.partnership_cycles import ask_to_open, terms_of
from reports.services.refusals import ReportRefused
from reports.views.jobs import Progress
from schools.access import PartnershipRequest, Permission, partnership_view

TERMS_SHOWN = 3  # a year; later ones are still to be planned by each school


@partnership_view(Permission.CYCLE_OPEN)
def partnership_cycles(request: PartnershipRequest) -> HttpResponse:
    """Term by term, where each school is. While cycles are being opened the page asks for its own middle part again."""
    terms = terms_of(request.partnership, timezone.localdate())
    near = list(terms.items())[:TERMS_SHOWN]
    rows = [(period, cycles, sum(each.may_be_opened for each in cycles)) for period, cycles in near]
    job = Job.objects.filter(kind=Job.Kind.OPEN_CYCLES, partnership=request.partnership).order_by("-pk").first()
    is_part = bool(request.htmx)  # type: ignore[attr-defined]
    template = "reports/_partnership_cycles.html" if is_part else "reports/partnership_cycles.html"
    return render(request, template, {"terms": rows, "progress": Progress(job) if job else None})


@partnership_view(Permission.CYCLE_OPEN)
def partnership_cycle_open(request: PartnershipRequest, period: Period) -> HttpResponse:
    """Say what opening would do, school by school, then ask for it."""
    if request.method == "POST":
        try:
            ask_to_open(partnership=request.partnership, period=period, by=request.user)
        except ReportRefused as refused:
            messages.error(request, refused.message)
        return redirect("partnership-cycles", request.partnership.slug)
    cycles = terms_of(request.partnership, timezone.localdate()).get(period, [])
    ready = [each for each in cycles if each.may_be_opened]
    context = {"period": period, "ready": ready, "others": [each for each in cycles if not each.may_be_opened]}
    context["button_words"] = f"Open it in {len(ready)} school{'' if len(ready) == 1 else 's'}"
    return render(request, "reports/partnership_cycle_open.html", context)
