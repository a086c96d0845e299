"""A pupil's Voice page for staff: what was said, in words and pictures; handing the device over; what was noticed and done."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters

from pupils.models import Pupil
from pupils.views.frame import may_save, open_pupil, pupil_frame, refuse_changes
from schools import lock, sessions
from schools.access import Permission, SchoolRequest, school_view
from schools.services.pins import forgive_tries, has_pin, set_pin
from targets import telling
from targets.forms.voice import HandOverForm, NoticedForm, WeDidForm
from targets.models import Scale, Target, VoiceVisit
from targets.services import voice as services
from targets.services.refusals import VoiceRefused
from targets.views.keeping import is_half_typed, keep
from targets.views.targets import sent

A_PAGE = 10
BACK_TO = {"one-to-one": "one-to-one-new"}  # where else an adult may come from, and comes out again


@dataclass(frozen=True)
class Visit:
    """One visit as the page shows it."""

    row: VoiceVisit
    told: list[telling.Told]

    @property
    def title(self) -> str:
        return f"{self.row.get_given_display()}, {'by' if self.row.is_observed else 'with'} {self.row.adult}"


@school_view(Permission.PUPIL_SEE)
def pupil_voice(request: SchoolRequest, public_id: UUID) -> HttpResponse:
    """Everything that a pupil said, newest first, ten visits a page. Never averaged, never charted, never compared."""
    pupil = open_pupil(request, public_id, Permission.PUPIL_SEE)
    frame = pupil_frame(request, pupil)
    rows = VoiceVisit.objects.filter(pupil=pupil).for_list_page()
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    may_ask = Permission.ONE_TO_ONE_RECORD in frame["rights"] and not frame["has_left"]  # type: ignore[operator]
    may_read = _may_read_everything(request, frame)
    visits = [Visit(row, telling.all_told(row.voices.all(), may_read=may_read)) for row in page]
    scale = Scale(services.scale_of(pupil, request.school.programme)).label
    return render(request, "targets/voice.html", frame | {"page": page, "visits": visits, "may_ask": may_ask, "scale": scale})


def _may_read_everything(request: SchoolRequest, frame: dict[str, Any]) -> bool:
    """Words for the key worker only are read by the pupil's key workers; where there is none, by the SENCO, so that somebody does."""
    workers = frame["key_workers"]
    if workers:
        return any(worker.user_id == request.user.pk for worker in workers)
    return request.access.may(Permission.ONE_TO_ONE_RECORD)


@sensitive_post_parameters("pin")
@school_view(Permission.ONE_TO_ONE_RECORD)
def voice_start(request: SchoolRequest, public_id: UUID) -> HttpResponse:
    """Hand the device to the pupil: from here on it opens nothing but this pupil's pages until the adult's PIN."""
    pupil = open_pupil(request, public_id, Permission.ONE_TO_ONE_RECORD)
    if refusal := refuse_changes(request, pupil):
        return refusal
    if is_half_typed(request):
        return keep(request, pupil, redirect(request.get_full_path()))
    knows_pin = has_pin(user=request.user)
    form = HandOverForm(sent(request), pupil=pupil, has_pin=knows_pin, scale=services.scale_of(pupil, request.school.programme))
    if may_save(form, pupil):
        return _hand_over(request, pupil, form)
    return render(request, "targets/voice_start.html", pupil_frame(request, pupil, form=form, knows_pin=knows_pin))


def _hand_over(request: SchoolRequest, pupil: Pupil, form: HandOverForm) -> HttpResponse:
    values = form.cleaned_data
    visit = services.start_visit(pupil=pupil, scale=values["scale"], given=values["given"], by=request.user)
    if values["pin"]:
        set_pin(user=request.user, digits=values["pin"], by=request.user)
    forgive_tries(user=request.user)
    token, text = lock.make_token(school=request.school, row_id=visit.pk)
    here = reverse("voice-page", args=[text, 1])
    back = reverse(BACK_TO.get(request.GET.get("from", ""), "pupil-voice"), args=[request.school.slug, pupil.public_id])
    lock.lock(request, token, here=here, back=back)
    response = redirect(here)
    sessions.empty_cache(response)  # so that no page kept for the back button shows anybody
    return response


@school_view(Permission.ONE_TO_ONE_RECORD)
def voice_noticed(request: SchoolRequest, public_id: UUID) -> HttpResponse:
    """What adults noticed of a pupil who does not tell by words or pictures."""
    pupil = open_pupil(request, public_id, Permission.ONE_TO_ONE_RECORD)
    if refusal := refuse_changes(request, pupil):
        return refusal
    form = NoticedForm(sent(request), pupil=pupil, targets=Target.objects.active().filter(pupil=pupil).order_by("slot"))
    if may_save(form, pupil):
        try:
            services.note_noticed(pupil=pupil, noticed=form.noticed(), by=request.user)
        except VoiceRefused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, "What you noticed is kept.")
            return redirect("pupil-voice", request.school.slug, pupil.public_id)
    return render(request, "targets/voice_noticed.html", pupil_frame(request, pupil, form=form))


@school_view(Permission.ONE_TO_ONE_RECORD)
def voice_did(request: SchoolRequest, visit_id: UUID) -> HttpResponse:
    """What was done about what a pupil said; the next visit opens with it."""
    visit = get_object_or_404(VoiceVisit.objects.by_pupils().for_list_page().select_related("pupil"), public_id=visit_id)
    pupil = open_pupil(request, visit.pupil.public_id, Permission.ONE_TO_ONE_RECORD)
    if refusal := refuse_changes(request, pupil):
        return refusal
    form = WeDidForm(sent(request), initial={"we_did": visit.we_did})
    if may_save(form, pupil):
        services.say_what_we_did(visit=visit, words=form.cleaned_data["we_did"], by=request.user)
        messages.success(request, "Kept. The next visit opens with it." if form.cleaned_data["we_did"] else "Taken back.")
        return redirect("pupil-voice", request.school.slug, pupil.public_id)
    frame = pupil_frame(request, pupil, form=form, visit=visit)
    frame["said"] = telling.all_told(visit.voices.all(), may_read=_may_read_everything(request, frame))
    return render(request, "targets/voice_did.html", frame)
