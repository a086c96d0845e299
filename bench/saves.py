"""Saving what was judged, against the bare UPDATE and audit INSERT in one transaction."""

from collections.abc import Iterator
from itertools import cycle

from django.db import connection
from django.urls import reverse

from assessments import drafts
from assessments.drafts import Values
from assessments.forms.reviews import ReviewForm
from assessments.models import Judgement, Review
from assessments.services import Line, lines_of, save_review
from assessments.services.drafting import values_of
from assessments.services.rows import save_row
from bench.pages import PageFailed, signed_in
from bench.seeding import Ground
from bench.stopwatch import Case
from schools.tenancy import in_school

GOAL = 4
UPDATE = "UPDATE assessments_judgement SET step = %s, version = version + 1 WHERE id = %s"
INSERT = """
    INSERT INTO schools_auditevent (school_id, by_id, action, "table", row_id, at)
    VALUES (%s, %s, 'review.saved', 'assessments.review', %s, now())
"""


class Draft:
    """One open review of which a step changes at each turn; what a person would type is made ready outside the clock."""

    def __init__(self, ground: Ground) -> None:
        self.ground, self.client, self.steps = ground, signed_in(ground), cycle((1, 2))
        with in_school(ground.school):
            self.review = Review.objects.filter(completed_at=None).select_related("cycle", "pupil").order_by("pk")[0]
        self.address = reverse("review-judge", args=[ground.school.slug, self.review.cycle, self.review.pupil.public_id])
        self.make_ready()
        self.save()
        with in_school(ground.school):
            self.judgement = Judgement.objects.filter(review=self.review).order_by("pk")[0]
        self.make_ready()

    def make_ready(self) -> None:
        with in_school(self.ground.school):
            lines = lines_of(self.review)
            self.base = values_of(self.review, lines)
            self.target = lines[0].target.pk
            self.mine = self.base | {f"t{self.target}-step": next(self.steps)}
            self.typed = self._typed(lines, self.mine)

    def _typed(self, lines: list[Line], mine: Values) -> dict[str, object]:
        form = ReviewForm(None, lines=lines, values=self.base)
        return {field.html_name: "" if mine[field.html_name] is None else mine[field.html_name] for field in form} | {"opened": form.opened}

    def save(self) -> None:
        with in_school(self.ground.school):
            save_review(review=self.review, base=self.base, mine=self.mine, by=self.ground.senco)

    def save_one(self) -> None:
        with in_school(self.ground.school):
            save_row(
                review=self.review,
                target_id=self.target,
                base=drafts.of_target(self.target, self.base),
                mine=drafts.of_target(self.target, self.mine),
                by=self.ground.senco,
            )

    def post(self) -> None:
        if (status := self.client.post(self.address, self.typed).status_code) != 302:
            raise PageFailed(f"{self.address} answers {status}")

    def bare(self) -> None:
        with in_school(self.ground.school), connection.cursor() as cursor:
            cursor.execute(UPDATE, [next(self.steps), self.judgement.pk])
            cursor.execute(INSERT, [self.ground.school.pk, self.ground.senco.pk, self.review.pk])


def cases(ground: Ground) -> Iterator[Case]:
    draft = Draft(ground)
    yield Case("save: one row, as a service", GOAL, draft.save_one, draft.bare, draft.make_ready)
    yield Case("save: a whole review, as a service", GOAL, draft.save, draft.bare, draft.make_ready)
    yield Case("save: a whole review, posted", GOAL, draft.post, draft.bare, draft.make_ready)
