"""What pupils say: a visit with its questions, each answer, what an adult noticed, and what was done about it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from pupils.models import Pupil
from schools import audit
from schools.lock import LASTS
from schools.models import Programme, User
from targets.models import Target, Voice, VoiceScale, VoiceVisit
from targets.models.voice import DRAWING, LONGEST_DRAWING
from targets.services.refusals import NotAnAnswer, NothingNoticed, PupilOfVoiceHasLeft
from targets.voice_words import PICTURES, UNSAID, choices_of, usual_scale

Question = Voice.Question


@dataclass(frozen=True)
class Said:
    """What was said to one question."""

    answer: str = ""
    words: str = ""
    pictures: tuple[str, ...] = ()
    drawing: str = ""
    audience: str = Voice.Audience.SHARED


def scale_of(pupil: Pupil, programme: Programme) -> str:
    """The scale that somebody chose for this pupil, or the usual one."""
    if chosen := VoiceScale.objects.filter(pupil=pupil).first():
        return chosen.scale
    today, born = timezone.localdate(), pupil.date_of_birth
    return usual_scale(programme, today.year - born.year - ((today.month, today.day) < (born.month, born.day)))


@transaction.atomic
def choose_scale(*, pupil: Pupil, scale: str, by: User) -> None:
    """Keep how this pupil answers. Nothing is written where it is so already."""
    if VoiceScale.objects.filter(pupil=pupil, scale=scale).exists():
        return
    values = {"scale": scale, "chosen_by": by, "chosen_at": timezone.now()}
    row, _ = VoiceScale.objects.update_or_create(pupil=pupil, defaults=values)
    audit.record(by=by, action="voice.scale-chosen", row=row)


@transaction.atomic
def start_visit(*, pupil: Pupil, scale: str, given: str, by: User) -> VoiceVisit:
    """Begin to ask a pupil: the questions are set now, so that a target closed meanwhile does not move the pages.

    Where an adult wrote what was done about last time's answers, that comes first.
    """
    _refuse_left(pupil)
    choose_scale(pupil=pupil, scale=scale, by=by)
    _forget_silent(pupil)
    first = [Question.DID] if VoiceVisit.objects.last_answered(pupil) else []
    visit = VoiceVisit.objects.create(pupil=pupil, adult=by, told_at=timezone.now(), given=given, scale=scale)
    targets = Target.objects.active().filter(pupil=pupil).order_by("slot")
    asked: list[tuple[str, Target | None]] = [(question, None) for question in (*first, Question.GOOD)]
    asked += [(Question.GOING, target) for target in targets]
    asked += [(Question.HELPS, None), (Question.ELSE, None)]
    Voice.objects.bulk_create(Voice(visit=visit, question=question, target=target) for question, target in asked)
    audit.record(by=by, action="voice.started", row=visit)
    return visit


def _refuse_left(pupil: Pupil) -> None:
    if pupil.has_left(timezone.localdate()):
        raise PupilOfVoiceHasLeft


def _forget_silent(pupil: Pupil) -> None:
    """Remove visits in which nothing was said and which are over: they say nothing, not even that there was nothing to say."""
    told = VoiceVisit.objects.told().filter(pupil=pupil)
    VoiceVisit.objects.filter(pupil=pupil, told_at__lt=timezone.now() - LASTS).exclude(pk__in=told.values("pk")).delete()


@transaction.atomic
def tell(*, voice: Voice, said: Said, by: User) -> None:
    """Keep what a pupil says to one question, in place of what was said before in this visit.

    "I don't want to say" is an answer like any other, and stands alone. Raises NotAnAnswer.
    """
    if said.answer == UNSAID.key:
        said = Said(UNSAID.key)
    _check(voice, said)
    Voice.objects.filter(pk=voice.pk).update(
        answer=said.answer, words=said.words, pictures=" ".join(said.pictures), drawing=said.drawing, audience=said.audience
    )
    VoiceVisit.objects.filter(pk=voice.visit_id).update(ended="")
    audit.record(by=by, action="voice.told", row=voice)


def _check(voice: Voice, said: Said) -> None:
    answers = {"", UNSAID.key, *(choice.key for choice in choices_of(voice.question, voice.visit.scale))}
    pictures = {choice.key for choice in PICTURES.get(voice.question, ())}
    is_drawing = not said.drawing or (re.fullmatch(DRAWING, said.drawing) and len(said.drawing) <= LONGEST_DRAWING)
    if said.answer not in answers or {*said.pictures} - pictures or not is_drawing:
        raise NotAnAnswer


@transaction.atomic
def end_visit(*, visit: VoiceVisit, ended: str, by: User) -> None:
    """Note how a visit ended: looked at again and right, stopped, or not wanting to say."""
    VoiceVisit.objects.filter(pk=visit.pk).update(ended=ended)
    audit.record(by=by, action=f"voice.{ended}", row=visit)


@transaction.atomic
def note_noticed(*, pupil: Pupil, noticed: Mapping[tuple[str, Target | None], str], by: User) -> VoiceVisit:
    """Write down what adults noticed of a pupil who does not tell by words or pictures: an adult's reading, marked as such."""
    _refuse_left(pupil)
    found = {key: words for key, words in noticed.items() if words}
    if not found:
        raise NothingNoticed
    visit = VoiceVisit.objects.create(pupil=pupil, adult=by, told_at=timezone.now(), given=VoiceVisit.Given.OBSERVED)
    rows: list[Any] = [Voice(visit=visit, question=question, target=target, words=words) for (question, target), words in found.items()]
    Voice.objects.bulk_create(rows)
    audit.record(by=by, action="voice.noticed", row=visit)
    return visit


@transaction.atomic
def say_what_we_did(*, visit: VoiceVisit, words: str, by: User) -> None:
    """Write what was done about what a pupil said: the next visit opens with it. Empty words take it back."""
    values = {"we_did": words, "we_did_by": by if words else None, "we_did_at": timezone.now() if words else None}
    VoiceVisit.objects.filter(pk=visit.pk).update(**values)
    audit.record(by=by, action="voice.done-about", row=visit)
