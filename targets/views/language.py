"""The target language as a school reads it: the partnership's words, in the school's programme."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from schools.access import Permission, SchoolRequest, school_view
from targets.models import TargetLanguage
from targets.rungs import rungs_of

VOICES = ("both", "staff", "pupil")


@school_view(Permission.LANGUAGE_SEE)
def language(request: SchoolRequest) -> HttpResponse:
    voice, programme = request.GET.get("words"), request.school.programme
    published = TargetLanguage.objects.published_for(request.school.partnership_id)
    strands = published.strands.with_descriptors() if published else []
    parts = [(strand, [(skill, rungs_of(skill, programme)) for skill in strand.skills.all()]) for strand in strands]
    context = {
        "language": published,
        "parts": parts,
        "voice": voice if voice in VOICES else "both",
        "age": programme.get_age_display(),
        "today": timezone.localdate(),
    }
    return render(request, "targets/language.html", context)
