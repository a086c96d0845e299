"""Proposed targets: those that wait for the SENCO, what became of one's own, and deciding on one."""

from datetime import timedelta
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from pupils.access import refuse_governors, visible_pupils
from pupils.models import Pupil
from pupils.views.frame import open_pupil, pupil_frame, refuse_changes
from schools.access import Permission, SchoolRequest, school_view
from targets import services
from targets.choices import choices_for
from targets.forms.targets import DeclineForm, values_of
from targets.models import Target
from targets.proposals import waiting
from targets.services.dates import first_review_date
from targets.services.refusals import NoPlannedCycle, TargetRefused
from targets.views.targets import deed_shown, done_at, form_for, save, sent, target_context

TOLD_FOR = timedelta(days=90)  # how long the list tells what became of a proposal; the pupil's page tells it for good


@school_view(Permission.TARGET_PROPOSE)
def proposal_list(request: SchoolRequest) -> HttpResponse:
    """What waits for whoever decides, and what became of the person's own proposals."""
    refuse_governors(request)
    decides = request.access.may(Permission.TARGET_DECIDE)
    own = Target.objects.filter(proposed_by=request.user, pupil__in=visible_pupils(request, Permission.PUPIL_SEE))
    recent = own.filter(set_on__gte=timezone.localdate() - TOLD_FOR)
    context = {
        "decides": decides,
        "waiting": list(waiting()) if decides else [],
        "own": list(recent.select_related("pupil", "strand", "skill", "proposed_by").order_by("-set_on", "-pk")),
        "deed": deed_shown(request),
    }
    return render(request, "targets/proposals.html", context)


def open_proposal(request: SchoolRequest, target_id: UUID, permission: Permission) -> tuple[Pupil, Target]:
    """A row that is or was a proposal, of a pupil for whom the person holds the permission. Raises Http404."""
    found = Target.objects.filter(proposed_by__isnull=False).select_related("pupil", "strand", "skill", "proposed_by")
    proposal = get_object_or_404(found, public_id=target_id)
    return open_pupil(request, proposal.pupil.public_id, permission), proposal


def _refuse_decided(request: SchoolRequest, pupil: Pupil, proposal: Target) -> HttpResponse | None:
    """Lead on from the page of a proposal on which somebody has decided already."""
    if proposal.status == Target.Status.PROPOSED:
        return None
    messages.warning(request, "Somebody has decided on this proposal in the meantime.")
    return redirect("pupil-targets", request.school.slug, pupil.public_id)


@school_view(Permission.TARGET_DECIDE)
def proposal_accept(request: SchoolRequest, target_id: UUID) -> HttpResponse:
    """The proposal in the form that sets a target: to be accepted as it is, or with changes."""
    pupil, proposal = open_proposal(request, target_id, Permission.TARGET_DECIDE)
    if refusal := refuse_changes(request, pupil) or _refuse_decided(request, pupil, proposal):
        return refusal
    first = values_of(proposal) | {"review_on": _date_for(request, proposal)}
    form = form_for(request, pupil, choices_for(request.school.partnership_id), first, asks_for_room=True)
    if form.is_valid():
        accept = partial(services.accept_proposal, proposal=proposal, by=request.user)
        if save(form, lambda: accept(wish=form.wish(), room=form.room())):
            return redirect(done_at("proposal-list", proposal, request.school.slug))
    return render(request, "targets/new.html", target_context(request, pupil, form, proposal=proposal))


def _date_for(request: SchoolRequest, proposal: Target) -> object:
    """The date that was proposed, unless a target of today would not count by then any more."""
    try:
        return max(proposal.review_on, first_review_date(request.school, timezone.localdate()))
    except NoPlannedCycle:
        return proposal.review_on


@school_view(Permission.TARGET_DECIDE)
def proposal_decline(request: SchoolRequest, target_id: UUID) -> HttpResponse:
    pupil, proposal = open_proposal(request, target_id, Permission.TARGET_DECIDE)
    if refusal := _refuse_decided(request, pupil, proposal):
        return refusal
    form = DeclineForm(sent(request))
    if form.is_valid():
        decline = partial(services.decline_proposal, proposal=proposal, by=request.user)
        if save(form, lambda: decline(because=form.cleaned_data["because"])):
            return redirect(done_at("proposal-list", proposal, request.school.slug))
    return render(request, "targets/decline.html", pupil_frame(request, pupil, form=form, proposal=proposal))


@require_POST
@school_view(Permission.TARGET_PROPOSE)
def proposal_withdraw(request: SchoolRequest, target_id: UUID) -> HttpResponse:
    """Take an own proposal back."""
    pupil, proposal = open_proposal(request, target_id, Permission.TARGET_PROPOSE)
    if proposal.proposed_by_id != request.user.pk:
        raise Http404
    try:
        services.withdraw_proposal(proposal=proposal, by=request.user)
    except TargetRefused as refused:
        messages.warning(request, refused.message)
    else:
        messages.success(request, "Your proposal is withdrawn.")
    return redirect("pupil-targets", request.school.slug, pupil.public_id)
