"""Duties beside the termly reviews: annual reviews of plans, and three meetings with parents a year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F

from assessments.duty_dates import AnnualReview, ends_of_terms, meetings_due
from assessments.models import Review, ReviewCycle
from pupils.models import Pupil, SupportStatus
from schools.cycles import bounds_of
from schools.models import CycleDates

AHEAD = timedelta(weeks=8)  # how long before its papers an annual review is shown
PLAN = "E"


@dataclass(frozen=True)
class PlanReview:
    """The annual review of one pupil's plan. Without a date somebody has to enter one."""

    pupil: Pupil
    dates: AnnualReview | None
    today: date

    @property
    def next_step(self) -> str:
        return self.dates.next_step(self.today) if self.dates else "unknown"


def plan_reviews(today: date) -> list[PlanReview]:
    """Plans whose annual review is near, late, or without a date; the most urgent first, in one query."""
    plans = SupportStatus.objects.filter(ends_on=None, provision=PLAN, pupil__in=Pupil.objects.on_roll(today))
    latest_last = F("next_annual_review_on").asc(nulls_last=True)
    found = [_plan_review(plan, today) for plan in plans.select_related("pupil").order_by(latest_last, "pupil__search_key", "pk")]
    return [each for each in found if each.dates is None or each.dates.is_near(today, AHEAD)]


def _plan_review(plan: SupportStatus, today: date) -> PlanReview:
    on = plan.next_annual_review_on
    return PlanReview(plan.pupil, AnnualReview(on) if on else None, today)


@dataclass(frozen=True)
class Meetings:
    """How often the parents of one pupil were met in an academic year, and how often by now at least."""

    pupil: Pupil
    met: int
    due: int

    @property
    def is_behind(self) -> bool:
        return self.met < self.due


def meetings_of(cycle: ReviewCycle, today: date) -> list[Meetings]:
    """The meetings of the academic year, for each pupil on roll with a review in this cycle, by name; three queries."""
    pupils = Pupil.objects.on_roll(today).filter(pk__in=Review.objects.filter(cycle=cycle).values("pupil"))
    planned = CycleDates.objects.filter(academic_year=cycle.academic_year).values_list("term", "due_on")
    ends = ends_of_terms(planned).values()
    met = _days_met(pupils, cycle.academic_year)
    return [
        Meetings(pupil, len(met.get(pupil.pk, ())), meetings_due(ends, today, pupil.on_roll_from))
        for pupil in pupils.order_by("search_key", "pk")
    ]


def _days_met(pupils: Iterable[Pupil], academic_year: int) -> dict[int, set[date]]:
    """The days on which parents were met, by pupil; a meeting noted with two reviews is one."""
    met = Review.objects.filter(pupil__in=pupils, parents_met_on__range=bounds_of(academic_year))
    found: dict[int, set[date]] = {}
    for pupil, day in met.values_list("pupil", "parents_met_on"):
        found.setdefault(pupil, set()).add(day)  # type: ignore[arg-type]
    return found
