"""Pupil mode: one idea a page, for a pupil with the device in hand. A token of this session opens it, for one pupil and no more.

The address holds the token and the number of the page. Everything that was chosen is kept when the page is left, whichever
way it is left, so that stopping loses nothing.
"""

from typing import cast

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from pupils.access import pupil_or_404
from schools.access import Permission, SchoolRequest, enter_school
from schools.lock import handed_over, keep_open, lock_of, opens_while_locked
from schools.models import Token
from schools.tenancy import in_school
from targets.forms.voice import AnswerForm
from targets.models import Voice, VoiceVisit
from targets.services.voice import end_visit, tell
from targets.telling import all_told
from targets.voice_words import ASKED, NOT_SAFE, PICTURES, RIGHT, THANKS, UNSAID, choices_of

Question, Ended = Voice.Question, VoiceVisit.Ended
BACK, STOP = "back", "stop"


@opens_while_locked()
@login_not_required
@require_http_methods(["GET", "POST"])
def voice_page(request: HttpRequest, token: str, number: int) -> HttpResponse:
    """A page of pupil mode, or the plain one for the adult where the token is not good here and now."""
    found = handed_over(request, token)
    if found is None:
        return _closed(request)
    try:
        inside = enter_school(request, found.school.slug)
        with in_school(inside.school):
            return _Page(inside, found, token, number).answer()
    except Http404:
        return _closed(request)


def _closed(request: HttpRequest) -> HttpResponse:
    held = lock_of(request) or {}
    return render(request, "voice/closed.html", {"is_locked": bool(held), "theme": held.get("look", "dreams")}, status=404)


class _Page:
    """One request of pupil mode: the visit of its token, the questions, and which of the pages this is."""

    def __init__(self, request: SchoolRequest, found: Token, token: str, number: int) -> None:
        visit = VoiceVisit.objects.select_related("pupil").filter(pk=found.row_id, adult=request.user).first()
        if visit is None:
            raise Http404
        pupil_or_404(request, visit.pupil.public_id, Permission.ONE_TO_ONE_RECORD)
        self.voices = list(Voice.objects.filter(visit=visit).select_related("target").order_by("pk"))
        self.last = len(self.voices) + 2  # after the questions: is it right, and thank you
        if not 1 <= number <= self.last:
            raise Http404
        self.request, self.found, self.token, self.number, self.visit = request, found, token, number, visit
        self.look = request.school.programme.look

    def answer(self) -> HttpResponse:
        if self.request.method == "POST":
            keep_open(self.found)
        if self.number <= len(self.voices):
            return self._question(self.voices[self.number - 1])
        return self._thanks() if self.number == self.last else self._right()

    def _to(self, number: int) -> HttpResponse:
        """Lead to a page; before the first one is the adult."""
        return redirect("voice-page", self.token, number) if number else redirect("take-back")

    def _onward(self) -> HttpResponse:
        go = self.request.POST.get("go")
        if go == STOP:
            end_visit(visit=self.visit, ended=Ended.STOPPED, by=self.request.user)
            return self._to(self.last)
        return self._to(self.number + (-1 if go == BACK else 1))

    def _question(self, voice: Voice) -> HttpResponse:
        voice.visit = self.visit
        sent = self.request.POST if self.request.method == "POST" else None
        form = AnswerForm(sent, voice=voice, moves_on=sent is None or sent.get("go") not in (BACK, STOP))
        if form.is_bound and (form.is_valid() or not form.moves_on):
            said = form.said()
            if _differs(voice, said):
                tell(voice=voice, said=said, by=self.request.user)
            return self._onward()
        choices = choices_of(voice.question, self.visit.scale)
        context = {
            "form": form,
            "voice": voice,
            "asking": ASKED[self.look][voice.question],
            "choices": choices,
            "pictures": PICTURES.get(voice.question, ()),
            "has_words": not choices,
            "not_safe": NOT_SAFE,
            "may_pass": not choices or bool(voice.answer),
        }
        if voice.question == Question.DID:
            context |= self._did()
        if voice.question == Question.ELSE:
            context["asks_who"] = self.look == "dreams" and bool(self.visit.pupil.key_workers_on(timezone.localdate()))
        return self._render("voice/question.html", context, 422 if form.errors else 200)

    def _did(self) -> dict[str, object]:
        """What was said last time, and what an adult did about it; without words for the key worker alone, who may not sit there."""
        last = VoiceVisit.objects.exclude(pk=self.visit.pk).filter(told_at__lt=self.visit.told_at).last_answered(self.visit.pupil)
        voices = last.voices.all() if last else ()
        said = [each for each in all_told(voices, may_read=False) if not each.is_hidden and not each.voice.is_unsaid]
        return {"last": last, "said": said}

    def _right(self) -> HttpResponse:
        """Everything that was said, to be looked at again."""
        if self.request.method == "POST":
            if self.request.POST.get("go") not in (BACK, STOP):
                ended = Ended.UNSAID if self.request.POST.get("answer") == UNSAID.key else Ended.AGREED
                end_visit(visit=self.visit, ended=ended, by=self.request.user)
            return self._onward()
        said = [(number, all_told([voice])[0]) for number, voice in enumerate(self.voices, start=1) if voice.is_said]
        return self._render("voice/right.html", {"asking": RIGHT[self.look], "said": said})

    def _thanks(self) -> HttpResponse:
        return self._render("voice/thanks.html", {"asking": THANKS[self.look]})

    def _render(self, template: str, context: dict[str, object], status: int = 200) -> HttpResponse:
        frame = {"token": self.token, "number": self.number, "unsaid": UNSAID}
        return render(cast(HttpRequest, self.request), template, frame | context, status=status)


def _differs(voice: Voice, said: object) -> bool:
    """Whether the page says something that is not kept already: looking at a page again writes nothing."""
    kept = (voice.answer, voice.words, tuple(voice.picture_keys), voice.drawing, voice.audience)
    return kept != tuple(getattr(said, name) for name in ("answer", "words", "pictures", "drawing", "audience"))
