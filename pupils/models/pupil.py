from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.db import models
from django.db.models import Count, F, FilteredRelation, Prefetch, Q, Value
from django.db.models.functions import Cast, Coalesce, NullIf

from pupils.names import search_key, words_of
from schools.tenancy import SchoolManager, SchoolOwned, SchoolQuerySet

if TYPE_CHECKING:
    from pupils.models.support import Need
    from schools.models import User

NAMES = ("preferred_forename", "preferred_surname", "forename", "surname")
LONGEST_KEY = 600
WITH_SEND = ("K", "E")


class NamesNeedSave(RuntimeError):
    """Names were about to change behind the search key's back: save() or bulk_update() the pupil instead."""


class PupilQuerySet(SchoolQuerySet["Pupil"]):
    def bulk_create(self, objs: Iterable["Pupil"], *args: Any, **kwargs: Any) -> list["Pupil"]:
        rows = list(objs)
        for row in rows:
            row.refresh_search_key()
        return super().bulk_create(rows, *args, **kwargs)

    def bulk_update(self, objs: Iterable["Pupil"], fields: Iterable[str], *args: Any, **kwargs: Any) -> int:
        rows = list(objs)
        for row in rows:
            row.refresh_search_key()
        return super().bulk_update(rows, with_search_key(fields), *args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        if kwargs.keys() & set(NAMES) and "search_key" not in kwargs:  # bulk_update() brings the key along
            raise NamesNeedSave
        return super().update(**kwargs)

    def on_roll(self, day: date) -> "PupilQuerySet":
        """Pupils who belong to the school on a day; the day of leaving is still inside."""
        return self.filter(Q(left_on=None) | Q(left_on__gte=day)).filter(Q(on_roll_from=None) | Q(on_roll_from__lte=day))

    def with_key_worker(self, user: "User", day: date) -> "PupilQuerySet":
        """Pupils whose key worker, or cover, this person is on a day. Nobody is key worker of a pupil who has left."""
        return self.not_left(day).filter(pk__in=KeyWorker.objects.on(day).filter(user=user).values("pupil"))

    def left(self, day: date) -> "PupilQuerySet":
        """Pupils who have left by a day."""
        return self.filter(left_on__lt=day)

    def not_left(self, day: date) -> "PupilQuerySet":
        """Pupils on roll, and those who will join."""
        return self.filter(Q(left_on=None) | Q(left_on__gte=day))

    def matching(self, text: str) -> "PupilQuerySet":
        """Pupils who have, for each word typed, a name that begins with it; "sam s" needs two names."""
        words = words_of(text)
        found = self
        for word in dict.fromkeys(words):
            times = sum(other.startswith(word) for other in words)
            lookup = {"search_key__contains": f" {word}"} if times == 1 else {"search_key__regex": f"( {word}.*){{{times}}}"}
            found = found.filter(**lookup)
        return found

    def with_need(self, need_type: str, day: date) -> "PupilQuerySet":
        """Pupils who have a need on a day, whatever its rank."""
        return self.filter(Q(needs__ends_on=None) | Q(needs__ends_on__gte=day), needs__need_type=need_type).distinct()

    def with_provision(self, code: str) -> "PupilQuerySet":
        return self.filter(support_statuses__ends_on=None, support_statuses__provision=code)

    def with_send(self) -> "PupilQuerySet":
        """Pupils with SEN support or a plan today, and those whom the programme follows for another reason."""
        supported = Pupil.objects.filter(support_statuses__ends_on=None, support_statuses__provision__in=WITH_SEND)
        return self.filter(Q(pk__in=supported.values("pk")) | ~Q(followed_because=""))

    def for_list_page(self) -> "PupilQuerySet":
        """By the name that the list shows; with `provision`, needs and key workers, without growing in queries."""
        now = FilteredRelation("support_statuses", condition=Q(support_statuses__ends_on=None))
        pupils = self.alias(status_now=now).annotate(provision=F("status_now__provision"))
        return pupils.prefetch_related("needs", KeyWorker.with_people()).order_by("search_key", "pk")

    def roll_counts(self, day: date) -> dict[str, int]:
        """How many are here (or will be), and how many have left."""
        has_left = Q(left_on__lt=day)
        return self.aggregate(here=Count("pk", filter=~has_left, distinct=True), left=Count("pk", filter=has_left, distinct=True))

    def facets(self, day: date) -> "models.QuerySet[Pupil, tuple[str, str, str]]":
        """What a list of pupils can be narrowed down by, in one query: kind, value, words; each once."""
        blank, worker = (
            Value(""),
            Coalesce(NullIf("key_workers__user__name", Value("")), "key_workers__user__email", output_field=models.CharField()),
        )
        in_need = self.filter(Q(needs__ends_on=None) | Q(needs__ends_on__gte=day), needs__isnull=False)
        met = self.filter(key_workers__in=KeyWorker.objects.on(day))
        return self.values_list(Value("year"), "nc_year", blank).union(
            self.values_list(Value("group"), "registration_group", blank),
            in_need.values_list(Value("need"), "needs__need_type", blank),
            met.values_list(Value("worker"), Cast("key_workers__user", models.CharField()), worker),
        )


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

    ELSEWHERE = (Enrolment.SUBSIDIARY, Enrolment.GUEST)

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
    search_key = models.CharField(max_length=LONGEST_KEY, blank=True, editable=False)  # names folded; kept by save()

    objects = SchoolManager.from_queryset(PupilQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "public_id"], name="pupil_public_id_once"),
            models.UniqueConstraint(fields=["school", "upn"], condition=~Q(upn=""), name="upn_once_on_a_roll"),
        ]
        indexes = [
            models.Index(fields=["school", "surname", "forename"]),
            models.Index(fields=["school", "nc_year", "registration_group"]),
            models.Index(fields=["school", "search_key"]),
        ]

    def __str__(self) -> str:
        return self.short_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.refresh_search_key()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = with_search_key(kwargs["update_fields"])
        super().save(*args, **kwargs)

    def refresh_search_key(self) -> None:
        names = search_key((self.first_name, self.last_name, self.forename, self.surname))
        self.search_key = names[:LONGEST_KEY]  # folding can lengthen a name: one Arabic sign can stand for eighteen letters

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
        return not self.has_left(day) and (self.on_roll_from is None or self.on_roll_from <= day)

    def has_left(self, day: date) -> bool:
        """From the day after the last one."""
        return self.left_on is not None and self.left_on < day

    def needs_on(self, day: date) -> list["Need"]:
        """The needs that hold on a day, the primary one first."""
        return [need for need in self.needs.all() if need.ends_on is None or need.ends_on >= day]

    def key_workers_on(self, day: date) -> list["KeyWorker"]:
        """Who meets the pupil one to one on a day; those who only cover come last."""
        held = [worker for worker in self.key_workers.all() if worker.starts_on <= day and not worker.is_over(day)]
        return sorted(held, key=lambda worker: (worker.cover_until is not None, worker.starts_on))


def with_search_key(fields: Iterable[str]) -> list[str]:
    """Add the search key to fields about to be written where a name is among them."""
    named = list(fields)
    return [*named, "search_key"] if set(named) & set(NAMES) else named


class KeyWorkerQuerySet(SchoolQuerySet["KeyWorker"]):
    def on(self, day: date) -> "KeyWorkerQuerySet":
        """Assignments that hold on a day; a cover ends with its last day."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), Q(cover_until=None) | Q(cover_until__gte=day), starts_on__lte=day)


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

    @staticmethod
    def with_people() -> Prefetch:
        """Fetch the key workers of many pupils, and who they are, in one query."""
        return Prefetch("key_workers", KeyWorker.objects.select_related("user"))

    @property
    def name(self) -> str:
        return self.user.get_full_name() or self.user.email

    def is_over(self, day: date) -> bool:
        """From the day after the last one."""
        return any(last is not None and last < day for last in (self.ends_on, self.cover_until))
