from django.db import models
from django.db.models import F, Q

from pupils.models.pupil import Pupil
from schools.tenancy import SchoolOwned


class SupportStatus(SchoolOwned):
    """A pupil's SEN provision over a time: N none, K SEN support, E education, health and care plan.

    The current status is the row with no end date.
    """

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="support_statuses")
    provision = models.CharField(max_length=1)  # codes are dated data: pupils.importing.codes
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    plan_issued_on = models.DateField(null=True, blank=True)
    next_annual_review_on = models.DateField(null=True, blank=True)
    local_authority = models.CharField(max_length=3, blank=True)

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["school", "pupil"], condition=Q(ends_on=None), name="one_current_support_status"),
            models.CheckConstraint(condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="support_status_ends_after_start"),
        ]


class Need(SchoolOwned):
    """One of a pupil's needs by SEN type code, in order of weight: rank 1 is the primary need."""

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="needs")
    need_type = models.CharField(max_length=4)  # codes are dated data: pupils.importing.codes
    rank = models.PositiveSmallIntegerField()
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["school", "pupil", "need_type"], condition=Q(ends_on=None), name="current_need_once"),
            models.CheckConstraint(condition=Q(rank__gte=1), name="need_rank_starts_at_1"),
        ]
