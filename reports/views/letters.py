"""Letters of a review: how far they are, who gets one, and the files."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from assessments.converters import CycleKey
from assessments.models import Review
from assessments.views.reviews import open_review
from pupils.views.frame import open_pupil, pupil_frame
from reports import services
from reports.models import Job, Letter
from reports.services.letters import missing, who_may_receive
from reports.services.refusals import ReportRefused
from reports.views.cycle_letters import Way, address_of
from reports.views.jobs import latest_job, pdf
from reports.views.piles import piles_of
from schools.access import Permission, SchoolRequest, school_view

FILE_NAME = "letter.pdf"
LETTERS_A_PAGE = 25


@school_view(Permission.LETTER_SEE)
def review_letters(request: SchoolRequest, key: CycleKey, public_id: UUID) -> HttpResponse:
    """The letters of one review. While they are being made the page asks for its own middle part again."""
    pupil, review = open_review(request, key, public_id, Permission.LETTER_SEE)
    decision = who_may_receive(review)
    letters = list(Letter.objects.for_list_page().filter(review=review))
    context: dict[str, object] = {
        "review": review,
        "progress": latest_job(Job.Kind.LETTERS, review.pk),
        "letters": letters,
        "held": decision.held,
        "missing": missing(decision, letters),
        "has_stale": any(letter.state == Letter.State.STALE for letter in letters),
        "is_completed": review.status == Review.Status.COMPLETED,
    }
    if any(letter.state == Letter.State.MADE for letter in letters):
        context["wording"] = services.longest_said(review, decision.recipients)
    is_part = bool(request.htmx)  # type: ignore[attr-defined]
    template = "reports/_letters.html" if is_part else "reports/review_letters.html"
    return render(request, template, pupil_frame(request, pupil, **context))


@require_POST
@school_view(Permission.LETTER_MAKE)
def letters_again(request: SchoolRequest, key: CycleKey, public_id: UUID) -> HttpResponse:
    """Make what is missing: after a failure, or after somebody decided about a held recipient."""
    pupil, review = open_review(request, key, public_id, Permission.LETTER_MAKE)
    try:
        services.ask_for_letters(review=review, by=request.user)
    except ReportRefused as refused:
        messages.error(request, refused.message)
    return redirect("review-letters", request.school.slug, review.cycle, pupil.public_id)


@require_POST
@school_view(Permission.LETTER_MAKE)
def letter_approve(request: SchoolRequest, letter_id: UUID) -> HttpResponse:
    letter = find_letter(letter_id)
    try:
        services.approve_letter(letter=letter, by=request.user)
        messages.success(request, "The letter is approved. The office can print it.")
    except ReportRefused as refused:
        messages.error(request, refused.message)
    return _onward(request, letter) if "onward" in request.POST else _back(request, letter)


def _onward(request: SchoolRequest, letter: Letter) -> HttpResponse:
    """To the cycle's next letter that nobody has checked; where there is none, to this one."""
    cycle = letter.review.cycle
    way = Way.through(cycle)
    return redirect(address_of(request, cycle, way.next_to_check(letter) or letter))


@school_view(Permission.LETTER_SEE)
def letter_file(request: SchoolRequest, letter_id: UUID) -> HttpResponse:
    """The PDF, for those who check it."""
    return _file(request, letter_id, only_approved=False)


@school_view(Permission.LETTER_PRINT)
def letter_print(request: SchoolRequest, letter_id: UUID) -> HttpResponse:
    """The PDF of an approved letter, for those who print it."""
    return _file(request, letter_id, only_approved=True)


def _file(request: SchoolRequest, letter_id: UUID, *, only_approved: bool) -> HttpResponse:
    letter = find_letter(letter_id)
    try:
        return pdf(services.open_letter(letter=letter, by=request.user, only_approved=only_approved), FILE_NAME)
    except ReportRefused as refused:
        messages.error(request, refused.message)
        return redirect("letters-to-print", request.school.slug) if only_approved else _back(request, letter)


def find_letter(letter_id: UUID) -> Letter:
    """Return a letter of the school. Raises Http404."""
    return get_object_or_404(Letter.objects.select_related("review__pupil", "review__cycle"), public_id=letter_id)


def _back(request: SchoolRequest, letter: Letter) -> HttpResponse:
    return redirect("review-letters", request.school.slug, letter.review.cycle, letter.review.pupil.public_id)


@school_view(Permission.LETTER_SEE)
def pupil_letters(request: SchoolRequest, public_id: UUID) -> HttpResponse:
    """All letters about one pupil, the latest first."""
    pupil = open_pupil(request, public_id, Permission.LETTER_SEE)
    letters = Letter.objects.for_list_page().filter(review__pupil=pupil).order_by("-made_at", "-pk")
    page = Paginator(letters, LETTERS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "reports/pupil_letters.html", pupil_frame(request, pupil, page=page))


@school_view(Permission.LETTER_PRINT)
def letters_to_print(request: SchoolRequest) -> HttpResponse:
    """Approved letters, as one file for each class or one by one, for the office."""
    page = Paginator(Letter.objects.for_list_page().approved().by_class(), LETTERS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "reports/letters_to_print.html", {"page": page, "piles": list(piles_of(request.school.slug))})
