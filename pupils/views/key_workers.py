"""Who meets a pupil one to one: assign, end, take back."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from pupils.forms.key_workers import AssignForm, EndForm
from pupils.models import KeyWorker, Pupil
from pupils.services import key_workers as services
from pupils.views.frame import may_save, open_pupil, pupil_frame, refuse_changes
from schools.access import Permission, SchoolRequest, school_view

CHANGED = "Somebody else has changed this meanwhile. Look again."


@dataclass(frozen=True)
class Row:
    """One assignment: whether it is over, whether it can still be taken back, and the form for its last day."""

    assignment: KeyWorker
    is_over: bool
    may_be_removed: bool
    form: EndForm


@school_view(Permission.KEY_WORKERS_ASSIGN)
def key_workers(request: SchoolRequest, public_id: UUID) -> HttpResponse:
    """Everyone who is or was this pupil's key worker, and a form for one more."""
    pupil = open_pupil(request, public_id, Permission.KEY_WORKERS_ASSIGN)
    if refusal := refuse_changes(request, pupil):
        return refusal
    today = timezone.localdate()
    form = AssignForm(request.POST or None, staff=services.staff_of(request.school, today), initial={"starts_on": today})
    if may_save(form, pupil):
        try:
            services.assign_key_worker(pupil=pupil, by=request.user, **form.cleaned_data)
        except services.AlreadyKeyWorker:
            form.add_error("user", "This person is key worker at that time already.")
        except services.NotOnTheStaff:
            form.add_error("starts_on", "This person’s role in the school does not hold on that day.")
        else:
            messages.success(request, f"{form.cleaned_data['user']} is key worker of {pupil.first_name}.")
            return _again(request, pupil)
    return _page(request, pupil, form, today)


@require_POST
@school_view(Permission.KEY_WORKERS_ASSIGN)
def key_worker_end(request: SchoolRequest, public_id: UUID) -> HttpResponse:
    """Set the last day of one of this pupil's key workers, or take a mistake back. Those of other pupils are no choice."""
    pupil = open_pupil(request, public_id, Permission.KEY_WORKERS_ASSIGN)
    today = timezone.localdate()
    form = EndForm(request.POST, assignments=KeyWorker.objects.filter(pupil=pupil))
    if may_save(form, pupil):
        try:
            if "remove" in request.POST:
                services.remove_key_worker(assignment=form.cleaned_data["assignment"], today=today, by=request.user)
            else:
                services.end_key_worker(**form.cleaned_data, by=request.user)
        except services.EndsBeforeItStarts:
            form.add_error("ends_on", "This is before the first day.")
        except services.AlreadyEnded:
            messages.warning(request, CHANGED)
            return _again(request, pupil)
        else:
            messages.success(request, "Key worker removed." if "remove" in request.POST else "The last day is set.")
            return _again(request, pupil)
    blank = AssignForm(staff=services.staff_of(request.school, today), initial={"starts_on": today})
    return _page(request, pupil, blank, today, form)


def _again(request: SchoolRequest, pupil: Pupil) -> HttpResponse:
    return redirect("key-workers", request.school.slug, pupil.public_id)


def _page(request: SchoolRequest, pupil: Pupil, form: AssignForm, today: date, sent: EndForm | None = None) -> HttpResponse:
    frame = pupil_frame(request, pupil, assign=form, form=sent or form)
    held = sorted(pupil.key_workers.all(), key=lambda each: (not each.is_over(today), each.starts_on), reverse=True)
    frame["rows"] = [_row(each, today, sent) for each in held]
    return render(request, "pupils/key_workers.html", frame)


def _row(each: KeyWorker, today: date, sent: EndForm | None) -> Row:
    """The form that was sent and is wrong comes back in its own row, with what was typed."""
    is_sent = sent is not None and sent.data.get("assignment") == str(each.pk)
    initial = {"assignment": each.pk, "ends_on": each.ends_on or today}
    form = sent if sent and is_sent else EndForm(assignments=KeyWorker.objects.none(), initial=initial, auto_id=f"id_{each.pk}_%s")
    return Row(each, each.is_over(today), each.starts_on >= today, form)
