from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

hex_colour = RegexValidator(r"^#[0-9A-Fa-f]{6}$", "Write a colour as # and six digits, for example #3D2FA6.")


class Partnership(models.Model):
    """Schools that share one target language: a trust, federation, hub, local authority or informal group."""

    class Kind(models.TextChoices):
        TRUST = "trust", "Multi-academy trust"
        FEDERATION = "federation", "Federation"
        HUB = "hub", "Hub"
        LOCAL_AUTHORITY = "authority", "Local authority"
        INFORMAL = "informal", "Informal group"

    class Threshold(models.IntegerChoices):
        """Counts below this are not published."""

        THREE = 3
        FIVE = 5
        TEN = 10

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.INFORMAL)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="members")
    gias_group_uid = models.CharField(max_length=12, blank=True)
    trust_reference = models.CharField(max_length=12, blank=True)
    company_number = models.CharField(max_length=12, blank=True)
    suppression_threshold = models.PositiveSmallIntegerField(choices=Threshold, default=Threshold.FIVE)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(suppression_threshold__in=[3, 5, 10]), name="partnership_threshold_is_3_5_or_10"),
        ]

    def __str__(self) -> str:
        return self.name


class Programme(models.Model):
    """The brand under which schools run the programme: DREAMS, HORIZONS or a partnership's own."""

    class Look(models.TextChoices):
        DREAMS = "dreams", "DREAMS: crisp, night sky"
        HORIZONS = "horizons", "HORIZONS: warm, hills and stepping stones"

    class Age(models.TextChoices):
        """The wording that pupils meet."""

        EARLY = "early", "Early years and symbols"
        PRIMARY = "primary", "Primary"
        SECONDARY = "secondary", "Secondary"

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="programmes")
    name = models.CharField(max_length=40)
    look = models.CharField(max_length=10, choices=Look, default=Look.DREAMS)
    age = models.CharField(max_length=10, choices=Age, default=Age.SECONDARY)
    main_colour = models.CharField(max_length=7, validators=[hex_colour], default="#3D2FA6")
    second_colour = models.CharField(max_length=7, validators=[hex_colour], default="#0A6E6A")
    logo = models.FileField(upload_to="logos/", blank=True)
    words = models.JSONField(default=dict, blank=True)  # ladder words by step key, where a programme renames them

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partnership", "name"], name="programme_name_once_in_a_partnership")]

    def __str__(self) -> str:
        return self.name


class PartnershipSchool(models.Model):
    """Whose figures a school feeds, from when, and which head agreed to it."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="memberships")
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="partnerships")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    agreed_by = models.ForeignKey("schools.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    agreed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "partnership"], condition=Q(ends_on=None), name="school_once_in_a_partnership"),
            models.CheckConstraint(condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="partnership_school_ends_after_start"),
        ]
