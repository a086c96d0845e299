from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

from pupils.models.pupil import PupilQuerySet
from schools.tenancy import SchoolManager, SchoolOwned, SchoolQuerySet


class PlannedDayQuerySet(SchoolQuerySet["PlannedDay"]):
    def with_plan(self, pupils: PupilQuerySet, day: date) -> PupilQuerySet:
        """Pupils, each with `is_planned` for the weekday of a day and with `planned_at`, the time, where one is set."""
        planned = self.filter(pupil=OuterRef("pk"), weekday=day.isoweekday())
        return pupils.annotate(is_planned=Exists(planned), planned_at=Subquery(planned.values("at")[:1]))


class PlannedDay(SchoolOwned):
    """A weekday on which a pupil has a one-to-one in every week, and where it matters at what time."""

    class Weekday(models.IntegerChoices):
        """As date.isoweekday() counts them."""

        MONDAY = 1, "Monday"
        TUESDAY = 2, "Tuesday"
        WEDNESDAY = 3, "Wednesday"
        THURSDAY = 4, "Thursday"
        FRIDAY = 5, "Friday"

    pupil = models.ForeignKey("pupils.Pupil", on_delete=models.CASCADE, related_name="planned_days")
    weekday = models.PositiveSmallIntegerField(choices=Weekday)
    at = models.TimeField(null=True, blank=True)

    objects = SchoolManager.from_queryset(PlannedDayQuerySet)()

    class Meta:
        ordering = ["weekday"]
        constraints = [
            models.UniqueConstraint(fields=["school", "pupil", "weekday"], name="planned_weekday_once"),
            models.CheckConstraint(condition=Q(weekday__range=(1, 5)), name="planned_weekday_is_a_school_day"),
        ]

    @property
    def words(self) -> str:
        """Mondays at 10:20."""
        return f"{self.get_weekday_display()}s" + (f" at {self.at:%H:%M}" if self.at else "")
