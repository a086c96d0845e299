from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from schools.models.partnership import Partnership, Programme
from schools.tenancy import SchoolOwned


class Term(models.TextChoices):
    AUTUMN = "autumn", "Autumn"
    SPRING = "spring", "Spring"
    SUMMER = "summer", "Summer"


class School(models.Model):
    """One school: its identifiers, its programme and its settings."""

    class Phase(models.TextChoices):
        NURSERY = "nursery", "Nursery"
        PRIMARY = "primary", "Primary"
        SECONDARY = "secondary", "Secondary"
        ALL_THROUGH = "all-through", "All-through"
        SPECIAL = "special", "Special"
        ALTERNATIVE = "alternative", "Alternative provision"
        SIXTEEN_PLUS = "16-plus", "16 plus"

    class Kind(models.TextChoices):
        MAINTAINED = "maintained", "Maintained school"
        ACADEMY = "academy", "Academy or free school"
        INDEPENDENT = "independent", "Independent school"
        OTHER = "other", "Other"

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    display_name = models.CharField(max_length=120, blank=True)
    urn = models.CharField(max_length=6, blank=True, validators=[RegexValidator(r"^\d{6}$", "A URN has six digits.")])
    laestab = models.CharField(max_length=7, blank=True, validators=[RegexValidator(r"^\d{7}$", "A LAESTAB has seven digits.")])
    phase = models.CharField(max_length=12, choices=Phase)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.MAINTAINED)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="schools_using_language")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="schools")
    logo = models.FileField(upload_to="logos/", blank=True)
    address = models.TextField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    cycles_a_year = models.PositiveSmallIntegerField(default=3, choices=[(3, "Three"), (6, "Six")])
    one_to_one_every_days = models.PositiveSmallIntegerField(default=7)
    key_workers_set_targets = models.BooleanField(default=False)
    safeguarding_route = models.TextField(blank=True)  # what to do when something said is a worry, in the school's own words
    words_to_avoid = models.CharField(max_length=300, blank=True)  # in targets, beside the list that the product brings along

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["laestab"], condition=~Q(laestab=""), name="laestab_once"),
            models.CheckConstraint(condition=Q(cycles_a_year__in=[3, 6]), name="school_has_three_or_six_cycles"),
            models.CheckConstraint(condition=Q(one_to_one_every_days__range=(1, 90)), name="one_to_one_interval_is_1_to_90_days"),
        ]

    def __str__(self) -> str:
        return self.display_name or self.name

    @property
    def laestab_words(self) -> str:
        """The LAESTAB as people write it: 838/7772."""
        return f"{self.laestab[:3]}/{self.laestab[3:]}" if self.laestab else ""


class CycleDates(SchoolOwned):
    """A review cycle as planned in the settings: always known to the end of the next academic year."""

    academic_year = models.PositiveSmallIntegerField()  # the year in which it starts, on 1 September
    number = models.PositiveSmallIntegerField()
    term = models.CharField(max_length=6, choices=Term)
    opens_on = models.DateField()
    due_on = models.DateField()

    class Meta:
        ordering = ["due_on"]
        constraints = [
            models.UniqueConstraint(fields=["school", "academic_year", "number"], name="cycle_dates_once"),
            models.CheckConstraint(condition=Q(due_on__gt=F("opens_on")), name="cycle_is_due_after_it_opens"),
            models.CheckConstraint(condition=Q(number__range=(1, 6)), name="cycle_number_is_1_to_6"),
        ]

    def __str__(self) -> str:
        return f"{self.get_term_display()} {self.academic_year}/{(self.academic_year + 1) % 100:02d}"

    @property
    def label(self) -> str:
        """The cycle beside others of its year: Autumn, cycle 1."""
        return f"{self.get_term_display()}, cycle {self.number}"
