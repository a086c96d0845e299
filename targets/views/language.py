"""The target language as a school reads it: the partnership's words, in the school's programme."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from schools.access import Permission, SchoolRequest, school_view
from schools.models import Programme
from targets.models import Skill, Step, TargetLanguage

VOICES = ("both", "staff", "pupil")


@dataclass(frozen=True)
class Rung:
    """What a skill looks like at one step, in the words that this school uses."""

    step: int
    word: str
    staff: str
    pupil: str


@school_view(Permission.LANGUAGE_SEE)
def language(request: SchoolRequest) -> HttpResponse:
    voice, programme = request.GET.get("words"), request.school.programme
    published = TargetLanguage.objects.published_for(request.school.partnership_id)
    strands = published.strands.with_descriptors() if published else []
    parts = [(strand, [(skill, list(_rungs(skill, programme))) for skill in strand.skills.all()]) for strand in strands]
    context = {
        "language": published,
        "parts": parts,
        "voice": voice if voice in VOICES else "both",
        "age": programme.get_age_display(),
        "today": timezone.localdate(),
    }
    return render(request, "targets/language.html", context)


def _rungs(skill: Skill, programme: Programme) -> Iterator[Rung]:
    words = Step.words(programme.words)
    for descriptor in skill.descriptors.all():
        yield Rung(descriptor.step, words[descriptor.step], descriptor.staff, getattr(descriptor, programme.age))
