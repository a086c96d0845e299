"""What completing a review stores for good, and what becomes of its targets."""

from datetime import UTC, datetime, timedelta

import pytest

from assessments.models import Judgement, Review
from assessments.services import refusals
from reports import summaries
from reports.models import ALL, CycleSummary
from schools.models import AuditEvent, CycleDates
from schools.tenancy import in_school
from targets import services as targets
from targets.models import NotSeen, Target, WhyEnded
from targets.services.refusals import NoPlannedCycle
from targets.services.targets import Closing
from tests.assessments.conftest import COMPLETED
from tests.factories.assessments import AUTUMN, SPRING
from tests.factories.targets import TargetFactory

SPRING_OPENED = datetime(2027, 3, 1, 8, tzinfo=UTC)
SPRING_COMPLETED = datetime(2027, 3, 20, 8, tzinfo=UTC)


def judgement_of(review: Review, target: Target) -> Judgement:
    with in_school(review.school):
        return Judgement.objects.get(review=review, target=target)


def now(target: Target) -> Target:
    with in_school(target.school):
        return Target.objects.get(pk=target.pk)


def carried_on(target: Target) -> Target:
    with in_school(target.school):
        return Target.objects.get(carried_on_from=target)


def spring_review(target: Target, open_it) -> Review:
    cycle = open_it(2, at=SPRING_OPENED)
    with in_school(target.school):
        return Review.objects.select_related("pupil", "cycle").get(cycle=cycle)


def test_completing_stores_what_figures_are_made_of(review, target, save, complete):
    save(review, target, step=2)
    done = complete(review)
    kept = judgement_of(review, target)
    assert (done.status, done.completed_at) == (Review.Status.COMPLETED, COMPLETED)
    assert (kept.start, kept.aim, kept.previous, kept.previous_term) == (1, 3, 1, 1)
    assert (kept.strand_key, kept.counts, kept.first_achieved) == ("communicating", True, False)


def test_a_review_with_an_unjudged_due_target_is_refused(review, target, save, complete):
    with pytest.raises(refusals.TargetsLeft):
        complete(review)
    with in_school(review.school):
        assert Review.objects.get(pk=review.pk).status == Review.Status.NOT_STARTED


@pytest.mark.parametrize(
    "draft",
    [
        {"step": 4, "next": "next_step"},
        {"step": 2, "next": "change", "reason": "too_big"},
        {"step": 2, "next": "change", "next_wording": "I raise my hand"},
        {"step": 2, "next": "next_step", "next_aim": 1},
        {"step": 2, "next": "close"},
        {"step": "x", "next": "close"},
    ],
)
def test_a_next_action_that_cannot_be_done_is_left_to_do(review, target, save, complete, draft):
    save(review, target, **draft)
    with pytest.raises(refusals.TargetsLeft):
        complete(review)


def test_a_target_too_new_to_count_need_not_be_judged_and_is_stored_as_such(review, target, save, complete):
    new = TargetFactory(pupil=review.pupil, slot=2, set_on=AUTUMN[0], counts_from=AUTUMN[0], review_on=SPRING[1])
    save(review, target, step=2)
    complete(review)
    assert (judgement_of(review, new).counts, judgement_of(review, new).is_decided) == (False, False)
    assert now(new).review_on == SPRING[1]


@pytest.mark.parametrize(
    ("cycles_a_year", "days", "counts"), [(6, 20, True), (6, 14, True), (6, 13, False), (3, 20, False), (3, 28, True), (3, 27, False)]
)
def test_whether_a_target_counts_is_stored_by_the_schools_own_wait_on_the_due_date(
    school, pupil, target, open_it, save, complete, cycles_a_year, days, counts
):
    """It is completed two weeks before the due date, on which 28 days, or 14 with six cycles a year, are counted."""
    school.cycles_a_year = cycles_a_year
    school.save(update_fields=["cycles_a_year"])
    since = AUTUMN[1] - timedelta(days=days)
    other = TargetFactory(pupil=pupil, slot=2, set_on=since, counts_from=since)
    cycle = open_it()
    with in_school(school):
        review = Review.objects.select_related("pupil", "cycle").get(cycle=cycle)
    save(review, target, step=2)
    save(review, other, step=2)
    complete(review, at=COMPLETED - timedelta(days=7))
    assert judgement_of(review, other).counts is counts


def test_completing_twice_is_refused_and_changes_nothing(review, target, save, complete):
    save(review, target, step=2)
    first = complete(review)
    with pytest.raises(refusals.ReviewAlreadyCompleted):
        complete(review)
    with in_school(review.school):
        assert Review.objects.get(pk=review.pk).version == first.version
        assert AuditEvent.objects.filter(action="review.completed").count() == 1


def test_completing_what_somebody_changed_since_is_refused(review, target, save, complete):
    save(review, target, step=2)
    seen = review.version + 1
    save(review, target, step=1)
    with pytest.raises(refusals.ReviewChangedMeanwhile):
        complete(review, version=seen)


def test_a_missed_review_cannot_be_completed(review, target, save, complete, open_it):
    save(review, target, step=2)
    open_it(2, at=SPRING_OPENED)
    with pytest.raises(refusals.ReviewWasMissed):
        complete(review)


def test_keep_moves_only_the_review_date(review, target, save, complete):
    save(review, target, step=2, next="keep")
    complete(review)
    kept = now(target)
    assert (kept.status, kept.review_on, kept.counts_from, kept.start, kept.aim) == ("active", SPRING[1], target.counts_from, 1, 3)


def test_next_step_carries_on_from_the_step_seen(review, target, save, complete):
    save(review, target, step=3, next="next_step")
    complete(review)
    new = carried_on(target)
    assert (now(target).status, now(target).slot) == (Target.Status.ACHIEVED, None)
    assert (new.start, new.aim, new.slot, new.wording) == (3, 4, target.slot, target.wording)
    assert (new.counts_from, new.review_on) == (AUTUMN[1], SPRING[1])


def test_a_change_below_the_aim_leaves_the_old_row_changed_with_its_reason(review, target, save, complete):
    save(review, target, step="x", next="change", next_wording="I raise my hand", next_aim=2, reason=WhyEnded.TOO_BIG)
    complete(review)
    new = carried_on(target)
    assert (now(target).status, now(target).closing_reason) == (Target.Status.CHANGED, "too_big")
    assert (new.wording, new.start, new.aim) == ("I raise my hand", 1, 2)


@pytest.mark.parametrize(("step", "reason", "status"), [(3, "", "achieved"), (2, "too_big", "stopped"), (4, "mistake", "stopped")])
def test_close_ends_a_target_achieved_or_stopped(review, target, save, complete, step, reason, status):
    save(review, target, step=step, next="close", reason=reason)
    complete(review)
    assert (now(target).status, now(target).slot) == (status, None)


def test_without_a_later_planned_cycle_nothing_is_completed(review, target, save, complete):
    save(review, target, step=2)
    with in_school(review.school):
        CycleDates.objects.filter(due_on__gt=AUTUMN[1]).delete()
    with pytest.raises(NoPlannedCycle):
        complete(review)
    with in_school(review.school):
        assert Review.objects.get(pk=review.pk).status == Review.Status.READY


def test_a_closing_outside_the_review_is_taken_over_as_its_judgement(review, target, save, complete, senco):
    with in_school(review.school):
        targets.close_target(target=target, closing=Closing(step=2, reason=WhyEnded.OTHER), by=senco)
    complete(review)
    taken = judgement_of(review, target)
    assert (taken.step, taken.next, taken.reason, taken.counts) == (2, "close", "other", True)


@pytest.mark.parametrize(
    ("closing", "movement"),
    [
        (Closing(step=0, reason=WhyEnded.OTHER), "gone_back"),
        (Closing(step=1, reason=WhyEnded.OTHER), "same"),
        (Closing(step=2, reason=WhyEnded.OTHER), "moved_on"),
        (Closing(not_seen=NotSeen.ABSENT, reason=WhyEnded.OTHER), None),
    ],
)
def test_closing_early_cannot_lift_a_figure(review, target, complete, senco, closing, movement):
    """The target started at 1: the figures hold the step at which it was closed, also below the start, and not seen as not seen."""
    with in_school(review.school):
        targets.close_target(target=target, closing=closing, by=senco)
    complete(review)
    taken = judgement_of(review, target)
    assert (taken.step, taken.not_seen, taken.start, taken.previous, taken.counts) == (closing.step, closing.not_seen, 1, 1, True)
    with in_school(review.school):
        summaries.rebuild(review.cycle)
        row = CycleSummary.objects.get(cycle=review.cycle, slice=ALL, strand_key=ALL)
    ways = {"moved_on": row.moved_on, "same": row.same, "gone_back": row.gone_back, None: row.not_seen}
    assert ways == dict.fromkeys(ways, 0) | {movement: 1}


def test_a_closing_that_a_draft_has_met_is_taken_over_all_the_same(review, target, save, complete, senco):
    with in_school(review.school):
        targets.close_target(target=target, closing=Closing(step=3), by=senco)
    save(review, target, note="Seen on Friday")
    complete(review)
    assert (judgement_of(review, target).counts, judgement_of(review, target).strand_key) == (True, "communicating")


def test_a_closing_is_taken_over_once(review, target, save, complete, senco, open_it):
    TargetFactory(pupil=review.pupil, slot=2)
    save(review)
    with in_school(review.school):
        targets.close_target(target=target, closing=Closing(step=3), by=senco)
        second = Target.objects.get(slot=2)
    save(review, second, step=2)
    complete(review)
    spring = spring_review(target, open_it)
    save(spring, second, step=2)
    complete(spring, at=SPRING_COMPLETED)
    with in_school(review.school):
        assert Judgement.objects.filter(target=target).count() == 1


def test_the_next_review_measures_against_the_last_seen_step_of_the_lineage(review, target, save, complete, open_it):
    save(review, target, step=3, next="next_step")
    complete(review)
    new, spring = carried_on(target), spring_review(target, open_it)
    save(spring, new, step=4)
    complete(spring, at=SPRING_COMPLETED)
    kept = judgement_of(spring, new)
    assert (kept.start, kept.previous, kept.previous_term, kept.first_achieved) == (3, 3, 3, True)


def test_an_unseen_judgement_does_not_become_the_previous_one(review, target, save, complete, open_it):
    save(review, target, step="x")
    complete(review)
    spring = spring_review(target, open_it)
    save(spring, target, step=2)
    complete(spring, at=SPRING_COMPLETED)
    assert judgement_of(spring, target).previous == 1


def test_an_aim_is_achieved_for_the_first_time_once(review, target, save, complete, open_it):
    save(review, target, step=3, next="keep")
    complete(review)
    spring = spring_review(target, open_it)
    save(spring, target, step=4, next="close")
    complete(spring, at=SPRING_COMPLETED)
    assert judgement_of(review, target).first_achieved
    assert not judgement_of(spring, target).first_achieved


def test_facts_are_refreshed_until_completion_and_stay_then(review, target, save, complete):
    with in_school(review.school):
        type(review.pupil).objects.filter(pk=review.pupil_id).update(registration_group="7C")
        review = Review.objects.select_related("pupil", "cycle").get(pk=review.pk)
    save(review, target, step=2)
    complete(review)
    with in_school(review.school):
        type(review.pupil).objects.filter(pk=review.pupil_id).update(registration_group="8A")
        assert Review.objects.get(pk=review.pk).registration_group == "7C"
