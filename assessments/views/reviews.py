"""One pupil's review: the page to judge on, and the page to check before it is completed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from assessments import services
from assessments.converters import CycleKey
from assessments.forms.reviews import ReviewForm
from assessments.models import Review
from assessments.services.drafting import last_saver, values_of
from assessments.services.histories import judged_in
from assessments.services.outcomes import outcomes_of
from assessments.services.refusals import FieldsClash, ReviewRefused
from assessments.services.reopening import may_be_reopened
from assessments.services.setting_aside import set_aside_in, tell_of
from assessments.views.offering import ASKED, offer_for, with_the_words
from assessments.views.ways import check_page
from pupils.importing import codes
from pupils.models import Pupil
from pupils.views.frame import open_pupil, pupil_frame
from pupils.words import class_words, provision_words
from schools.access import Permission, SchoolRequest, school_view
from targets.views.targets import sent


def open_review(request: SchoolRequest, key: CycleKey, public_id: UUID, permission: Permission) -> tuple[Pupil, Review]:
    """Return a pupil and the review in a cycle, for somebody who holds the permission for this pupil. Raises Http404."""
    pupil = open_pupil(request, public_id, permission)
    reviews = Review.objects.of_cycle(*key).with_set_aside().select_related("cycle", "completed_by", "reopened_by")
    review = get_object_or_404(reviews, pupil=pupil)
    review.pupil = pupil
    return pupil, review


def facts_in_words(review: Review) -> list[tuple[str, str]]:
    """The facts of the day, as far as there is something to say."""
    facts = [
        ("Class", class_words(review.nc_year, review.registration_group)),
        ("Provision", provision_words(review.provision)),
        ("Main need", codes.NEED.words(review.primary_need) if review.primary_need else ""),
        ("Also", ", ".join(words for words, holds in (("pupil premium", review.has_pupil_premium), ("EAL", review.is_eal)) if holds)),
    ]
    return [(name, words) for name, words in facts if words]


@school_view(Permission.REVIEW_SEE)
def review(request: SchoolRequest, key: CycleKey, public_id: UUID) -> HttpResponse:
    """The check page of an open review, and the record of a finished one."""
    pupil, found = open_review(request, key, public_id, Permission.REVIEW_SEE)
    context = pupil_frame(request, pupil, review=found, facts=facts_in_words(found), aside=set_aside_in(found))
    if found.status in Review.FINISHED:
        more = {"judgements": judged_in(found), "may_be_reopened": may_be_reopened(found)}
        return render(request, "assessments/review_finished.html", context | more)
    lines = services.lines_of(found)
    return render(request, "assessments/review_check.html", context | {"lines": lines, "left": [line for line in lines if line.left_to_do]})


@school_view(Permission.REVIEW_DRAFT)
def review_judge(request: SchoolRequest, key: CycleKey, public_id: UUID) -> HttpResponse:
    """The page on which every target of the pupil is judged. What is saved is a draft until the review is completed."""
    pupil, found = open_review(request, key, public_id, Permission.REVIEW_DRAFT)
    if found.status in Review.FINISHED:
        messages.warning(request, "This review is finished and can only be read.")
        return _onward(request, found)
    lines, offer = services.lines_of(found), offer_for(pupil)
    data = with_the_words(request.POST, offer) if ASKED in request.POST else sent(request)
    form = ReviewForm(data, lines=lines, values=values_of(found, lines))
    clashes: list[tuple[str, str, str]] = []
    if request.method == "POST" and ASKED not in request.POST and form.is_valid():
        try:
            _save(request, found, form)
            return _onward(request, found)
        except FieldsClash as clash:
            form, clashes = _ask_again(found, clash)
        except ReviewRefused as refused:
            messages.error(request, refused.message)
    more = {"review": found, "facts": facts_in_words(found), "form": form, "clashes": clashes, "offer": offer}
    more["check_url"] = check_page(request, found)
    more["outcomes"] = outcomes_of(pupil, found.cycle)
    more["saver"] = last_saver(found) if clashes else None
    more["aside"] = aside = set_aside_in(found)
    more["told"] = tell_of(aside, to=request.user) if request.method == "GET" else []
    return render(request, "assessments/review_judge.html", pupil_frame(request, pupil, **more), status=409 if clashes else 200)


def _save(request: SchoolRequest, found: Review, form: ReviewForm) -> None:
    kept = services.save_review(review=found, base=form.base, mine=form.values, unchosen=form.unchosen, by=request.user)
    messages.success(request, "The draft is saved.")
    if kept:
        messages.info(request, f"Somebody else worked on this review too. Their changes are kept: {', '.join(map(form.label, kept))}.")
    for line in form.closed_meanwhile:
        messages.warning(request, f"“{line.target.wording}” was closed in the meantime. Its closing step stands; your note is kept.")


def _ask_again(found: Review, clash: FieldsClash) -> tuple[ReviewForm, list[tuple[str, str, str]]]:
    """The form with both people's work in it, and each clash in words: field, theirs, mine."""
    found.refresh_from_db()
    lines = services.lines_of(found)
    form = ReviewForm.reopened(lines=lines, theirs=values_of(found, lines), merged=clash.merged)
    words = [(form.label(c.name), form.words(c.name, c.theirs), form.words(c.name, c.mine)) for c in clash.merged.clashes]
    return form, words


def _onward(request: SchoolRequest, found: Review) -> HttpResponse:
    """To the check page; a key worker, who has none, to the pupil's targets."""
    if back := check_page(request, found):
        return redirect(back)
    if request.access.may(Permission.REVIEW_SEE):
        return redirect("review", request.school.slug, found.cycle, found.pupil.public_id)
    return redirect("pupil-targets", request.school.slug, found.pupil.public_id)
