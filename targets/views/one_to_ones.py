"""Recording a one-to-one, changing it for a day, and reading those of a pupil."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from pupils.models import Pupil
from pupils.views.frame import may_save, open_pupil, profile_of, pupil_frame, refuse_changes
from pupils.words import class_words
from schools.access import Permission, SchoolRequest, school_view
from schools.middleware import asks_for_data
from targets.forms.one_to_ones import OneToOneForm, known_ids, same_as_last_time, values_of
from targets.helping import what_helps
from targets.meanings import with_meanings
from targets.models import Observation, OneToOne, PlannedDay, Strategy, Target
from targets.services.one_to_ones import record_one_to_one, refuse_change
from targets.services.refusals import OneToOneRefused
from targets.today import reached_in
from targets.views.cards import strategies_for
from targets.views.keeping import kept_for
from targets.views.targets import sent

A_PAGE = 20


@school_view(Permission.ONE_TO_ONE_RECORD)
def one_to_one_new(request: SchoolRequest, public_id: UUID) -> HttpResponse:
    """The form; with ?same=1 every step is set as it was last time, still to be changed."""
    pupil = open_pupil(request, public_id, Permission.ONE_TO_ONE_RECORD)
    if refusal := refuse_changes(request, pupil):
        return refusal
    targets = asked_about(request, pupil)
    first: dict[str, Any] = {"held_on": timezone.localdate()}
    if "same" in request.GET:
        first |= same_as_last_time(targets)
    first |= kept_for(request, pupil)
    strategies = strategies_for([pupil], ticked(request))[pupil.pk]
    return _save(request, pupil, OneToOneForm(sent(request), targets=targets, strategies=strategies, initial=first))


@school_view(Permission.ONE_TO_ONE_RECORD)
def one_to_one_change(request: SchoolRequest, one_to_one_id: UUID) -> HttpResponse:
    """The form as it was sent, to be sent again as a correction: for 24 hours, by the person who recorded it."""
    row = get_object_or_404(OneToOne.objects.for_list_page().select_related("pupil"), public_id=one_to_one_id)
    pupil = open_pupil(request, row.pupil.public_id, Permission.ONE_TO_ONE_RECORD)
    if refusal := refuse_changes(request, pupil) or _refuse_late(request, row):
        return refusal
    strategies = strategies_for([pupil], [each.strategy for each in row.helped.all()] + ticked(request))[pupil.pk]
    form = OneToOneForm(sent(request), targets=asked_about(request, pupil, row), strategies=strategies, initial=values_of(row))
    return _save(request, pupil, form, row)


def _refuse_late(request: SchoolRequest, row: OneToOne) -> HttpResponse | None:
    """Lead back from the form of a row that can no longer be changed. What was sent is looked at by the service."""
    if request.method == "POST":
        return None
    try:
        refuse_change(row, request.user, timezone.now())
    except OneToOneRefused as refused:
        messages.warning(request, refused.message)
        return redirect("today", request.school.slug)
    return None


def asked_about(request: SchoolRequest, pupil: Pupil, row: OneToOne | None = None) -> list[Target]:
    """Active targets; and what the sent page or the row to be corrected speaks of, which may be closed by now.

    For a correction, last time is the time before the row to be corrected.
    """
    seen = [each.target_id for each in row.observations.all()] if row else []
    mentioned = Q(public_id__in=known_ids(request.POST)) | Q(pk__in=seen)
    targets = Target.objects.ever_set().filter(Q(status=Target.Status.ACTIVE) | mentioned, pupil=pupil)
    before = Observation.objects.exclude(one_to_one__in=[row] if row else [])
    return sorted(with_meanings(before.with_last_step(targets)), key=lambda target: (target.slot or len(Target.Status), target.pk))


def ticked(request: SchoolRequest) -> list[Strategy]:
    """The school's strategies that the sent page says helped. One may be switched off since the page was opened."""
    keys = set(request.POST.getlist("helped"))
    return [strategy for strategy in Strategy.objects.all() if str(strategy.pk) in keys] if keys else []


def _save(request: SchoolRequest, pupil: Pupil, form: OneToOneForm, row: OneToOne | None = None) -> HttpResponse:
    """Record what was sent, or show the form."""
    if may_save(form, pupil):
        try:
            made = record_one_to_one(pupil=pupil, conversation=form.conversation(), by=request.user, instead_of=row)
        except OneToOneRefused as refused:
            form.add_error(refused.field, refused.message)
        else:
            page = f"{reverse('today', args=[request.school.slug])}?saved={made.public_id}#saved"
            return _tell_the_script(page, made) if asks_for_data(request) else redirect(page)
    if asks_for_data(request):
        return JsonResponse({"errors": [words for field in form.errors.values() for words in field]}, status=422)
    return render(request, "targets/one_to_one.html", _context(pupil, form, row))


def _tell_the_script(page: str, made: OneToOne) -> HttpResponse:
    """Where it stands, and what it has to celebrate: of what was sent later, that page may never be opened."""
    reached = [{"words": f"{each.words} {each.seen.target.wording}", "certificate": each.certificate} for each in reached_in(made)]
    return JsonResponse({"page": page, "reached": reached}, status=201)


def _context(pupil: Pupil, form: OneToOneForm, row: OneToOne | None) -> dict[str, Any]:
    before = OneToOne.objects.live().filter(pupil=pupil).exclude(pk__in=[row.pk] if row else [])
    last, profile, today = before.for_list_page().first(), profile_of(pupil), timezone.localdate()
    return {
        "pupil": pupil,
        "form": form,
        "row": row,
        "save_words": "Save the change" if row else "Save one-to-one",
        "line": class_words(pupil.nc_year, pupil.registration_group),
        "support": profile.support.splitlines() if profile else [],
        "helps": what_helps(pupil, today),
        "last": last,
        "is_second_today": last is not None and last.held_on == today,
    }


@dataclass(frozen=True)
class Told:
    """A one-to-one of a pupil's history, and what the person may do about it."""

    row: OneToOne
    may_change: bool
    may_void: bool

    @property
    def title(self) -> str:
        return f"With {self.row.key_worker}"


@school_view(Permission.PUPIL_SEE)
def pupil_one_to_ones(request: SchoolRequest, public_id: UUID) -> HttpResponse:
    """All of a pupil's one-to-ones, newest first, twenty a page."""
    pupil = open_pupil(request, public_id, Permission.PUPIL_SEE)
    frame = pupil_frame(request, pupil)
    rows = OneToOne.objects.in_history().filter(pupil=pupil).for_list_page()
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    may_record = Permission.ONE_TO_ONE_RECORD in frame["rights"]  # type: ignore[operator]
    frame |= {"page": page, "may_record": may_record and not frame["has_left"]}
    frame["planned"] = list(PlannedDay.objects.filter(pupil=pupil))
    now = timezone.now()
    frame["rows"] = [Told(row, row.may_be_changed_by(request.user, now), may_void(request, row, may_record)) for row in page.object_list]
    return render(request, "targets/one_to_ones.html", frame)


def may_void(request: SchoolRequest, row: OneToOne, may_record: bool) -> bool:
    """Whoever recorded it, and the SENCO, may mark a one-to-one as entered in error."""
    is_own = may_record and row.key_worker_id == request.user.pk
    return row.voided_at is None and (is_own or request.access.may(Permission.ONE_TO_ONE_RECORD))
