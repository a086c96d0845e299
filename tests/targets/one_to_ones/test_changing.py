"""A correction is a row of its own, an undone one brings the former back, an error leaves a trace without content."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now

from schools.tenancy import in_school
from targets.models import Observation, OneToOne
from targets.services import refusals
from targets.services.one_to_ones import Sighting
from targets.services.voiding import undo_one_to_one, void_one_to_one
from tests.factories.targets import TargetFactory
from tests.targets.one_to_ones.talks import kept, live, record, saw, talk

LATER = timedelta(hours=24, minutes=1)


@pytest.fixture
def target(pupil):
    return TargetFactory(pupil=pupil)


def test_a_correction_is_a_new_row_and_the_old_one_stays(pupil, target, senco):
    first = saw(pupil, senco, target, 2)
    second = saw(pupil, senco, target, 3, instead_of=first)
    assert kept(pupil) == [first, second]
    assert live(pupil) == [second]
    with in_school(pupil.school):
        assert Observation.objects.seen_steps([target]) == {target.pk: [3]}


def test_a_correction_sent_twice_is_one_row(pupil, target, senco):
    first, conversation = saw(pupil, senco, target, 2), talk(Sighting(target, 3))
    second = record(pupil, conversation, senco, instead_of=first)
    assert record(pupil, conversation, senco, instead_of=first) == second
    assert len(kept(pupil)) == 2


def test_of_two_corrections_of_one_row_the_second_is_refused(pupil, target, senco):
    first = saw(pupil, senco, target, 2)
    saw(pupil, senco, target, 3, instead_of=first)
    with pytest.raises(refusals.ChangedMeanwhile):
        saw(pupil, senco, target, 4, instead_of=first)
    assert len(kept(pupil)) == 2


def test_only_the_recorder_changes_it_and_for_24_hours(pupil, target, senco, head):
    first = saw(pupil, senco, target, 2)
    for who, at in ((head, None), (senco, now() + LATER)):
        with pytest.raises(refusals.TooLateToChange):
            saw(pupil, who, target, 3, instead_of=first, at=at)
    assert live(pupil) == [first]


def test_a_correction_may_keep_a_day_that_is_too_long_ago_by_now(pupil, target, senco):
    day = localdate() - timedelta(days=14)
    first = record(pupil, talk(Sighting(target, 2), held_on=day), senco)
    again = talk(Sighting(target, 3), held_on=day)
    assert record(pupil, again, senco, instead_of=first, at=now() + timedelta(hours=23)).held_on == day


def undo(row: OneToOne, by, **how) -> None:
    with in_school(row.school):
        undo_one_to_one(one_to_one=row, by=by, **how)


def test_undoing_leaves_a_trace_without_content(pupil, target, senco):
    row = record(pupil, talk(Sighting(target, 2, note="secret"), note="secret", feeling="hard"), senco)
    undo(row, senco)
    [trace] = kept(pupil)
    assert (trace.note, trace.feeling, trace.voided_because, trace.voided_by) == ("", "", "undone", senco)
    with in_school(pupil.school):
        assert Observation.objects.get().note == ""
        assert Observation.objects.seen_steps([target]) == {}
    assert live(pupil) == []


def test_undoing_a_correction_brings_back_what_it_corrected(pupil, target, senco):
    first = saw(pupil, senco, target, 2)
    undo(saw(pupil, senco, target, 3, instead_of=first), senco)
    assert live(pupil) == [first]
    third = saw(pupil, senco, target, 4, instead_of=first)
    assert live(pupil) == [third]


def test_undoing_is_for_the_recorder_within_24_hours_and_once(pupil, target, senco, head):
    row = saw(pupil, senco, target, 2)
    for who, at in ((head, None), (senco, now() + LATER)):
        with pytest.raises(refusals.TooLateToChange):
            undo(row, who, at=at)
    undo(row, senco)
    with pytest.raises(refusals.ChangedMeanwhile):
        undo(row, senco)


def test_entered_in_error_takes_the_corrections_with_it(pupil, target, senco, head):
    first = record(pupil, talk(Sighting(target, 2), note="wrong child"), senco)
    second = saw(pupil, senco, target, 3, instead_of=first)
    with in_school(pupil.school):
        void_one_to_one(one_to_one=second, because="wrong_pupil", by=head)
        assert [row.pk for row in OneToOne.objects.in_history()] == [second.pk]
    assert live(pupil) == []
    assert {(row.voided_because, row.note) for row in kept(pupil)} == {("wrong_pupil", "")}


def test_history_shows_what_holds_and_the_trace_of_errors_but_not_what_was_undone(pupil, target, senco):
    first = saw(pupil, senco, target, 1)
    undo(saw(pupil, senco, target, 2), senco)
    with in_school(pupil.school):
        assert list(OneToOne.objects.in_history()) == [first]
