"""Hard outcomes beside the soft: the measures of a school, a file of a cycle's values, and the values of one pupil."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from assessments import parcels
from assessments.converters import CycleKey
from assessments.forms.opened import seal
from assessments.forms.outcomes import MeasureForm, OutcomeFileForm, OutcomesForm
from assessments.models import OutcomeMeasure, ReviewCycle
from assessments.outcomes.files import read_outcomes
from assessments.services import outcomes
from assessments.services.outcome_import import plan_outcomes
from assessments.services.refusals import MeasureRefused, OutcomesChangedMeanwhile
from assessments.views.cycles import find_cycle
from assessments.views.reviews import open_review
from pupils.importing.safety import RollFileRefused
from pupils.views.frame import pupil_frame
from schools.access import Permission, SchoolRequest, school_view
from targets.views.targets import sent

PARCEL = "outcomes"


@school_view(Permission.REVIEW_COMPLETE)
def cycle_outcomes(request: SchoolRequest, key: CycleKey) -> HttpResponse:
    """The measures, with how many pupils have a value; a form for a new one, and one for a file."""
    cycle = find_cycle(key)
    is_file = request.method == "POST" and "name" not in request.POST
    upload = (
        OutcomeFileForm(request.POST, request.FILES, is_cut_off=getattr(request, "has_huge_upload", False))
        if is_file
        else OutcomeFileForm()
    )
    measure = MeasureForm(sent(request) if not is_file else None)
    if is_file and upload.is_valid() and (preview := _preview(request, cycle, upload)):
        return preview
    if measure.is_bound and measure.is_valid():
        try:
            outcomes.add_measure(school=request.school, by=request.user, **measure.cleaned_data)
            messages.success(request, f"“{measure.cleaned_data['name']}” is looked at from now on.")
            return redirect("cycle-outcomes", request.school.slug, cycle)
        except MeasureRefused as refused:
            measure.add_error("name", refused.message)
    measures = list(OutcomeMeasure.objects.for_cycle_page(cycle))
    context = {"cycle": cycle, "measures": measures, "has_measures": any(each.is_used for each in measures), "upload": upload}
    return render(request, "assessments/cycle_outcomes.html", context | {"form": measure})


def _preview(request: SchoolRequest, cycle: ReviewCycle, form: OutcomeFileForm) -> HttpResponse | None:
    """What the file would change; nothing is written yet, and the file is not kept."""
    file, measures = form.cleaned_data["file"], outcomes.measures_in_use()
    try:
        read = read_outcomes(file.name, file.read(), laestab=request.school.laestab, today=timezone.localdate(), measures=measures)
    except RollFileRefused as refusal:
        form.add_error("file", str(refusal))
        return None
    plan = plan_outcomes(read, cycle, measures)
    content = [[*cell, plan.base[cell], value] for cell, value in plan.mine.items()]
    parcel = parcels.pack(content, kind=PARCEL, cycle=cycle, by=request.user)
    return render(request, "assessments/outcomes_preview.html", {"cycle": cycle, "plan": plan, "parcel": parcel, "warnings": read.warnings})


@require_POST
@school_view(Permission.REVIEW_COMPLETE)
def outcomes_put_in(request: SchoolRequest, key: CycleKey) -> HttpResponse:
    """Write what the preview showed, all or nothing."""
    cycle = find_cycle(key)
    try:
        content = parcels.unpack(request.POST.get("parcel", ""), kind=PARCEL, cycle=cycle, by=request.user)
        base = {(pupil, measure): old for pupil, measure, old, _ in content}
        mine = {(pupil, measure): new for pupil, measure, _, new in content}
        changed = outcomes.save_outcomes(cycle=cycle, base=base, mine=mine, by=request.user)
    except parcels.ParcelRefused as refused:
        messages.warning(request, refused.message)
    except OutcomesChangedMeanwhile as refused:
        messages.warning(request, f"{refused.message} Choose the file again to see what would change now.")
    else:
        messages.success(request, f"{changed} {'value was' if changed == 1 else 'values were'} put in.")
    return redirect("cycle-outcomes", request.school.slug, cycle)


@require_POST
@school_view(Permission.REVIEW_COMPLETE)
def measure_stop(request: SchoolRequest, key: CycleKey, measure_id: UUID) -> HttpResponse:
    measure = get_object_or_404(OutcomeMeasure, public_id=measure_id)
    outcomes.stop_measure(measure=measure, by=request.user)
    messages.success(request, f"“{measure.name}” is no longer asked for. What was recorded stays.")
    return redirect("cycle-outcomes", request.school.slug, find_cycle(key))


@school_view(Permission.REVIEW_DRAFT)
def review_outcomes(request: SchoolRequest, key: CycleKey, public_id: UUID) -> HttpResponse:
    """Type what each measure says of one pupil in this cycle; of a past one too, since figures of a term come after it."""
    pupil, found = open_review(request, key, public_id, Permission.REVIEW_DRAFT)
    measures = outcomes.measures_in_use()
    now = {measure: value for (_, measure), value in outcomes.values_in(found.cycle, [pupil.pk]).items()}
    form = OutcomesForm(sent(request), measures=measures, values=now)
    status = 200
    if form.is_valid():
        base, mine = ({(pupil.pk, each): value for each, value in values.items()} for values in (form.base, form.values))
        try:
            outcomes.save_outcomes(cycle=found.cycle, base=base, mine=mine, by=request.user)
            messages.success(request, "The outcomes are saved.")
            return redirect("pupil-targets", request.school.slug, pupil.public_id)
        except OutcomesChangedMeanwhile as clash:
            _say_theirs(form, clash, now)
            status = 409
    shown = outcomes.outcomes_of(pupil, found.cycle)
    return render(
        request, "assessments/review_outcomes.html", pupil_frame(request, pupil, review=found, form=form, outcomes=shown), status=status
    )


def _say_theirs(form: OutcomesForm, clash: OutcomesChangedMeanwhile, now: dict[int, str]) -> None:
    """Theirs beside each field in question; saving again is then a decision made in sight of it."""
    for (_, measure), value in clash.theirs.items():
        form.add_error(f"m{measure}", f"Somebody else wrote “{value or 'nothing'}” meanwhile. Save again to keep yours, or write theirs.")
    form.opened = seal({name: now.get(each.id, "") for name, each in form.measures.items()})
