"""Moderation for the lead: rounds, what they say of each skill, and what the descriptors should say instead."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from assessments.forms.moderation import RoundForm
from assessments.models import ModerationMark, ModerationRound
from assessments.services import moderation as services
from assessments.services.moderation.refusals import ModerationRefused
from assessments.services.moderation.releasing import schools_in
from assessments.services.moderation.results import results_of
from schools.access import PartnershipRequest, Permission, partnership_view
from schools.tenancy import reading_published
from targets.models import Skill
from targets.views.targets import sent


@partnership_view(Permission.MODERATION_SET_UP)
def partnership_moderation(request: PartnershipRequest) -> HttpResponse:
    """The rounds so far, and the form for the next one while none is open."""
    rounds = list(ModerationRound.objects.filter(partnership=request.partnership))
    form = RoundForm(sent(request))  # type: ignore[arg-type]
    if form.is_valid():
        try:
            found = services.open_round(partnership=request.partnership, by=request.user, **form.cleaned_data)
        except ModerationRefused as refused:
            form.add_error(refused.field, refused.message)
        else:
            messages.success(request, "The round is open. Each head is asked to agree for the school.")
            return redirect("partnership-round", request.partnership.slug, found.public_id)
    is_open = any(each.is_open for each in rounds)
    return render(request, "assessments/partnership_moderation.html", {"rounds": rounds, "form": form, "is_open": is_open})


@partnership_view(Permission.MODERATION_SET_UP)
def partnership_round(request: PartnershipRequest, round_id: UUID) -> HttpResponse:
    """What a round says: marks that were given, by skill. They name no pupil and no school."""
    found = get_object_or_404(ModerationRound, partnership=request.partnership, public_id=round_id)
    schools, names = schools_in(request.partnership), Skill.objects.names_for(request.partnership.pk)
    with reading_published(school.pk for school in schools):
        results = results_of(ModerationMark.objects.of_round(found), names)
    context = {"found": found, "results": results, "notes": [(each.name, each.notes) for each in results[1:] if each.notes]}
    return render(request, "assessments/partnership_round.html", context)


@require_POST
@partnership_view(Permission.MODERATION_SET_UP)
def partnership_round_close(request: PartnershipRequest, round_id: UUID) -> HttpResponse:
    found = get_object_or_404(ModerationRound, partnership=request.partnership, public_id=round_id)
    try:
        services.close_round(found=found, by=request.user)
    except ModerationRefused as refused:
        messages.info(request, refused.message)
    else:
        messages.success(request, "The round is closed. What was not judged by now stays so.")
    return redirect("partnership-round", request.partnership.slug, found.public_id)
