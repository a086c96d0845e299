"""The proposals that wait for whoever decides."""

from django.utils import timezone

from pupils.models import Pupil
from targets.models import Target
from targets.models.target import TargetQuerySet


def waiting() -> TargetQuerySet:
    """Proposals for pupils on roll, the oldest first; those of a pupil who left wait for nobody."""
    here = Pupil.objects.on_roll(timezone.localdate())
    found = Target.objects.proposed().filter(pupil__in=here)
    return found.select_related("pupil", "strand", "skill", "proposed_by").order_by("set_on", "pk")
