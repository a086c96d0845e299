"""Figures of all cycles, published for those that are over, and a few papers for the worker to print."""

from assessments.models import Review, ReviewCycle
from reports import publishing, summaries
from reports.demo.scene import Scene
from reports.queries import Period
from reports.services import ask_for_letters, ask_report
from schools.models import CycleDates, Partnership, User

WITH_LETTERS = ("ashdown", "cedar")
WITH_PAPERS, OF_A_CYCLE = 2, 3  # printing all of them would keep the worker busy for minutes


def build_figures(scene: Scene) -> None:
    """Count each cycle, and publish the term of each that was closed on the day on which it was."""
    for cycle in ReviewCycle.objects.order_by("due_on"):
        summaries.rebuild(cycle)
        if cycle.closed_at:
            publishing.publish_term(scene.school, cycle.academic_year, cycle.term, at=cycle.closed_at)


def ask_for_some_letters(scene: Scene) -> None:
    """Letters of the first reviews of the last two cycles, in two schools."""
    if scene.place.slug not in WITH_LETTERS:
        return
    for cycle in ReviewCycle.objects.order_by("-due_on")[:WITH_PAPERS]:
        completed = Review.objects.filter(cycle=cycle, status=Review.Status.COMPLETED).order_by("completed_at", "pk")
        for review in completed[:OF_A_CYCLE]:
            ask_for_letters(review=review, by=scene.senco)


def ask_for_the_report(partnership: Partnership, over: CycleDates, lead: User) -> None:
    """The cross-school report of the term that is over."""
    ask_report(partnership=partnership, period=Period.of(over.academic_year, over.term), by=lead)
