from uuid import uuid4

from django.db import models
from django.db.models import Count, Q

from assessments.models.reviews import ReviewCycle
from assessments.outcomes.values import Kind
from schools.tenancy import SchoolManager, SchoolOwned, SchoolQuerySet


class OutcomeMeasureQuerySet(SchoolQuerySet["OutcomeMeasure"]):
    def in_use(self) -> "OutcomeMeasureQuerySet":
        return self.filter(is_used=True)

    def for_cycle_page(self, cycle: ReviewCycle) -> "OutcomeMeasureQuerySet":
        """What is asked for, and what was recorded in the cycle while it was; each with how many pupils have a value."""
        counted = self.annotate(recorded=Count("values", filter=Q(values__cycle=cycle)))
        return counted.filter(Q(is_used=True) | Q(recorded__gt=0))


class OutcomeMeasure(SchoolOwned):
    """Something hard that a school looks at beside the steps: attendance, behaviour or attainment."""

    public_id = models.UUIDField(default=uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value.title()) for kind in Kind])
    name = models.CharField(max_length=30)
    is_used = models.BooleanField(default=True)  # no longer asked for; what was recorded stays

    objects = SchoolManager.from_queryset(OutcomeMeasureQuerySet)()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["school", "public_id"], name="outcome_measure_public_id_once"),
            models.UniqueConstraint(fields=["school", "name"], name="outcome_measure_name_once"),
            models.UniqueConstraint(fields=["school"], condition=Q(kind="attendance"), name="one_measure_of_attendance"),
        ]

    def __str__(self) -> str:
        return self.name


class OutcomeValue(SchoolOwned):
    """What a measure said of one pupil in one cycle. Kept as words, so that no figure of steps can add it up."""

    measure = models.ForeignKey(OutcomeMeasure, on_delete=models.PROTECT, related_name="values")
    pupil = models.ForeignKey("pupils.Pupil", on_delete=models.CASCADE, related_name="outcomes")
    cycle = models.ForeignKey(ReviewCycle, on_delete=models.PROTECT, related_name="outcomes")
    value = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "cycle", "pupil", "measure"], name="outcome_once_in_a_cycle")]
        indexes = [models.Index(fields=["school", "pupil"])]
