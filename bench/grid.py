"""The grid: a class of thirty as a page, and one row as its script saves it."""

import json
from collections.abc import Iterator
from itertools import cycle
from urllib.parse import urlencode

from django.urls import reverse

from assessments.models import Review
from assessments.services import lines_of
from bench.pages import OF_MANY, PageFailed, opening, signed_in, weight
from bench.saves import GOAL, Draft
from bench.seeding import Ground
from bench.stopwatch import Case
from schools.tenancy import in_school


class Row:
    """One row of an open review of which the step changes at each turn, sent as the page's script sends it."""

    def __init__(self, ground: Ground) -> None:
        self.client, self.steps, self.base = signed_in(ground), cycle(("1", "2")), {"step": ""}
        with in_school(ground.school):
            self.review = Review.objects.filter(completed_at=None).select_related("cycle", "pupil").order_by("pk")[1]
            target = lines_of(self.review)[0].target
        self.address = reverse("review-row", args=[ground.school.slug, self.review.cycle, target.public_id])
        self.make_ready()

    def make_ready(self) -> None:
        self.body = json.dumps({"base": self.base, "values": {"step": next(self.steps)}, "unchosen": {}})

    def save(self) -> None:
        reply = self.client.patch(self.address, self.body, content_type="application/json", headers={"Accept": "application/json"})
        if reply.status_code != 200:
            raise PageFailed(f"{self.address} answers {reply.status_code}")
        self.base = {"step": reply.json()["values"]["step"]}


def cases(ground: Ground) -> Iterator[Case]:
    client, row = signed_in(ground), Row(ground)
    where = urlencode({"group": row.review.registration_group})
    grid = f"{reverse('review-grid', args=[ground.school.slug, row.review.cycle])}?{where}"
    yield Case(
        "page: grid of a class of 30", OF_MANY, opening(client, grid), opening(client, reverse("nothing")), remark=weight(client, grid)
    )
    row.save()
    row.make_ready()
    yield Case("save: one row, as the grid sends it", GOAL, row.save, Draft(ground).bare, row.make_ready)
