"""What may be set as a target, and when it will be judged."""

from datetime import date, timedelta
from itertools import count

import pytest
from django.db import IntegrityError

from assessments.progress import wait_days as wait_days_of_figures
from schools.models import AuditEvent, School, User
from schools.tenancy import in_school
from targets import services
from targets.models import Target, TargetLanguage, WhyEnded
from targets.services import refusals
from targets.services.dates import wait_days
from targets.services.targets import Closing, Room, Wish
from tests.factories.assessments import AUTUMN, SPRING, CycleDatesFactory
from tests.factories.pupils import PupilFactory
from tests.factories.targets import TargetFactory, strand_of

SET_ON = date(2026, 10, 1)


@pytest.fixture
def pupil(school: School):
    CycleDatesFactory.year(school)
    return PupilFactory(school=school)


@pytest.fixture
def wish(school: School):
    def make(**changes) -> Wish:
        words = f"I ask for help, wish {next(numbers)}"
        return Wish(**{"strand": strand_of(school.partnership), "wording": words, "start": 1, "aim": 3} | changes)

    numbers = count(1)

    return make


def set_it(pupil, wish: Wish, by: User, **how) -> Target:
    with in_school(pupil.school):
        return services.set_target(pupil=pupil, wish=wish, by=by, **{"on": SET_ON} | how)


def test_a_target_is_judged_in_the_first_cycle_in_which_it_counts(pupil, wish, senco):
    target = set_it(pupil, wish(), senco)
    assert (target.review_on, target.counts_from, target.slot, target.status) == (AUTUMN[1], SET_ON, 1, "active")


@pytest.mark.parametrize(("days", "expected"), [(28, AUTUMN[1]), (27, SPRING[1])])
def test_a_target_set_too_late_for_a_cycle_waits_for_the_next(pupil, wish, senco, days, expected):
    assert set_it(pupil, wish(), senco, on=AUTUMN[1] - timedelta(days=days)).review_on == expected


def test_with_six_cycles_a_year_fourteen_days_are_enough(pupil, wish, senco, school):
    School.objects.filter(pk=school.pk).update(cycles_a_year=6)
    assert set_it(pupil, wish(), senco, on=AUTUMN[1] - timedelta(days=14)).review_on == AUTUMN[1]


@pytest.mark.parametrize("cycles", [3, 6])
def test_targets_and_figures_agree_on_how_long_a_target_waits(cycles):
    assert wait_days(School(cycles_a_year=cycles)) == wait_days_of_figures(cycles)


def test_setting_a_target_leaves_one_audit_row(pupil, wish, senco):
    target = set_it(pupil, wish(), senco)
    with in_school(pupil.school):
        event = AuditEvent.objects.get(action="target.set")
    assert (event.row_id, event.by, event.school) == (target.pk, senco, pupil.school)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"start": 3, "aim": 2}, refusals.AimBelowStart),
        ({"review_on": SET_ON - timedelta(days=1)}, refusals.ReviewDateInThePast),
        ({"review_on": SET_ON}, refusals.ReviewDateTooEarly),
    ],
)
def test_bad_wishes_are_refused_and_nothing_is_written(pupil, wish, senco, changes, refusal):
    with pytest.raises(refusal):
        set_it(pupil, wish(**changes), senco)
    with in_school(pupil.school):
        assert not Target.objects.exists()


def test_an_aim_at_the_start_is_a_target_to_hold(pupil, wish, senco):
    assert set_it(pupil, wish(start=2, aim=2), senco).aim == 2


def test_a_strand_of_another_partnership_is_refused(pupil, wish, senco, foreign_school):
    with pytest.raises(refusals.OtherLanguage):
        set_it(pupil, wish(strand=strand_of(foreign_school.partnership)), senco)


def test_a_pupil_who_left_gets_no_target(school, wish, senco):
    left = PupilFactory(school=school, left_on=SET_ON - timedelta(days=1))
    CycleDatesFactory.year(school)
    with pytest.raises(refusals.PupilHasLeft):
        set_it(left, wish(), senco)


def test_without_a_planned_cycle_a_review_date_must_be_chosen(school, wish, senco):
    pupil = PupilFactory(school=school)
    with pytest.raises(refusals.NoPlannedCycle):
        set_it(pupil, wish(), senco)
    assert set_it(pupil, wish(review_on=AUTUMN[1]), senco).review_on == AUTUMN[1]


def test_the_sixth_target_needs_room(pupil, wish, senco):
    five = [set_it(pupil, wish(), senco) for _ in range(5)]
    assert [target.slot for target in five] == [1, 2, 3, 4, 5]
    with pytest.raises(refusals.NoFreeSlot):
        set_it(pupil, wish(), senco)


def test_the_sixth_target_takes_the_place_of_one_that_closes(pupil, wish, senco):
    five = [set_it(pupil, wish(), senco) for _ in range(5)]
    sixth = set_it(pupil, wish(), senco, room=Room(five[2], Closing(step=3)))
    assert sixth.slot == 3
    with in_school(pupil.school):
        assert Target.objects.get(pk=five[2].pk).status == Target.Status.ACHIEVED


def test_a_refused_sixth_target_closes_nothing(pupil, wish, senco):
    five = [set_it(pupil, wish(), senco) for _ in range(5)]
    with pytest.raises(refusals.AimBelowStart):
        set_it(pupil, wish(start=3, aim=1), senco, room=Room(five[0], Closing(step=3)))
    with in_school(pupil.school):
        assert Target.objects.active().count() == 5


def test_the_database_itself_refuses_a_slot_twice(pupil):
    TargetFactory(pupil=pupil, slot=1)
    with pytest.raises(IntegrityError):
        TargetFactory(pupil=pupil, slot=1)


def close(target: Target, by: User, **closing) -> Target:
    with in_school(target.school):
        services.close_target(target=target, closing=Closing(**closing), by=by, on=SET_ON)
        return Target.objects.get(pk=target.pk)


@pytest.mark.parametrize(
    ("closing", "status"),
    [
        ({"step": 3}, "achieved"),
        ({"step": 4, "reason": WhyEnded.OTHER}, "achieved"),
        ({"step": 2, "reason": WhyEnded.TOO_BIG}, "stopped"),
        ({"not_seen": "absent", "reason": WhyEnded.OTHER}, "stopped"),
        ({"step": 4, "reason": WhyEnded.MISTAKE}, "stopped"),
    ],
)
def test_a_closed_target_is_achieved_where_its_step_reaches_the_aim(pupil, senco, closing, status):
    closed = close(TargetFactory(pupil=pupil), senco, **closing)
    assert (closed.status, closed.closed_on, closed.slot) == (status, SET_ON, None)
    assert (closed.closing_step, closed.closing_not_seen) == (closing.get("step"), closing.get("not_seen", ""))


@pytest.mark.parametrize(
    ("closing", "refusal"),
    [
        ({}, refusals.ClosingNeedsAStep),
        ({"step": 2, "not_seen": "absent"}, refusals.ClosingNeedsAStep),
        ({"step": 2}, refusals.StopNeedsAReason),
        ({"not_seen": "absent"}, refusals.StopNeedsAReason),
    ],
)
def test_closing_asks_for_a_step_and_below_the_aim_for_a_reason(pupil, senco, closing, refusal):
    with pytest.raises(refusal):
        close(TargetFactory(pupil=pupil), senco, **closing)


def test_a_second_closing_is_refused(pupil, senco):
    target = TargetFactory(pupil=pupil)
    close(target, senco, step=3)
    with pytest.raises(refusals.TargetAlreadyClosed):
        close(target, senco, step=1, reason=WhyEnded.OTHER)


def test_a_partnership_begins_with_six_strands_and_keeps_them(partnership):
    first = services.start_language(partnership=partnership, by=None)
    assert first.strands.count() == 6
    assert services.start_language(partnership=partnership, by=None) == first
    assert TargetLanguage.objects.count() == 1
