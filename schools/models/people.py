from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from schools.models.partnership import Partnership, PartnershipSchool

if TYPE_CHECKING:
    from schools.models.school import School


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make a person who signs in with this e-mail address; without a password nobody can sign in as them yet."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make a person who may use Django's admin. It opens no school: there is no way round membership."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A member of staff, who signs in by e-mail. What they may do hangs on their memberships alone."""

    class Mode(models.TextChoices):
        LIGHT = "light", "Light"
        DARK = "dark", "Dark"
        AUTO = "auto", "Match device"

    email = models.EmailField("e-mail", unique=True)
    name = models.CharField(max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now)
    mode = models.CharField(max_length=5, choices=Mode, default=Mode.AUTO)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(email=Lower("email")), name="email_is_lower_case")]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]


class Role(models.TextChoices):
    KEY_WORKER = "key_worker", "Key worker"
    TEACHER = "teacher", "Teacher"
    SENCO = "senco", "SENCO"
    HEAD = "head", "Headteacher"
    OFFICE = "office", "Office"
    GOVERNOR = "governor", "Governor"
    LEAD = "lead", "Partnership lead"


PARTNERSHIP_ROLES = (Role.LEAD, Role.GOVERNOR)
SCHOOL_ROLES = (Role.KEY_WORKER, Role.TEACHER, Role.SENCO, Role.HEAD, Role.OFFICE, Role.GOVERNOR)
HELD_BY_ONE_SIDE = (Q(school=None) & Q(partnership__isnull=False) & Q(role__in=PARTNERSHIP_ROLES)) | (
    Q(school__isnull=False) & Q(partnership=None) & Q(role__in=SCHOOL_ROLES)
)


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active_on(self, day: date) -> "MembershipQuerySet":
        """Memberships that hold on a day; the last day is still inside."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), ended_at=None, starts_on__lte=day, user__is_active=True)

    def feeding(self, partnership: Partnership, day: date) -> "MembershipQuerySet":
        """Roles in schools whose figures the partnership holds on a day."""
        links = PartnershipSchool.objects.filter(Q(ends_on=None) | Q(ends_on__gte=day), partnership=partnership, starts_on__lte=day)
        return self.filter(school__in=links.values("school"))

    def holding(self, place: "School | Partnership", day: date) -> "MembershipQuerySet":
        """Roles held in a school or partnership on a day, or to be held from a later one."""
        not_over = self.filter(Q(ends_on=None) | Q(ends_on__gte=day), ended_at=None, user__is_active=True)
        return not_over.filter(**{place._meta.model_name or "": place}).select_related("user")

    def heads_of(self, school: "School", day: date) -> "MembershipQuerySet":
        """The head's role in a school on a day; there may be several."""
        return self.active_on(day).filter(school=school, role=Role.HEAD).select_related("user").order_by("user__name")

    def coming_and_gone(self, user: User, day: date) -> "tuple[Membership | None, Membership | None]":
        """A person's next role and last role, for somebody who has none today."""
        held = self.filter(user=user).select_related("school", "partnership")
        coming = held.filter(starts_on__gt=day, ended_at=None).order_by("starts_on").first()
        return coming, held.filter(starts_on__lte=day).order_by("-starts_on", "-pk").first()


class Membership(models.Model):
    """A person's dated role in a school or in a partnership."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, null=True, blank=True, related_name="memberships")
    partnership = models.ForeignKey("schools.Partnership", on_delete=models.PROTECT, null=True, blank=True, related_name="staff")
    role = models.CharField(max_length=12, choices=Role)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)  # "end now": holds at once, whatever ends_on says

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=HELD_BY_ONE_SIDE, name="membership_is_of_a_school_or_a_partnership"),
            models.CheckConstraint(condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="membership_ends_after_start"),
            models.UniqueConstraint(
                fields=["school", "user", "role"], condition=Q(ends_on=None, ended_at=None, partnership=None), name="role_once_in_a_school"
            ),
            models.UniqueConstraint(
                fields=["partnership", "user", "role"],
                condition=Q(ends_on=None, ended_at=None, school=None),
                name="role_once_in_a_partnership",
            ),
        ]
        indexes = [models.Index(fields=["user", "school"])]

    @property
    def place(self) -> "School | Partnership":
        """The school or partnership in which the role is held."""
        return self.school or self.partnership  # type: ignore[return-value]


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> "InvitationQuerySet":
        """Invitations neither accepted nor withdrawn; one past its seven days is open too, until it is sent again or withdrawn."""
        return self.filter(accepted_at=None, withdrawn_at=None)

    def with_place(self) -> "InvitationQuerySet":
        return self.select_related("school__programme", "partnership", "invited_by")

    def for_list_page(self) -> "InvitationQuerySet":
        return self.open().select_related("school", "invited_by").order_by("email", "role")


class Invitation(models.Model):
    """An invitation to one address for one role in one school or partnership; works once, for seven days."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    email = models.EmailField()
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, null=True, blank=True, related_name="invitations")
    partnership = models.ForeignKey("schools.Partnership", on_delete=models.PROTECT, null=True, blank=True, related_name="invitations")
    role = models.CharField(max_length=12, choices=Role)
    membership_ends_on = models.DateField(null=True, blank=True)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    emailed_at = models.DateTimeField(null=True, blank=True)  # empty where the mail server took nothing

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=HELD_BY_ONE_SIDE, name="invitation_is_of_a_school_or_a_partnership")]

    @property
    def place(self) -> "School | Partnership":
        """The school or partnership that it opens."""
        return self.school or self.partnership  # type: ignore[return-value]

    def has_expired(self, now: datetime) -> bool:
        return now >= self.expires_at


class Token(models.Model):
    """A link that opens one thing without sign-in: its hash, what it opens by id, and until when.

    It is looked up before any school is known, so it lies outside the fences and holds ids only.
    """

    class Purpose(models.TextChoices):
        LETTER = "letter", "A letter's web twin"
        VOICE = "voice", "Pupil mode"

    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=8, choices=Purpose)
    token_hash = models.CharField(max_length=64)
    row_id = models.BigIntegerField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "token_hash"], name="token_once")]
