"""The facts of the day: what a review remembers of its pupil, however the pupil's own rows change later."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from assessments.models import Review
from pupils.models import Need, Pupil, SupportStatus

COPIED = ("nc_year", "registration_group", "has_pupil_premium", "is_eal", "sex", "enrolment")


def facts_of(pupils: Iterable[Pupil], day: date) -> dict[int, dict[str, object]]:
    """Return each pupil's facts on a day, by pupil id, in two queries for all of them."""
    pupils = list(pupils)
    holds = Q(ends_on=None) | Q(ends_on__gte=day)
    statuses = SupportStatus.objects.filter(holds, pupil__in=pupils, starts_on__lte=day).order_by("starts_on")
    provisions = dict(statuses.values_list("pupil", "provision"))
    needs = Need.objects.filter(holds, Q(starts_on=None) | Q(starts_on__lte=day), pupil__in=pupils).order_by("-rank")
    primary = dict(needs.values_list("pupil", "need_type"))
    return {pupil.pk: _facts(pupil, provisions.get(pupil.pk, ""), primary.get(pupil.pk, "")) for pupil in pupils}


def _facts(pupil: Pupil, provision: str, primary_need: str) -> dict[str, object]:
    return {name: getattr(pupil, name) for name in COPIED} | {"provision": provision, "primary_need": primary_need}


def facts_to_copy(review: Review, pupil: Pupil, day: date) -> dict[str, object]:
    """The pupil's facts once more, until the review is completed for the first time. From then on those of that day stay."""
    return facts_of([pupil], day)[pupil.pk] if review.completed_at is None else {}
