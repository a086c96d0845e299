"""Bringing a roll in: history and upload, preview, what changed."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from pupils.forms.imports import PreviewForm, UploadForm
from pupils.importing.safety import RollFileRefused
from pupils.models import Pupil, RollImport
from pupils.services import roll
from pupils.services.roll_files import RollFileGone
from pupils.services.roll_plan import Plan
from pupils.views.import_rows import page_of, parts_of
from schools.access import Permission, SchoolRequest, school_view

IMPORTS_A_PAGE = 25
PUPILS_A_PAGE = 100
_GONE = "The file of this import is no longer kept: it goes after 24 hours. Choose it again."
_SINCE = "Somebody has changed a pupil since this preview was made. Nothing was imported. Look at the rows again, then apply."
_SETTLED = "This import was settled in the meantime, perhaps by a colleague. Nothing was imported a second time."


@school_view(Permission.ROLL_IMPORT)
def import_list(request: SchoolRequest) -> HttpResponse:
    """The history, and the form for the next file."""
    form = _upload_form(request)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            staged = roll.stage_roll(school=request.school, name=file.name, data=file.read(), by=request.user)
        except RollFileRefused as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect(_address(request, staged))
    history = Paginator(RollImport.objects.for_list_page(), IMPORTS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "pupils/import_list.html", {"form": form, "history": history})


def _upload_form(request: SchoolRequest) -> UploadForm:
    """Reading the files is what tells whether the upload was cut off at the cap."""
    if request.method != "POST":
        return UploadForm()
    files = request.FILES
    return UploadForm(request.POST, files, is_cut_off=getattr(request, "has_huge_upload", False))


def _address(request: SchoolRequest, found: RollImport) -> str:
    return reverse("import-page", args=[request.school.slug, found.public_id])


@school_view(Permission.ROLL_IMPORT)
def import_page(request: SchoolRequest, pk: UUID) -> HttpResponse:
    """A staged import as its preview, a settled one as what came of it."""
    found = get_object_or_404(RollImport.objects.for_list_page(), public_id=pk)
    if found.state != RollImport.State.STAGED:
        return _settled(request, found)
    try:
        plan = roll.plan_staged(found, request.school)
    except RollFileGone:
        messages.warning(request, _GONE)
        return redirect("import-list", request.school.slug)
    except RollFileRefused as refusal:
        messages.warning(request, str(refusal))
        return redirect("import-list", request.school.slug)
    form = PreviewForm(request.POST if request.method == "POST" else None, rows=(item.row.number for item in plan.items))
    if request.method == "POST" and form.is_valid():
        return _decide(request, found, plan, form)
    return _preview(request, found, plan, form)


def _preview(request: SchoolRequest, found: RollImport, plan: Plan, form: PreviewForm) -> HttpResponse:
    choices = roll.choices_of(found)
    page = page_of(plan, request.GET.get("page"))
    context = {
        "found": found,
        "form": form,
        "plan": plan,
        "page": page,
        "parts": parts_of(page, choices),
        "counts": plan.counts(choices),
        "may_apply": plan.has_something_to_apply,
        "before": roll.applied_before(found),
    }
    return render(request, "pupils/import_preview.html", context)


def _decide(request: SchoolRequest, found: RollImport, plan: Plan, form: PreviewForm) -> HttpResponse:
    """Remember the ticks of the page, then turn to another page or apply."""
    chosen = form.cleaned_data
    try:
        roll.save_choices(roll_import=found, shown=chosen["shown"], leave_out=chosen["leave_out"], keep=chosen["keep"])
        if chosen["go"] != "apply":
            return redirect(f"{_address(request, found)}?page={chosen['go']}")
        roll.apply_roll(
            roll_import=found,
            school=request.school,
            digest=chosen["digest"],
            leave_problems_out=chosen["leave_problems_out"],
            by=request.user,
        )
    except roll.RollHasProblems:
        form.add_error("leave_problems_out", "Tick this to import the other rows without the ones that have problems.")
        return _preview(request, found, plan, form)
    except roll.RollChangedSince:
        messages.warning(request, _SINCE)
    except roll.RollAlreadySettled:
        messages.info(request, _SETTLED)
    except RollFileGone:
        messages.warning(request, _GONE)
    return redirect(_address(request, found))


def _settled(request: SchoolRequest, found: RollImport) -> HttpResponse:
    """What an import did; an address that came late is told kindly that it is over."""
    if request.method == "POST":
        messages.info(request, _SETTLED)
        return redirect(_address(request, found))
    new, changed = found.outcome.get("new", []), found.outcome.get("changed", {})
    page = Paginator([*new, *(int(pk) for pk in changed)], PUPILS_A_PAGE).get_page(request.GET.get("page"))
    pupils = Pupil.objects.in_bulk(list(page.object_list))
    rows = [(pupils[pk], changed.get(str(pk), [])) for pk in page.object_list if pk in pupils]
    return render(request, "pupils/import_result.html", {"found": found, "page": page, "rows": rows})


@require_POST
@school_view(Permission.ROLL_IMPORT)
def import_discard(request: SchoolRequest, pk: UUID) -> HttpResponse:
    """Set a staged import aside; its file goes at once."""
    found = get_object_or_404(RollImport, public_id=pk)
    try:
        roll.discard_roll(roll_import=found, by=request.user)
    except roll.RollAlreadySettled:
        messages.info(request, _SETTLED)
    else:
        messages.success(request, "The file was set aside. Nothing was imported.")
    return redirect("import-list", request.school.slug)
