from django.db import models


class TargetLanguageQuerySet(models.QuerySet["TargetLanguage"]):
    def published_for(self, partnership_id: int) -> "TargetLanguage | None":
        """The newest published language of a partnership."""
        return self.filter(partnership=partnership_id, state=TargetLanguage.State.PUBLISHED).order_by("-version").first()


class TargetLanguage(models.Model):
    """A partnership's set of strands; versions are added, a published one never changes."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"

    partnership = models.ForeignKey("schools.Partnership", on_delete=models.PROTECT, related_name="languages")
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    published_on = models.DateField(null=True, blank=True)

    objects = TargetLanguageQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partnership", "version"], name="language_version_once")]


class StrandQuerySet(models.QuerySet["Strand"]):
    def published_for(self, partnership_id: int) -> "StrandQuerySet":
        """The strands of the newest published language of a partnership, in order."""
        newest = (
            TargetLanguage.objects.filter(partnership=partnership_id, state=TargetLanguage.State.PUBLISHED)
            .order_by("-version")
            .values("pk")[:1]
        )
        return self.filter(language__in=newest).order_by("order")


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
