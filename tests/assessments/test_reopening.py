"""A completed review is opened again for a reason: what completing created stays, unless nobody has built upon it."""

from datetime import UTC, date, datetime

import pytest

from assessments import services
from assessments.models import Judgement, Review
from assessments.services import refusals
from pupils.models import Pupil
from schools.models import AuditEvent
from schools.tenancy import in_school
from targets import services as targets
from targets.models import Target, WhyEnded
from targets.services.refusals import NoFreeSlot
from targets.services.targets import Closing
from tests.assessments.conftest import COMPLETED
from tests.assessments.test_completing import SPRING_OPENED, carried_on, judgement_of, now
from tests.factories.assessments import SPRING
from tests.factories.targets import OneToOneFactory, TargetFactory

REOPENED = datetime(2026, 12, 7, 8, tzinfo=UTC)
AGAIN = datetime(2026, 12, 8, 8, tzinfo=UTC)
STORED = ("start", "aim", "previous", "previous_term", "skill_key", "strand_key", "counts")


@pytest.fixture
def reopen(senco):
    def open_again(review: Review, because: str = "The step was typed wrongly") -> Review:
        with in_school(review.school):
            services.reopen_review(review=review, because=because, by=senco, at=REOPENED)
            return Review.objects.select_related("cycle", "pupil").get(pk=review.pk)

    return open_again


@pytest.fixture
def decide(review, target, save, complete, reopen):
    """Complete the review with one decision, open it again, and complete it with another one."""

    def first_and_then(first: dict, then: dict, between=lambda: None) -> Review:
        save(review, target, **first)
        complete(review)
        between()
        reopen(review)
        save(review, target, **{"next_wording": "", "reason": "", "next_aim": None} | then)
        return complete(review, at=AGAIN)

    return first_and_then


def test_reopening_keeps_what_completing_created(review, target, save, complete, reopen):
    save(review, target, step=3, next="next_step")
    complete(review)
    opened = reopen(review)
    assert (opened.status, opened.is_open_again, opened.reopened_because) == ("ready", True, "The step was typed wrongly")
    assert opened.completed_at == COMPLETED
    assert (now(target).status, carried_on(target).status) == ("achieved", "active")
    with in_school(review.school):
        assert AuditEvent.objects.filter(action="review.reopened").count() == 1


def test_an_open_again_review_looks_at_what_it_judged_and_not_at_what_it_created(review, target, save, complete, reopen):
    save(review, target, step=3, next="next_step")
    complete(review)
    opened = reopen(review)
    with in_school(review.school):
        [line] = services.lines_of(opened)
    assert (line.target, line.judgement.step, line.carried_on, line.stays) == (target, 3, carried_on(target), False)


def test_what_was_stored_at_first_completion_stays(decide, review, target):
    first: list[Judgement] = []
    decide({"step": 2}, {"step": 4, "next": "close"}, lambda: first.append(judgement_of(review, target)))
    again = judgement_of(review, target)
    assert [getattr(again, name) for name in STORED] == [getattr(first[0], name) for name in STORED]
    assert (first[0].step, again.step) == (2, 4)


def test_the_facts_of_the_day_of_the_first_completion_stay(decide, review):
    def a_new_school_year() -> None:
        with in_school(review.school):
            Pupil.objects.filter(pk=review.pupil_id).update(nc_year="8", registration_group="8B", enrolment="G")

    facts = ("nc_year", "registration_group", "enrolment")
    before = [getattr(review, name) for name in facts]
    done = decide({"step": 2}, {"step": 3}, a_new_school_year)
    assert [getattr(done, name) for name in facts] == before


def test_until_then_they_are_those_of_the_day_of_completing(review, target, save, complete):
    save(review, target, step=2)
    with in_school(review.school):
        Pupil.objects.filter(pk=review.pupil_id).update(registration_group="7Z")
    assert complete(review).registration_group == "7Z"


@pytest.mark.parametrize(("first", "then", "expected"), [(2, 3, True), (3, 2, False), (3, 4, True)])
def test_whether_the_aim_is_reached_goes_with_the_step(decide, review, target, first, then, expected):
    decide({"step": first, "next": "keep"}, {"step": then, "next": "keep"})
    assert judgement_of(review, target).first_achieved is expected


def test_a_carried_on_target_without_observations_follows_the_new_judgement(decide, target):
    decide({"step": 3, "next": "next_step"}, {"step": 2, "next": "change", "next_wording": "I raise my hand", "reason": "too_big"})
    child = carried_on(target)
    assert (child.start, child.aim, child.wording, child.status) == (2, 3, "I raise my hand", "active")
    assert (now(target).status, now(target).closing_reason) == ("changed", "too_big")


def test_a_carried_on_target_with_observations_stays_and_is_shown(decide, review, target, reopen):
    def talk() -> None:
        OneToOneFactory(pupil=review.pupil, steps={carried_on(target): 3})

    done = decide({"step": 3, "next": "next_step"}, {"step": 2, "next": "keep"}, talk)
    child = carried_on(target)
    assert (child.start, child.aim, child.status) == (3, 4, "active")
    assert now(target).status == "achieved"
    opened = reopen(done)
    with in_school(review.school):
        [line] = services.lines_of(opened)
    assert (line.carried_on, line.stays) == (child, True)


def test_an_observation_taken_back_holds_nothing(decide, review, target, senco):
    def talk_and_undo() -> None:
        row = OneToOneFactory(pupil=review.pupil, key_worker=senco, steps={carried_on(target): 3})
        with in_school(review.school):
            row.__class__.objects.filter(pk=row.pk).update(voided_at=REOPENED, voided_by=senco, voided_because="undone")

    decide({"step": 3, "next": "next_step"}, {"step": 2, "next": "next_step"}, talk_and_undo)
    assert carried_on(target).start == 2


@pytest.mark.parametrize("first", [{"step": 3, "next": "next_step"}, {"step": 3, "next": "close"}])
def test_keep_takes_up_again_what_the_first_completion_had_ended(decide, target, first):
    decide(first, {"step": 2, "next": "keep"})
    kept = now(target)
    assert (kept.status, kept.slot, kept.closed_on, kept.review_on) == ("active", 1, None, SPRING[1])
    with in_school(target.school):
        others = Target.objects.exclude(pk=target.pk).values_list("status", "closing_reason", "slot")
        assert [*others] in ([], [("stopped", WhyEnded.MISTAKE, None)])


@pytest.mark.parametrize("first", [{"step": 3, "next": "next_step"}, {"step": 2, "next": "close", "reason": "other"}, {"step": 2}])
def test_close_ends_it_whatever_it_was_before(decide, target, first):
    decide(first, {"step": 2, "next": "close", "reason": "too_big"})
    assert (now(target).status, now(target).closing_reason, now(target).slot) == ("stopped", "too_big", None)
    with in_school(target.school):
        assert not Target.objects.active().exists()


@pytest.mark.parametrize("first", [{"step": 2, "next": "close", "reason": "other"}, {"step": 2}])
def test_next_step_carries_on_what_was_not_carried_on_before(decide, target, first):
    decide(first, {"step": 3, "next": "next_step"})
    child = carried_on(target)
    assert (child.start, child.aim, child.status, child.slot) == (3, 4, "active", 1)
    assert now(target).status == "achieved"


def test_completing_again_without_a_change_changes_no_target(decide, target):
    before: list[Target] = []
    same = {"step": 3, "next": "next_step"}
    decide(same, same, lambda: before.extend([now(target), carried_on(target)]))
    for old, new in zip(before, [now(target), carried_on(target)], strict=True):
        assert {name: value for name, value in vars(old).items() if name != "_state"} == {
            name: value for name, value in vars(new).items() if name != "_state"
        }


def test_a_target_closed_since_stays_closed_and_its_closing_is_for_the_next_review(decide, review, target, senco):
    def close() -> None:
        with in_school(review.school):
            targets.close_target(target=target, closing=Closing(step=4), by=senco)

    decide({"step": 2, "next": "keep"}, {"step": 1, "next": "keep"}, close)
    assert (now(target).status, now(target).closing_step) == ("achieved", 4)
    assert judgement_of(review, target).step == 1


def test_a_closing_that_was_taken_over_stays_the_judgement(review, target, save, complete, reopen, senco):
    with in_school(review.school):
        targets.close_target(target=target, closing=Closing(step=3), by=senco)
    complete(review)
    reopen(review)
    save(review, target, step=1, note="Seen on Friday")
    complete(review, at=AGAIN)
    assert (judgement_of(review, target).step, judgement_of(review, target).note) == (3, "Seen on Friday")


def test_without_a_free_slot_nothing_is_taken_up_again_and_nothing_is_completed(decide, review, target):
    def fill() -> None:
        for slot in range(1, 6):
            TargetFactory(pupil=review.pupil, slot=slot, set_on=date(2026, 12, 5), review_on=SPRING[1])

    with pytest.raises(NoFreeSlot):
        decide({"step": 3, "next": "close"}, {"step": 2, "next": "keep"}, fill)
    with in_school(review.school):
        assert Review.objects.get(pk=review.pk).status == "ready"


def test_a_review_without_a_reason_is_not_opened_again(review, target, save, complete, reopen):
    save(review, target, step=2)
    complete(review)
    with pytest.raises(refusals.ReopeningNeedsAReason):
        reopen(review, " ")


def test_only_a_completed_review_is_opened_again_and_only_once(review, target, save, complete, reopen):
    with pytest.raises(refusals.NothingToReopen):
        reopen(review)
    save(review, target, step=2)
    complete(review)
    reopen(review)
    with pytest.raises(refusals.NothingToReopen):
        reopen(review)


def test_a_review_stays_once_a_later_one_has_begun(review, target, save, complete, reopen, open_it):
    save(review, target, step=2)
    complete(review)
    open_it(2, at=SPRING_OPENED)
    with pytest.raises(refusals.LaterReviewBegan):
        reopen(review)


def test_the_review_of_a_pupil_who_left_is_not_opened_again(review, target, save, complete, reopen):
    save(review, target, step=2)
    complete(review)
    with in_school(review.school):
        Pupil.objects.filter(pk=review.pupil_id).update(left_on=date(2026, 12, 5))
        review = Review.objects.select_related("cycle", "pupil").get(pk=review.pk)
    with pytest.raises(refusals.PupilLeftMeanwhile):
        reopen(review)


def test_a_review_open_again_in_a_closed_cycle_is_missed_once_the_next_cycle_opens(review, target, save, complete, reopen, open_it, senco):
    save(review, target, step=2)
    complete(review)
    with in_school(review.school):
        services.close_cycle(cycle=review.cycle, by=senco, at=REOPENED)
    reopen(review)
    open_it(2, at=SPRING_OPENED)
    with in_school(review.school):
        assert sorted(Review.objects.filter(pupil=review.pupil_id).values_list("status", flat=True)) == ["missed", "not_started"]
