"""Approved letters as they are printed: the whole cycle, or class by class."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse

from assessments.models import ReviewCycle
from assessments.views.cycles import NO_GROUP
from reports.models import Letter

A_CLASS, CLASS_UNKNOWN = "review__registration_group", "Without a class"


@dataclass(frozen=True)
class Pile:
    """Letters that are printed as one file."""

    name: str
    note: str
    address: str
    letters: int


def piles_of(school: str) -> Iterator[Pile]:
    """What there is to print, the latest cycle first: all of it, then class by class; two queries."""
    approved = Letter.objects.approved().order_by("-review__cycle__due_on", A_CLASS)
    counted = list(approved.values_list("review__cycle", A_CLASS).annotate(Count("pk")))
    cycles = ReviewCycle.objects.in_bulk({row[0] for row in counted})
    for cycle, rows in groupby(counted, key=lambda row: cycles[row[0]]):
        address, classes = reverse("cycle-letters-print", args=[school, cycle]), [(group, number) for _, group, number in rows]
        yield Pile("All classes", cycle.name, address, sum(number for _, number in classes))
        for group, number in classes:
            query = urlencode({"class": group or NO_GROUP})
            yield Pile(group or CLASS_UNKNOWN, cycle.name, f"{address}?{query}", number)
