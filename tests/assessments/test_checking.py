"""What the check page shows: what is left to do must be nothing, the rest is worth a thought."""

from datetime import date

import pytest

from assessments.models import Judgement, Review
from assessments.services.checking import Check, check_of
from pupils.models import Pupil
from schools.models import Term
from schools.tenancy import in_school
from targets.models import Target
from tests.assessments.conftest import COMPLETED
from tests.factories.assessments import JudgementFactory, ReviewCycleFactory, ReviewFactory
from tests.factories.targets import TargetFactory

TODAY = date(2026, 12, 1)
STORED = {"start": 1, "aim": 3, "previous": 1, "previous_term": 1, "counts": True}


@pytest.fixture
def check(review):
    def look() -> Check:
        with in_school(review.school):
            return check_of(Review.objects.select_related("cycle", "pupil").order_by("pk").filter(cycle=review.cycle), TODAY)

    return look


@pytest.fixture
def judged_before(review, target):
    """A completed review of an earlier term for each step, the oldest first; None is not seen."""

    def judge(*steps: int | None, of: Target = target) -> None:
        for back, step in enumerate(reversed(steps), start=1):
            cycle = ReviewCycleFactory(
                school=review.school,
                academic_year=2026 - back,
                term=Term.SPRING,
                due_on=date(2026 - back, 3, 1),
                opens_on=date(2026 - back, 2, 1),
            )
            past = ReviewFactory(pupil=review.pupil, cycle=cycle, status="completed", completed_at=COMPLETED.replace(year=2026 - back))
            seen = {"step": step} if step is not None else {"step": None, "not_seen": "absent"}
            JudgementFactory(review=past, target=of, **seen, **STORED)

    return judge


def targets_in(items) -> list[Target]:
    return [item.line.target for item in items]


def test_a_due_target_without_a_step_is_left_to_do(check, review, target):
    found = check()
    assert [(item.review, item.line.target, item.words) for item in found.left] == [
        (review, target, "Choose a step, or “Not seen” with the reason.")
    ]
    assert (found.ready, found.reviews_left) == ([], 1)


def test_a_review_with_nothing_left_is_ready(check, review, target, save):
    save(review, target, step=2)
    assert (check().ready, check().left) == ([review], [])


@pytest.mark.parametrize("status", ["waiting", "on_hold"])
def test_a_paused_review_is_neither_ready_nor_left_to_do(check, review, target, save, senco, status):
    save(review, target, step=2)
    with in_school(review.school):
        Review.objects.filter(pk=review.pk).update(status=status, paused_because="parents")
    found = check()
    assert (found.ready, found.left, found.paused) == ([], [], [review])


def test_the_review_of_a_pupil_who_left_is_not_ready(check, review, target, save):
    save(review, target, step=2)
    with in_school(review.school):
        Pupil.objects.filter(pk=review.pupil_id).update(left_on=date(2026, 11, 20))
    assert (check().ready, check().has_left) == ([], [review])


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ((), 4, ["done_it"]),
        ((2,), 1, ["gone_back"]),
        ((), 0, ["gone_back"]),
        ((2,), 2, ["no_change"]),
        ((2, None), 2, ["no_change"]),
        ((4,), 4, ["done_it"]),
        ((), 1, []),
        ((1,), 2, []),
        ((2,), "x", []),
    ],
)
def test_a_target_stands_where_its_step_stands_against_the_last_one(check, review, target, save, judged_before, before, now, expected):
    judged_before(*before)
    save(review, target, step=now, reason="other")
    found = check()
    assert [name for name in ("done_it", "gone_back", "no_change") if targets_in(getattr(found, name)) == [target]] == expected


@pytest.mark.parametrize(("cycles", "expected"), [(1, False), (2, True), (3, True)])
def test_the_same_words_for_more_than_two_cycles_are_pointed_out(check, review, target, judged_before, cycles, expected):
    judged_before(*[2] * cycles)
    assert (targets_in(check().same_words) == [target]) is expected


def test_words_that_were_carried_on_unchanged_are_the_same_and_changed_ones_begin_anew(check, review, target, judged_before):
    with in_school(review.school):
        Target.objects.filter(pk=target.pk).update(wording="I ask for help")
    old = TargetFactory(pupil=review.pupil, status="achieved", slot=None, wording="I ask for help", set_on=date(2024, 1, 8))
    judged_before(2, 2, of=old)
    with in_school(review.school):
        Target.objects.filter(pk=target.pk).update(carried_on_from=old)
        assert Judgement.objects.count() == 2
    assert targets_in(check().same_words) == [target]
    with in_school(review.school):
        Target.objects.filter(pk=old.pk).update(wording="I put my hand up")
    assert check().same_words == []
