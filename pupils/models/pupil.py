from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from schools.tenancy import SchoolManager, SchoolOwned, SchoolQuerySet

if TYPE_CHECKING:
    from schools.models import User


class PupilQuerySet(SchoolQuerySet["Pupil"]):
    def on_roll(self, day: date) -> "PupilQuerySet":
        """Pupils who belong to the school on a day; the day of leaving is still inside."""
        return self.filter(Q(left_on=None) | Q(left_on__gte=day)).filter(Q(on_roll_from=None) | Q(on_roll_from__lte=day))

    def with_key_worker(self, user: "User", day: date) -> "PupilQuerySet":
        """Pupils whose key worker, or cover, this person is on a day."""
        return self.filter(pk__in=KeyWorker.objects.on(day).filter(user=user).values("pupil"))

    def left(self, day: date) -> "PupilQuerySet":
        """Pupils who have left by a day."""
        return self.filter(left_on__lt=day)


class Pupil(SchoolOwned):
    """A child or young person on a school's roll."""

    class Sex(models.TextChoices):
        FEMALE = "F", "Female"
        MALE = "M", "Male"
        UNKNOWN = "U", "Not known"

    class Enrolment(models.TextChoices):
        """S and G work fully in their school and are left out of everything that leaves it."""

        CURRENT = "C", "Single registration"
        MAIN = "M", "Main, dual registration"
        SUBSIDIARY = "S", "Subsidiary, dual registration"
        GUEST = "G", "Guest"

    public_id = models.UUIDField(default=uuid4, editable=False)
    upn = models.CharField(max_length=13, blank=True)
    former_upn = models.CharField(max_length=13, blank=True)
    surname = models.CharField(max_length=60)
    forename = models.CharField(max_length=60)
    preferred_surname = models.CharField(max_length=60, blank=True)
    preferred_forename = models.CharField(max_length=60, blank=True)
    date_of_birth = models.DateField()
    sex = models.CharField(max_length=1, choices=Sex, default=Sex.UNKNOWN)
    nc_year = models.CharField(max_length=2)
    registration_group = models.CharField(max_length=20, blank=True)
    on_roll_from = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    enrolment = models.CharField(max_length=1, choices=Enrolment, default=Enrolment.CURRENT)
    first_language = models.CharField(max_length=3, blank=True)
    is_eal = models.BooleanField(default=False)
    has_pupil_premium = models.BooleanField(default=False)
    is_looked_after = models.BooleanField(default=False)
    followed_because = models.CharField(max_length=200, blank=True)
    followed_since = models.DateField(null=True, blank=True)
    origin = models.UUIDField(null=True, blank=True, db_index=True)

    objects = SchoolManager.from_queryset(PupilQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "public_id"], name="pupil_public_id_once"),
            models.UniqueConstraint(fields=["school", "upn"], condition=~Q(upn=""), name="upn_once_on_a_roll"),
        ]
        indexes = [models.Index(fields=["school", "surname", "forename"]), models.Index(fields=["school", "nc_year", "registration_group"])]

    def __str__(self) -> str:
        return self.short_name

    @property
    def first_name(self) -> str:
        """The name the pupil goes by."""
        return self.preferred_forename or self.forename

    @property
    def last_name(self) -> str:
        return self.preferred_surname or self.surname

    @property
    def short_name(self) -> str:
        """First name and initial, as lists show it: Ravi P."""
        return f"{self.first_name} {self.last_name[:1]}."

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    def is_on_roll(self, day: date) -> bool:
        return (self.left_on is None or self.left_on >= day) and (self.on_roll_from is None or self.on_roll_from <= day)


class KeyWorkerQuerySet(SchoolQuerySet["KeyWorker"]):
    def on(self, day: date) -> "KeyWorkerQuerySet":
        """Assignments that hold on a day; a cover ends with its last day."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), Q(cover_until=None) | Q(cover_until__gte=day), starts_on__lte=day)

    def of_pupils(self, pupils: Iterable[Pupil], day: date) -> "KeyWorkerQuerySet":
        return self.on(day).filter(pupil__in=pupils).select_related("user").order_by("cover_until", "starts_on")


class KeyWorker(SchoolOwned):
    """The adult who meets a pupil one to one, from a day on; with `cover_until`, while another is away."""

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="key_workers")
    user = models.ForeignKey("schools.User", on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    cover_until = models.DateField(null=True, blank=True)

    objects = SchoolManager.from_queryset(KeyWorkerQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "pupil", "user"], condition=Q(ends_on=None), name="key_worker_once"),
            models.CheckConstraint(condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="key_worker_ends_after_start"),
        ]
        indexes = [models.Index(fields=["school", "user"])]
