"""Moderation in a school: the head agrees, the SENCO releases own samples and judges those of others, blind."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from assessments.forms.moderation import MarkForm, SampleForm
from assessments.models import ModerationConsent, ModerationMark, ModerationRound, ModerationSample
from assessments.services import moderation as services
from assessments.services.moderation.refusals import ModerationRefused
from schools.access import Permission, SchoolRequest, school_view
from targets.models import Descriptor
from targets.views.targets import sent


def open_round_of(request: SchoolRequest) -> ModerationRound | None:
    """The open round of the school's partnership."""
    return ModerationRound.objects.open().filter(partnership=request.school.partnership_id).first()


@school_view(Permission.MODERATION_SEE)
def moderation(request: SchoolRequest) -> HttpResponse:
    """The open round: whether the head agreed, what is still to be read before it goes out, and what is to be judged."""
    found = open_round_of(request)
    if found is None:
        return render(request, "assessments/moderation.html", {"found": None})
    consent = ModerationConsent.objects.filter(round=found).select_related("agreed_by").first()
    samples = list(ModerationSample.objects.of_round(found))
    marks = list(ModerationMark.objects.of_round(found))
    context: dict[str, Any] = {"found": found, "consent": consent, "samples": samples, "marks": marks}
    context["to_read"] = sum(sample.state == ModerationSample.State.CHOSEN for sample in samples)
    context["to_judge"] = sum(mark.step is None for mark in marks)
    return render(request, "assessments/moderation.html", context)


@require_POST
@school_view(Permission.MODERATION_AGREE)
def moderation_agree(request: SchoolRequest) -> HttpResponse:
    found = open_round_of(request)
    if found is None:
        raise Http404
    try:
        chosen = services.agree(found=found, school=request.school, by=request.user)
    except ModerationRefused as refused:
        messages.error(request, refused.message)
    else:
        words = f"{len(chosen)} samples are chosen. Your SENCO reads each before it leaves the school."
        messages.success(request, words if chosen else "You have agreed. The school has no judgement yet that could be sampled.")
    return redirect("moderation", request.school.slug)


@school_view(Permission.MODERATION_JUDGE)
def moderation_sample(request: SchoolRequest, sample_id: UUID) -> HttpResponse:
    """Read what would leave the school, take names out of it, then release it or keep it back."""
    sample = get_object_or_404(ModerationSample.objects.select_related("round__partnership", "judgement"), public_id=sample_id)
    if sample.state != ModerationSample.State.CHOSEN or not sample.round.is_open:
        messages.info(request, "This sample is decided on already.")
        return redirect("moderation", request.school.slug)
    form = SampleForm(sent(request), sample=sample)
    try:
        if "withhold" in request.POST:
            services.withhold_sample(sample=sample, by=request.user)
            messages.success(request, "The sample stays in the school.")
            return redirect("moderation", request.school.slug)
        if form.is_valid():
            services.release_sample(sample=sample, school=request.school, by=request.user, **form.cleaned_data)
            messages.success(request, "The sample is released. Two other schools judge it, without your step.")
            return redirect("moderation", request.school.slug)
    except ModerationRefused as refused:
        form.is_valid()
        form.add_error(refused.field, refused.message)
    return render(request, "assessments/moderation_sample.html", {"sample": sample, "form": form})


@school_view(Permission.MODERATION_JUDGE)
def moderation_mark(request: SchoolRequest, mark_id: UUID) -> HttpResponse:
    """Judge the words of another school against the descriptors; the step that was decided there is not shown."""
    mark = get_object_or_404(ModerationMark.objects.select_related("round"), public_id=mark_id)
    if not mark.round.is_open:
        messages.info(request, "This round is closed.")
        return redirect("moderation", request.school.slug)
    initial = {"step": mark.step, "note": mark.note}
    form = MarkForm(sent(request), initial=initial)
    if form.is_valid():
        try:
            services.mark_sample(mark=mark, school=request.school, by=request.user, **form.cleaned_data)
        except ModerationRefused as refused:
            form.add_error(refused.field, refused.message)
        else:
            messages.success(request, "Your judgement is saved.")
            return redirect("moderation", request.school.slug)
    context = {"mark": mark, "form": form, "descriptors": descriptors_of(request.school.partnership_id, mark.skill_key)}
    return render(request, "assessments/moderation_mark.html", context)


def descriptors_of(partnership_id: int, skill_key: str) -> list[Descriptor]:
    """What a skill looks like at each step, in the newest published language that has it."""
    rows = Descriptor.objects.filter(skill__key=skill_key, skill__strand__language__partnership=partnership_id)
    newest = rows.filter(skill__strand__language__state="published").order_by("-skill__strand__language__version", "step")
    return list(newest[:5])
