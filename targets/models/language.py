from django.db import models
from django.db.models import Q

from targets.models.ladder import Step


class TargetLanguageQuerySet(models.QuerySet["TargetLanguage"]):
    def published_for(self, partnership_id: int) -> "TargetLanguage | None":
        """The newest published language of a partnership."""
        return self.filter(partnership=partnership_id, state=TargetLanguage.State.PUBLISHED).order_by("-version").first()

    def draft_for(self, partnership_id: int) -> "TargetLanguage | None":
        """The one version of a partnership that can still be changed."""
        return self.filter(partnership=partnership_id, state=TargetLanguage.State.DRAFT).first()

    def newest_version(self, partnership_id: int) -> int:
        """The number of the newest version, draft or published; 0 before the first."""
        newest = self.filter(partnership=partnership_id).aggregate(models.Max("version"))["version__max"]
        return newest or 0


class TargetLanguage(models.Model):
    """A partnership's strands, skills and descriptors; versions are added, a published one never changes."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"

    partnership = models.ForeignKey("schools.Partnership", on_delete=models.PROTECT, related_name="languages")
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    published_on = models.DateField(null=True, blank=True)

    objects = TargetLanguageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "version"], name="language_version_once"),
            models.UniqueConstraint(fields=["partnership"], condition=Q(state="draft"), name="one_draft_of_a_language"),
        ]


class StrandQuerySet(models.QuerySet["Strand"]):
    def published_for(self, partnership_id: int) -> "StrandQuerySet":
        """The strands of the newest published language of a partnership, in order."""
        newest = (
            TargetLanguage.objects.filter(partnership=partnership_id, state=TargetLanguage.State.PUBLISHED)
            .order_by("-version")
            .values("pk")[:1]
        )
        return self.filter(language__in=newest).order_by("order")

    def with_descriptors(self) -> "StrandQuerySet":
        """Each strand with its skills, and each skill with its descriptors: two more queries, however many there are."""
        return self.prefetch_related("skills__descriptors")


class Strand(models.Model):
    """An area of growth. `key` is the same in every version: figures compare by key."""

    language = models.ForeignKey(TargetLanguage, on_delete=models.PROTECT, related_name="strands")
    key = models.SlugField(max_length=40)
    name = models.CharField(max_length=60)
    order = models.PositiveSmallIntegerField()

    objects = StrandQuerySet.as_manager()

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["language", "key"], name="strand_key_once")]

    def __str__(self) -> str:
        return self.name


class SkillQuerySet(models.QuerySet["Skill"]):
    def names_for(self, partnership_id: int) -> dict[str, str]:
        """What each skill is called in the newest published language of a partnership, by key; one query."""
        return dict(self.filter(strand__in=Strand.objects.published_for(partnership_id).values("pk")).order_by().values_list("key", "name"))


class Skill(models.Model):
    """One thing within a strand that can be learned. `key` is the same in every version and stands once in a language."""

    strand = models.ForeignKey(Strand, on_delete=models.PROTECT, related_name="skills")
    key = models.SlugField(max_length=40)
    name = models.CharField(max_length=60)
    order = models.PositiveSmallIntegerField()

    objects = SkillQuerySet.as_manager()

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["strand", "key"], name="skill_key_once")]

    def __str__(self) -> str:
        return self.name


class Descriptor(models.Model):
    """What a skill looks like at one step: in staff words, and in pupil words for three ages."""

    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="descriptors")
    step = models.PositiveSmallIntegerField(choices=Step)
    staff = models.CharField(max_length=200)
    early = models.CharField(max_length=80)
    primary = models.CharField(max_length=120)
    secondary = models.CharField(max_length=160)

    class Meta:
        ordering = ["step"]
        constraints = [
            models.UniqueConstraint(fields=["skill", "step"], name="descriptor_once_a_step"),
            models.CheckConstraint(condition=Q(step__range=(0, 4)), name="descriptor_step_is_0_to_4"),
        ]
