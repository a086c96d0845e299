"""The meeting with a pupil's parents: one sheet to look at together, to write on, and to print."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from assessments.converters import CycleKey
from assessments.forms.meetings import OF_PARENTS, MeetingForm
from assessments.forms.opened import seal
from assessments.models import AgreedAction, Review
from assessments.services.drafting import last_saver
from assessments.services.meetings import MOST_ACTIONS, agreed_last_time, save_meeting
from assessments.services.outcomes import outcomes_of
from assessments.services.refusals import FieldsClash, ReviewRefused
from assessments.services.sheets import sheet_of
from assessments.views.reviews import open_review
from pupils.models import Pupil
from pupils.names import initials_of
from pupils.words import class_words
from schools.access import Permission, SchoolRequest, school_view
from targets.views.targets import sent

SAVED = "Saved {at}"
CLASH = "Somebody else changed the same words. Press Save to see both."
LONG_SHEET = 900  # letters; a fuller sheet is printed in smaller letters, so that it stays one


@school_view(Permission.REVIEW_DRAFT)
def review_meeting(request: SchoolRequest, key: CycleKey, public_id: UUID) -> HttpResponse:
    """Show the sheet; save what is typed on it, by the button or, with `live`, while it is typed."""
    pupil, found = open_review(request, key, public_id, Permission.REVIEW_DRAFT)
    form = MeetingForm(sent(request), review=found)
    if request.method == "POST" and "live" in request.POST:
        return _save_live(request, found, form)
    clashes: list[tuple[str, str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, found, form)
            return redirect(request.get_full_path())
        except FieldsClash as clash:
            form, clashes = _ask_again(found, form, clash)
        except ReviewRefused as refused:
            form.add_error(None, refused.message)
    more = {"form": form, "clashes": clashes, "saver": last_saver(found) if clashes else None}
    return render(request, "assessments/review_meeting.html", _sheet(request, pupil, found) | more, status=409 if clashes else 200)


def _save(request: SchoolRequest, found: Review, form: MeetingForm) -> None:
    take_back = form.cleaned_data["take_back"]
    kept = save_meeting(
        review=found,
        base=form.base,
        mine=form.values,
        unchosen=form.unchosen,
        agreed=form.agreed,
        take_back=take_back,
        by=request.user,
    )
    messages.success(request, "Saved.")
    if kept:
        labels = ", ".join(f"“{form.fields[name].label}”" for name in kept)
        messages.info(request, f"Somebody else worked on this sheet too. Their changes are kept: {labels}.")


def _save_live(request: SchoolRequest, found: Review, form: MeetingForm) -> JsonResponse:
    """Save the parents' words alone, and say in one line how it went. An action is added by the button only."""
    if any(name in form.errors for name in OF_PARENTS):
        return JsonResponse({"said": next(form.errors[name][0] for name in OF_PARENTS if name in form.errors)}, status=422)
    try:
        save_meeting(review=found, base=form.base, mine=form.values, unchosen=form.unchosen, by=request.user)
    except FieldsClash:
        return JsonResponse({"said": CLASH}, status=409)
    except ReviewRefused as refused:
        return JsonResponse({"said": refused.message}, status=422)
    found.refresh_from_db()
    words = SAVED.format(at=f"{timezone.localtime():%H:%M}")
    return JsonResponse({"said": words, "opened": seal({name: getattr(found, name) for name in OF_PARENTS}), "asked": ""})


def _ask_again(found: Review, form: MeetingForm, clash: FieldsClash) -> tuple[MeetingForm, list[tuple[str, str, str]]]:
    """The form with both people's work in it, and each clash in words: field, theirs, mine."""
    found.refresh_from_db()
    again = MeetingForm.reopened(review=found, typed=form.cleaned_data, merged=clash.merged)
    return again, [(str(form.fields[each.name].label), _words(each.theirs), _words(each.mine)) for each in clash.merged.clashes]


def _words(value: object) -> str:
    return f"{value:%-d %B %Y}" if hasattr(value, "strftime") else str(value or "(nothing)")


def _sheet(request: SchoolRequest, pupil: Pupil, found: Review) -> dict[str, object]:
    """What the sheet shows. On a screen that others see, the pupil is called by initials everywhere but in the box that is typed in."""
    names = (pupil.first_name, pupil.last_name, pupil.forename, pupil.surname)
    is_short = "initials" in request.GET
    actions = list(AgreedAction.objects.filter(review=found))
    texts = [found.pupil_view, found.parents_view, *(action.what for action in actions)]
    targets = sheet_of(found)
    length = sum(map(len, texts)) + sum(len(each.target.wording) for each in targets)
    return {
        "review": found,
        "pupil": pupil,
        "who": initials_of((pupil.first_name, pupil.last_name)) if is_short else pupil.short_name,
        "first": initials_of([pupil.first_name]) if is_short else pupil.first_name,
        "line": class_words(found.nc_year, found.registration_group),
        "hidden": names if is_short else (),
        "is_short": is_short,
        "is_dense": length > LONG_SHEET,
        "is_open": found.status not in Review.FINISHED,
        "targets": targets,
        "outcomes": outcomes_of(pupil, found.cycle),
        "actions": actions,
        "may_add": len(actions) < MOST_ACTIONS,
        "last_time": agreed_last_time(found),
        "back": _back(request, found),
        "today": timezone.localdate(),
    }


def _back(request: SchoolRequest, found: Review) -> str:
    """To the review; a key worker, who does not see it, to the pupil's targets."""
    if request.access.may(Permission.REVIEW_SEE):
        return reverse("review", args=[request.school.slug, found.cycle, found.pupil.public_id])
    return reverse("pupil-targets", args=[request.school.slug, found.pupil.public_id])
