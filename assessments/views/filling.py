"""A class as a workbook: downloaded, brought back, looked at, put in, and undone as a whole."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from assessments import parcels
from assessments.converters import CycleKey
from assessments.filling.words import known_steps, read_cells
from assessments.filling.workbook import SheetRow, read_workbook, write_workbook
from assessments.forms.filling import SheetForm
from assessments.models import Review, ReviewCycle
from assessments.services.filling import Filling, Wanted, lines_by_target, open_seal, plan_filling, put_in, sheet_lines, whose
from assessments.services.grid import takes_drafts
from assessments.services.old_words import old_words
from assessments.services.refusals import ReviewRefused
from assessments.views.classes import choose_class
from assessments.views.cycles import find_cycle
from pupils.access import visible_pupils
from pupils.importing.safety import RollFileRefused
from pupils.services.pupils import record_each_seen
from schools import audit
from schools.access import Permission, SchoolRequest, school_view
from targets.models import Step

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PUT_IN, UNDO = "filling", "filling-undo"


def reviews_to_fill(request: SchoolRequest, cycle: ReviewCycle) -> list[Review]:
    """The reviews of a cycle in which this person may draft, and that take drafts. Raises Http404 for somebody with none."""
    reviews = list(Review.objects.filter(cycle=cycle, pupil__in=visible_pupils(request, Permission.REVIEW_DRAFT)).for_list_page())
    if not reviews and not request.access.may(Permission.REVIEW_DRAFT):
        raise Http404
    return still_open(reviews, cycle)


def still_open(reviews: list[Review], cycle: ReviewCycle) -> list[Review]:
    today = timezone.localdate()
    for review in reviews:
        review.cycle = cycle
    return [review for review in reviews if takes_drafts(review, review.pupil.has_left(today))]


def ladder_of(request: SchoolRequest) -> tuple[str, ...]:
    """The ladder in the programme's words."""
    return Step.words(request.school.programme.words)


@school_view(Permission.REVIEW_DRAFT)
def review_sheet(request: SchoolRequest, key: CycleKey) -> HttpResponse:
    """The class as a workbook, filled in as far as it is."""
    cycle = find_cycle(key)
    reviews = still_open(choose_class(request, cycle).reviews, cycle)
    found = lines_by_target(reviews)
    record_each_seen(pupils=[review.pupil for review in reviews], by=request.user)
    content = write_workbook(sheet_lines(cycle, found, ladder_of(request)))
    audit.record(by=request.user, action="sheet.downloaded", row=cycle)
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="review-{cycle.slug}.xlsx"'})


@school_view(Permission.REVIEW_DRAFT)
def review_sheet_back(request: SchoolRequest, key: CycleKey) -> HttpResponse:
    """Bring the sheet back: what changes is shown, and nothing is written yet."""
    cycle = find_cycle(key)
    reviews, is_sent = reviews_to_fill(request, cycle), request.method == "POST"
    form = SheetForm(request.POST, request.FILES, is_cut_off=getattr(request, "has_huge_upload", False)) if is_sent else SheetForm()
    if is_sent and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            rows = read_workbook(file.name, file.read())
        except RollFileRefused as refusal:
            form.add_error("file", str(refusal))
        else:
            return preview(request, cycle, _plan(request, cycle, reviews, rows))
    return render(request, "assessments/sheet_back.html", {"cycle": cycle, "form": form, "group": request.GET.get("group", "")})


def _plan(request: SchoolRequest, cycle: ReviewCycle, reviews: list[Review], rows: list[SheetRow]) -> Filling:
    ladder, wanted, problems = ladder_of(request), [], []
    known = known_steps(ladder, old_words())
    for row in rows:
        place = f"Row {row.number}"
        values, said = read_cells(row.cells, known)
        problems += [(place, words) for words in said]
        try:
            sealed = open_seal(cycle, row.seal)
        except ValueError as refusal:
            problems.append((place, str(refusal)))
        else:
            is_chosen = "next" in values and values["next"] != sealed.base.get("next")  # else the cell came filled in
            is_astray = whose(row.pupil, row.target) != sealed.whose
            wanted.append(Wanted(place, sealed.review, sealed.target, sealed.base, values, is_chosen, is_astray))
    filling = plan_filling(lines_by_target(reviews), wanted, ladder)
    filling.say(problems)
    return filling


def preview(request: SchoolRequest, cycle: ReviewCycle, filling: Filling, **more: object) -> HttpResponse:
    """What would change and what was not understood, with the button that puts it in; `more` is what a paste asks."""
    parcel = parcels.pack(filling.rows, kind=PUT_IN, cycle=cycle, by=request.user)
    return render(request, "assessments/filling_preview.html", {"cycle": cycle, "filling": filling, "parcel": parcel} | more)


@require_POST
@school_view(Permission.REVIEW_DRAFT)
def review_put_in(request: SchoolRequest, key: CycleKey) -> HttpResponse:
    """Put in what a preview showed, or with `undo` take it back; all of it or nothing."""
    cycle, is_undo = find_cycle(key), "undo" in request.POST
    reviews = reviews_to_fill(request, cycle)
    try:
        rows = parcels.unpack(request.POST.get("parcel", ""), kind=UNDO if is_undo else PUT_IN, cycle=cycle, by=request.user)
        undo = put_in(reviews=reviews, rows=rows, by=request.user)
    except parcels.ParcelRefused as refused:
        messages.warning(request, refused.message)
    except ReviewRefused as refused:
        messages.warning(request, f"{refused.message} Nothing was {'undone' if is_undo else 'put in'}.")
    else:
        if not is_undo:
            parcel = parcels.pack(undo, kind=UNDO, cycle=cycle, by=request.user)
            return render(request, "assessments/filling_done.html", {"cycle": cycle, "count": len(undo), "parcel": parcel})
        messages.success(request, "Everything that was put in is undone.")
    grid = reverse("review-grid", args=[request.school.slug, cycle])
    return redirect(f"{grid}?{request.GET.urlencode()}")
