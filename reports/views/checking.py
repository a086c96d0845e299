"""Check and finish: what is left to do in a class or a whole cycle, what is worth a thought, and completing what is ready."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from assessments.converters import CycleKey
from assessments.forms.finishing import FinishForm
from assessments.models import Review, ReviewCycle
from assessments.services.checking import check_of
from assessments.views.cycles import NO_GROUP, find_cycle
from assessments.views.ways import check_url, is_part
from pupils.services.pupils import record_each_seen
from reports.models import Job
from reports.services.finishing import AT_ONCE, Outcome, Versions, ask_to_finish, finish_some, outcome_of
from reports.services.refusals import ReportRefused
from reports.views.jobs import latest_job
from schools.access import Permission, SchoolRequest, school_view

LINES_SHOWN = 40  # of each list; the rest is a class further down


@school_view(Permission.REVIEW_SEE)
def cycle_check(request: SchoolRequest, key: CycleKey) -> HttpResponse:
    """The check page; sent back with what was looked at and the tick, it completes those reviews."""
    cycle, group = find_cycle(key), request.GET.get("class", "")
    may_finish = request.access.may(Permission.REVIEW_COMPLETE)
    form = FinishForm(request.POST if request.method == "POST" and may_finish else None)
    if form.is_valid():
        return _finish(request, cycle, group, form.versions)
    reviews = _reviews(cycle, group)
    check = check_of([review for review in reviews if review.status not in Review.FINISHED], timezone.localdate())
    record_each_seen(pupils=[review.pupil for review in reviews], by=request.user)
    progress = latest_job(Job.Kind.COMPLETE, cycle.pk)
    context: dict[str, Any] = {"cycle": cycle, "group": group, "title": _title(group), "check": check, "form": form}
    context |= {"completed": [review for review in reviews if review.status == Review.Status.COMPLETED], "shown": LINES_SHOWN}
    context |= {"progress": progress, "outcome": outcome_of(progress.job) if progress else None, "may_finish": may_finish}
    many, same = len(check.ready), len(check.same_words)
    context["same_words_title"] = f"{same} target{'' if same == 1 else 's'}"
    context["finish_words"] = "Finish 1 review" if many == 1 else f"Finish {many} reviews"
    context |= {"seen": FinishForm.pack(check.ready), "check_url": check_url(request, cycle.slug, group)}
    return render(request, "reports/_finishing.html" if is_part(request) else "reports/cycle_check.html", context)


def _reviews(cycle: ReviewCycle, group: str) -> list[Review]:
    """The reviews of a class, or of all classes, by class and name."""
    reviews = Review.objects.filter(cycle=cycle).select_related("cycle").for_list_page()
    if group:
        reviews = reviews.filter(registration_group="" if group == NO_GROUP else group)
    return list(reviews.select_related("pupil", "cycle"))


def _finish(request: SchoolRequest, cycle: ReviewCycle, group: str, seen: Versions) -> HttpResponse:
    """A class is completed at once; more goes through the queue, and the page shows how far it is."""
    try:
        if len(seen) > AT_ONCE:
            ask_to_finish(cycle=cycle, seen=seen, by=request.user)
        else:
            _say(request, finish_some(cycle=cycle, seen=seen, by=request.user))
    except ReportRefused as refused:
        messages.error(request, refused.message)
    return redirect(check_url(request, cycle.slug, group))


def _say(request: SchoolRequest, outcome: Outcome) -> None:
    if done := len(outcome.completed):
        what = "1 review is completed. Its letters" if done == 1 else f"{done} reviews are completed. Their letters"
        messages.success(request, f"{what} are being made.")
    for review, words in outcome.refused:
        messages.error(request, f"{review.pupil.short_name}: not completed. {words}")


def _title(group: str) -> str:
    if group == NO_GROUP:
        return "Check and finish the reviews without a class"
    return f"Check and finish the reviews of {group}" if group else "Check and finish all reviews"
