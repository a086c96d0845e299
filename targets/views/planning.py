"""The weekly pattern of a pupil's one-to-ones, set by the key worker or the SENCO."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from pupils.views.frame import may_save, open_pupil, pupil_frame, refuse_changes
from schools.access import Permission, SchoolRequest, school_view
from targets.forms.planning import WeekForm, slots_in
from targets.models import PlannedDay
from targets.services.planning import plan_week, week_of
from targets.views.targets import sent


@school_view(Permission.ONE_TO_ONE_RECORD)
def one_to_one_plan(request: SchoolRequest, public_id: UUID) -> HttpResponse:
    """On which weekdays the pupil has a one-to-one; Today shows those of the day in the order of their times."""
    pupil = open_pupil(request, public_id, Permission.ONE_TO_ONE_RECORD)
    if refusal := refuse_changes(request, pupil):
        return refusal
    form = WeekForm(sent(request), week=week_of(pupil))
    if may_save(form, pupil):
        both = plan_week(pupil=pupil, base=slots_in(form.base), values=slots_in(form.values), by=request.user)
        messages.success(request, f"The week is planned. {both_words(both)}".strip())
        return redirect("pupil-one-to-ones", request.school.slug, pupil.public_id)
    return render(request, "targets/plan.html", pupil_frame(request, pupil, form=form))


def both_words(days: list[int]) -> str:
    """Say for which days somebody else had planned something else since the page was opened."""
    names = " and ".join(str(PlannedDay.Weekday(day).label) for day in days)
    return f"Somebody else had changed {names} as well; what you saved now holds." if days else ""
