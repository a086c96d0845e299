"""Completing a class at once, against the bare statements of that many completions in one transaction."""

from collections import Counter
from collections.abc import Iterator

from django.db import connection
from django.utils import timezone

from assessments.models import Judgement, Review
from bench.saves import GOAL, INSERT
from bench.seeding import Ground
from bench.stopwatch import Case
from reports.models import Job
from reports.services.finishing import finish_some
from schools.tenancy import in_school
from targets.models import Target

NOT_YET = {"start": None, "aim": None, "previous": None, "previous_term": None, "counts": False, "first_achieved": False, "strand_key": ""}
COMPLETE = """
    UPDATE assessments_review SET status = 'completed', version = version + 1, completed_by_id = %s, completed_at = %s WHERE id = %s
"""
SETTLE = """
    UPDATE assessments_judgement SET start = 0, aim = 4, previous = 1, previous_term = 1, counts = true, first_achieved = false
    WHERE id = %s
"""
MOVE = "UPDATE targets_target SET review_on = review_on + 90 WHERE id = %s"
ASK = """
    INSERT INTO reports_job (key, kind, school_id, row_id, asked_by_id, state, done, total, attempts, error, created_at)
    VALUES (%s, %s, %s, %s, %s, 'waiting', 0, 0, 0, '', now())
"""


class Class:
    """A class whose reviews are all ready to be completed, and are again after each turn."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        with in_school(ground.school):
            unfinished = list(Review.objects.filter(completed_at=None).select_related("cycle").order_by("pk"))
            sizes = Counter(review.registration_group for review in unfinished)
            group = max(sorted(sizes, reverse=True), key=sizes.__getitem__)  # not the first class, of which the other cases save rows
            self.reviews = [review for review in unfinished if review.registration_group == group]
            self.cycle = self.reviews[0].cycle
            self.targets = list(Target.objects.filter(pupil__in=[review.pupil_id for review in self.reviews]))
            by_pupil = {review.pupil_id: review for review in self.reviews}
            Judgement.objects.bulk_create(
                Judgement(review=by_pupil[target.pupil_id], target=target, step=1, next=Judgement.Next.KEEP) for target in self.targets
            )
            self.judgements = list(Judgement.objects.filter(review__in=self.reviews).values_list("pk", flat=True))
        self.make_ready()

    def make_ready(self) -> None:
        with in_school(self.ground.school):
            reviews = Review.objects.filter(pk__in=[review.pk for review in self.reviews])
            reviews.update(status=Review.Status.READY, completed_at=None, completed_by=None)
            Judgement.objects.filter(pk__in=self.judgements).update(**NOT_YET)
            Target.objects.filter(pk__in=[target.pk for target in self.targets]).update(review_on=self.cycle.due_on)
            Job.objects.all().delete()
            self.seen = dict(reviews.values_list("pk", "version"))

    def complete(self) -> None:
        with in_school(self.ground.school):
            outcome = finish_some(cycle=self.cycle, seen=self.seen, by=self.ground.senco)
        if outcome.refused:
            raise RuntimeError(f"{len(outcome.refused)} reviews are refused: {outcome.refused[0][1]}")

    def bare(self) -> None:
        school, by, now = self.ground.school.pk, self.ground.senco.pk, timezone.now()
        with in_school(school), connection.cursor() as cursor:
            for review in self.reviews:
                cursor.execute(COMPLETE, [by, now, review.pk])
                cursor.execute(INSERT, [school, by, review.pk])
                for kind in (Job.Kind.SUMMARY, Job.Kind.LETTERS):
                    cursor.execute(ASK, [f"{kind}:{review.pk}", kind, school, review.pk, by])
            for judgement in self.judgements:
                cursor.execute(SETTLE, [judgement])
            for target in self.targets:
                cursor.execute(MOVE, [target.pk])


def cases(ground: Ground) -> Iterator[Case]:
    a_class = Class(ground)
    remark = f"{len(a_class.reviews)} reviews, {len(a_class.targets)} targets"
    yield Case("complete: a class at once", GOAL, a_class.complete, a_class.bare, a_class.make_ready, remark)
