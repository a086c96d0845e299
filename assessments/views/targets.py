"""A pupil's targets with what their reviews said."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from assessments.lineage import History
from assessments.models import Review
from assessments.services.histories import histories_of
from pupils.models import Pupil
from pupils.views.frame import open_pupil, pupil_frame
from schools.access import Permission, SchoolRequest, school_view
from schools.models import Term
from targets.models import Target

CHART_POINTS = 3


@dataclass(frozen=True)
class Card:
    """One target as its card shows it."""

    target: Target
    history: History

    @property
    def now(self) -> int:
        """The last step seen: at closing, in a review, or at the start."""
        seen = [step for step in self.history.steps if step is not None]
        if self.target.closing_step is not None:
            return self.target.closing_step
        return seen[-1] if seen else self.target.start

    @property
    def points(self) -> list[tuple[str, int]]:
        """The last seen judgements of the lineage, with their terms, for the chart."""
        seen = [(Term(past.period[1]).label, past.step) for past in self.history.past if past.step is not None]
        return seen[-CHART_POINTS:]


@school_view(Permission.PUPIL_SEE)
def pupil_targets(request: SchoolRequest, public_id: UUID) -> HttpResponse:
    pupil = open_pupil(request, public_id, Permission.PUPIL_SEE)
    cards = cards_of(pupil)
    review = Review.objects.unfinished().filter(pupil=pupil, cycle__closed_at=None).select_related("cycle").first()
    context = pupil_frame(
        request,
        pupil,
        active=[card for card in cards if card.target.status == Target.Status.ACTIVE],
        earlier=[card for card in cards if card.target.status != Target.Status.ACTIVE],
        review=review,
    )
    return render(request, "assessments/pupil_targets.html", context)


def cards_of(pupil: Pupil) -> list[Card]:
    """Every target of a pupil: active ones by slot, then closed ones, the latest first."""
    targets = list(Target.objects.filter(pupil=pupil).for_list_page())
    histories = histories_of(targets)
    return [Card(target, histories[target.pk]) for target in targets]
