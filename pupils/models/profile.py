from django.db import models
from django.db.models import Q

from pupils.models.pupil import Pupil
from schools.tenancy import SchoolOwned

HEADINGS = {
    "liked_for": "What people like about me",
    "matters": "What matters to me",
    "support": "How best to support me",
    "dream": "My dream",
}


class ProfileWords(SchoolOwned):
    """What a one-page profile says, and who wrote it: positive, in the pupil's own words where it can be."""

    liked_for = models.TextField(HEADINGS["liked_for"], blank=True)
    matters = models.TextField(HEADINGS["matters"], blank=True)
    support = models.TextField(HEADINGS["support"], blank=True)
    dream = models.TextField(HEADINGS["dream"], blank=True)
    told_on = models.DateField("Told on", null=True, blank=True)
    changed_by = models.ForeignKey("schools.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    FIELDS = (*HEADINGS, "told_on")

    class Meta:
        abstract = True

    def values(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in self.FIELDS}

    def lists(self) -> list[tuple[str, list[str]]]:
        """The parts that say something, with their lines; the dream is no list and stands by itself."""
        return [
            (heading, getattr(self, name).splitlines()) for name, heading in HEADINGS.items() if name != "dream" and getattr(self, name)
        ]


class Profile(ProfileWords):
    """The one-page profile as it is now."""

    pupil = models.OneToOneField(Pupil, on_delete=models.CASCADE, related_name="profile")
    changed_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)


class ProfileEdition(ProfileWords):
    """What a profile said before it was changed; or, set aside, what was typed at the same time and not chosen."""

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="profile_editions")
    version = models.PositiveIntegerField()
    changed_at = models.DateTimeField()
    is_set_aside = models.BooleanField(default=False)

    class Meta:
        ordering = ["-version", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["school", "pupil", "version"], condition=Q(is_set_aside=False), name="profile_edition_once")
        ]
