from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from schools.models import Term
from schools.tenancy import PublishedManager, SchoolOwned, SchoolQuerySet

ALL = "all"  # the slice, or strand, that leaves nobody out
IN_SCHOOL = Q(publication=None)


class Publication(SchoolOwned):
    """The figures of one school and term as they leave the school: frozen when the cycle closes, or nightly before."""

    PUBLISHED: dict = {}

    academic_year = models.PositiveSmallIntegerField()
    term = models.CharField(max_length=6, choices=Term)
    number = models.PositiveSmallIntegerField()  # 1, 2, ... within the term; the highest is the one shown
    published_at = models.DateTimeField(default=timezone.now)
    reviews_completed = models.PositiveIntegerField()
    is_revision = models.BooleanField(default=False)

    objects = PublishedManager.from_queryset(SchoolQuerySet)()

    class Meta:
        ordering = ["-academic_year", "term", "-number"]
        constraints = [models.UniqueConstraint(fields=["school", "academic_year", "term", "number"], name="publication_once")]


class Figures(SchoolOwned):
    """One slice of a school's figures for a cycle, or with no cycle for the whole term; live, or frozen in a publication.

    Slices never leave the school: only rows of everybody can be in a publication, and are read through one.
    """

    PUBLISHED = {"publication__isnull": False, "slice": ALL}

    academic_year = models.PositiveSmallIntegerField()
    term = models.CharField(max_length=6, choices=Term)
    cycle = models.ForeignKey("assessments.ReviewCycle", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, null=True, blank=True, related_name="%(class)s_rows")
    slice = models.CharField(max_length=16, default=ALL)
    value = models.CharField(max_length=16, blank=True)

    objects = PublishedManager.from_queryset(SchoolQuerySet)()

    class Meta:
        abstract = True


class CycleSummary(Figures):
    """What happened to the targets of one slice and strand. Every row counts distinct pupils itself."""

    strand_key = models.CharField(max_length=40, default=ALL)
    pupils = models.PositiveIntegerField(default=0)
    pupils_moved_on = models.PositiveIntegerField(default=0)
    judged = models.PositiveIntegerField(default=0)
    moved_on = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    gone_back = models.PositiveIntegerField(default=0)
    achieved = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)
    not_seen = models.PositiveIntegerField(default=0)
    too_new = models.PositiveIntegerField(default=0)
    since_start_sum = models.IntegerField(default=0)
    since_start_squares = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "school",
                "academic_year",
                "term",
                Coalesce("cycle", 0),
                Coalesce("publication", 0),
                "strand_key",
                "slice",
                "value",
                name="cycle_summary_once",
            ),
            models.CheckConstraint(condition=Q(pupils_moved_on__lte=models.F("pupils")), name="pupils_moved_on_are_pupils"),
            models.CheckConstraint(condition=IN_SCHOOL | Q(slice=ALL), name="published_figures_are_of_everybody"),
        ]


class ReviewSummary(Figures):
    """How far a school is with its reviews, for one slice."""

    due = models.PositiveIntegerField(default=0)
    completed = models.PositiveIntegerField(default=0)
    on_hold = models.PositiveIntegerField(default=0)
    missed = models.PositiveIntegerField(default=0)
    pupil_views = models.PositiveIntegerField(default=0)
    parents_met = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "school",
                "academic_year",
                "term",
                Coalesce("cycle", 0),
                Coalesce("publication", 0),
                "slice",
                "value",
                name="review_summary_once",
            ),
            models.CheckConstraint(condition=IN_SCHOOL | Q(slice=ALL), name="published_work_is_of_everybody"),
        ]
