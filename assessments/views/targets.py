"""A pupil's targets with what their reviews said, and taking back what one just did to one."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from assessments.lineage import History, Origin, line_of
from assessments.models import Review
from assessments.services.histories import histories_of
from assessments.services.outcomes import outcomes_of
from assessments.services.taking_back import take_back
from pupils.models import Pupil
from pupils.views.frame import open_pupil, pupil_frame
from schools.access import Permission, SchoolRequest, school_view
from schools.models import Term
from targets.models import Target
from targets.services.dates import SLOTS
from targets.services.refusals import TargetRefused
from targets.views.targets import deed_shown

CHART_POINTS = 3


@dataclass(frozen=True)
class Card:
    """One target as its card shows it, with those of its lineage that it grew out of, the first one first."""

    target: Target
    history: History
    before: tuple["Card", ...] = ()

    @property
    def now(self) -> int:
        """The last step seen: at closing, in a review, or at the start."""
        seen = [past.step for past in self.history.past if past.step is not None and past.target == self.target.pk]
        if self.target.closing_step is not None:
            return self.target.closing_step
        return seen[-1] if seen else self.target.start

    @property
    def points(self) -> list[tuple[str, int]]:
        """The last seen judgements of the lineage, with their terms, for the chart."""
        seen = [(Term(past.period[1]).label, past.step) for past in self.history.past if past.step is not None]
        return seen[-CHART_POINTS:]

    @property
    def is_active(self) -> bool:
        return self.target.status == Target.Status.ACTIVE


@school_view(Permission.PUPIL_SEE)
def pupil_targets(request: SchoolRequest, public_id: UUID) -> HttpResponse:
    pupil = open_pupil(request, public_id, Permission.PUPIL_SEE)
    every = list(Target.objects.filter(pupil=pupil).for_list_page())
    cards = cards_of(pupil, [target for target in every if target.status not in Target.NEVER_SET])
    context = pupil_frame(
        request,
        pupil,
        active=[card for card in cards if card.is_active],
        earlier=[card for card in cards if not card.is_active],
        slots=len(SLOTS),
        waiting=[target for target in every if target.status == Target.Status.PROPOSED],
        declined=[target for target in every if target.status == Target.Status.DECLINED and may_read_why(request, target)],
        review=Review.objects.unfinished().filter(pupil=pupil, cycle__closed_at=None).select_related("cycle").first(),
        deed=deed_shown(request),
        outcomes=outcomes_of(pupil),
    )
    return render(request, "assessments/pupil_targets.html", context)


def may_read_why(request: SchoolRequest, proposal: Target) -> bool:
    """A declined proposal is between those who decide and whoever proposed it."""
    return proposal.proposed_by_id == request.user.pk or request.access.may(Permission.TARGET_DECIDE)


def cards_of(pupil: Pupil, targets: list[Target]) -> list[Card]:
    """One card for each lineage: active targets by slot, then closed ones, the latest first."""
    histories = histories_of(targets)
    single = {target.pk: Card(target, histories[target.pk]) for target in targets}
    lines = _lines(targets)
    grown = {pk for line in lines.values() for pk in line[1:]}
    return [
        Card(target, histories[target.pk], tuple(single[pk] for pk in reversed(lines[target.pk][1:])))
        for target in targets
        if target.pk not in grown
    ]


def _lines(targets: Iterable[Target]) -> dict[int, list[int]]:
    origins = {target.pk: Origin(target.carried_on_from_id, target.start) for target in targets}
    return {pk: list(line_of(pk, origins)) for pk in origins}


@require_POST
@school_view(Permission.TARGET_SET)
def target_undo(request: SchoolRequest, target_id: UUID) -> HttpResponse:
    """Take back what the person did last to a target."""
    target = get_object_or_404(Target.objects.select_related("pupil"), public_id=target_id)
    pupil = open_pupil(request, target.pupil.public_id, Permission.TARGET_SET)
    try:
        take_back(target=target, by=request.user)
    except TargetRefused as refused:
        messages.warning(request, refused.message)
    else:
        messages.success(request, "Undone.")
    return redirect("pupil-targets", request.school.slug, pupil.public_id)
