from django.db import models
from django.db.models import Q

from schools.tenancy import SchoolManager, SchoolOwned, SchoolQuerySet


class StrategyQuerySet(SchoolQuerySet["Strategy"]):
    def offered(self) -> "StrategyQuerySet":
        """Those in use, in the school's order."""
        return self.filter(is_active=True).order_by("order", "pk")


class Strategy(SchoolOwned):
    """Something that can help a pupil. A school orders its list and switches off what it does not use; nothing is deleted.

    `key` is the same in every school that got it from the starter list; a strategy of the school's own has none.
    """

    key = models.SlugField(max_length=40, blank=True)
    name = models.CharField(max_length=60)
    order = models.PositiveSmallIntegerField()
    is_active = models.BooleanField(default=True)

    objects = SchoolManager.from_queryset(StrategyQuerySet)()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["school", "key"], condition=~Q(key=""), name="starter_strategy_once"),
            models.UniqueConstraint(fields=["school", "name"], name="strategy_name_once"),
        ]

    def __str__(self) -> str:
        return self.name
