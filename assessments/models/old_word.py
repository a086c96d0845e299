from django.db import models
from django.db.models import Q

from schools.tenancy import SchoolOwned
from targets.models import Step


class OldWord(SchoolOwned):
    """A word that a school used before for a step, so that its own sheets can be pasted; without a step it means not seen."""

    word = models.CharField(max_length=30)  # in one case, without stray spaces
    step = models.PositiveSmallIntegerField(choices=Step, null=True, blank=True)

    class Meta:
        ordering = ["step", "word"]
        constraints = [
            models.UniqueConstraint(fields=["school", "word"], name="old_word_once"),
            models.CheckConstraint(condition=Q(step=None) | Q(step__range=(0, 4)), name="old_word_is_a_step_or_not_seen"),
        ]
