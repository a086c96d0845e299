"""A school's settings, and the dates of its review cycles."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from schools.access import Permission, SchoolRequest, school_view
from schools.cycles import name_of
from schools.forms.settings import CyclesForm, SettingsForm
from schools.models import CycleDates
from schools.services import settings as services

BEGUN = "This academic year’s cycles have begun. You can change their number when the last one is over, for the year after."

OUTDATED = "Nothing was saved: since you opened the page, a cycle has opened or all were planned anew. These are the dates now."


@school_view(Permission.SETTINGS_EDIT)
@require_http_methods(["GET", "POST"])
def school_settings(request: SchoolRequest) -> HttpResponse:
    """Name, how to reach the school, programme, and how its people work."""
    form = SettingsForm(request.POST or None, school=request.school)
    if request.method == "POST" and form.is_valid():
        try:
            changed = services.change_settings(school=request.school, base=form.base, values=form.values, by=request.user)
        except services.ChangedMeanwhile as meanwhile:
            form.ask(theirs=meanwhile.theirs, clashes=meanwhile.clashes, by=meanwhile.by, at=meanwhile.at)
        except services.CyclesHaveBegun:
            form.add_error("cycles_a_year", BEGUN)
        else:
            messages.success(request, "Saved." if changed else "Nothing was changed.")
            if "cycles_a_year" in changed:
                messages.info(request, "We planned new dates for the years that have not begun. Please look at them.")
                return redirect("school-cycles", request.school.slug)
            return redirect("school-settings", request.school.slug)
    return render(request, "schools/settings.html", {"form": form})


@school_view(Permission.SETTINGS_EDIT)
@require_http_methods(["GET", "POST"])
def school_cycles(request: SchoolRequest) -> HttpResponse:
    """When the review cycles of this academic year and the next open and are due."""
    today = timezone.localdate()
    services.keep_planned(school=request.school, today=today)
    years = services.years_to_plan(today)
    cycles = list(CycleDates.objects.filter(academic_year__in=years).order_by("academic_year", "number"))
    form = CyclesForm(request.POST or None, cycles=cycles, today=today)
    if form.is_outdated:
        messages.warning(
            request, "Nothing was saved: since you opened the page, a cycle has opened or all were planned anew. These are the dates now."
        )
        return redirect("school-cycles", request.school.slug)
    if request.method == "POST" and form.is_valid():
        try:
            changed = services.change_dates(school=request.school, base=form.base, values=form.values, by=request.user)
        except services.ChangedMeanwhile as meanwhile:
            form.ask(theirs=meanwhile.theirs, clashes=meanwhile.clashes, by=meanwhile.by, at=meanwhile.at)
        except services.BadDates as bad:
            for name, words in bad.faults.items():
                form.add_error(name if name in form.fields else None, words)
        else:
            messages.success(request, "Saved." if changed else "Nothing was changed.")
            return redirect("school-cycles", request.school.slug)
    return render(request, "schools/cycles.html", {"form": form, "years": [(name_of(year), rows) for year, rows in form.years().items()]})
