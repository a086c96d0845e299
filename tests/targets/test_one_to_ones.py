"""What may be recorded as a one-to-one, that a form sent twice is one row, and that rows are added and never edited."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate, now

from schools.models import AuditEvent
from schools.tenancy import in_school
from targets.models import AppendOnly, Helped, Observation, OneToOne, Strategy
from targets.services import refusals
from targets.services.one_to_ones import Sighting
from targets.services.strategies import STARTERS, start_strategies
from targets.services.voiding import undo_one_to_one, void_one_to_one
from tests.factories.pupils import PupilFactory
from tests.factories.targets import OneToOneFactory, StrategyFactory, TargetFactory
from tests.targets.talks import kept, live, record, saw, talk

LATER = timedelta(hours=24, minutes=1)


@pytest.fixture
def pupil(school):
    return PupilFactory(school=school)


@pytest.fixture
def target(pupil):
    return TargetFactory(pupil=pupil)


def test_a_conversation_is_kept_with_what_was_seen_and_what_helped(pupil, target, senco):
    other, card = TargetFactory(pupil=pupil, slot=2), StrategyFactory(school=pupil.school)
    conversation = talk(
        Sighting(target, 3, note="He asked."), Sighting(other, None, "absent"), helped=(card,), feeling="well", note="Calm.", minutes=10
    )
    row = record(pupil, conversation, senco)
    with in_school(pupil.school):
        seen = list(Observation.objects.order_by("pk").values_list("target", "step", "not_seen", "note"))
        assert seen == [(target.pk, 3, "", "He asked."), (other.pk, None, "absent", "")]
        assert [each.strategy for each in Helped.objects.all()] == [card]
        assert AuditEvent.objects.filter(action="one-to-one.recorded", row_id=row.pk, by=senco).count() == 1
    assert (row.key_worker, row.feeling, row.note, row.audience, row.minutes) == (senco, "well", "Calm.", "shared", 10)


@pytest.mark.parametrize(
    ("sightings", "refusal"),
    [
        ([], refusals.NothingSeen),
        ([(5, "")], refusals.UnknownStep),
        ([(-1, "")], refusals.UnknownStep),
        ([(None, "")], refusals.UnknownStep),
        ([(None, "tired")], refusals.UnknownStep),
        ([(3, "absent")], refusals.UnknownStep),
    ],
)
def test_an_unknown_step_is_refused_and_nothing_is_kept(pupil, target, senco, sightings, refusal):
    with pytest.raises(refusal):
        record(pupil, talk(*(Sighting(target, *each) for each in sightings)), senco)
    assert kept(pupil) == []


@pytest.mark.parametrize(("days", "refusal"), [(1, refusals.HeldInTheFuture), (-15, refusals.HeldTooLongAgo), (0, None), (-14, None)])
def test_it_is_recorded_within_fourteen_days(pupil, target, senco, days, refusal):
    conversation = talk(Sighting(target, 2), held_on=localdate() + timedelta(days=days))
    if refusal:
        with pytest.raises(refusal):
            record(pupil, conversation, senco)
    else:
        assert record(pupil, conversation, senco).held_on == conversation.held_on


def test_a_pupil_who_left_gets_no_more(school, senco):
    left = PupilFactory(school=school, left_on=localdate() - timedelta(days=1))
    with pytest.raises(refusals.PupilOfOneToOneHasLeft):
        saw(left, senco, TargetFactory(pupil=left), 2)


def test_another_pupils_target_or_a_proposed_one_is_refused(pupil, senco):
    for stranger in (TargetFactory(pupil=PupilFactory(school=pupil.school)), TargetFactory(pupil=pupil, status="proposed", slot=None)):
        with pytest.raises(refusals.NotThisPupils):
            saw(pupil, senco, stranger, 2)
    assert kept(pupil) == []


def test_another_schools_strategy_is_refused(pupil, target, senco, sister_school):
    with pytest.raises(refusals.NotThisPupils):
        record(pupil, talk(Sighting(target, 2), helped=(StrategyFactory(school=sister_school),)), senco)
    assert kept(pupil) == []


def test_what_was_seen_of_a_target_closed_meanwhile_is_kept(pupil, senco):
    saw(pupil, senco, TargetFactory.closed(pupil=pupil), 2)
    assert len(live(pupil)) == 1


# ------------------------------------------------------------------------------------------------------------ sent twice


def test_the_same_form_sent_three_times_is_one_row(pupil, target, senco):
    conversation = talk(Sighting(target, 3))
    first = record(pupil, conversation, senco)
    assert [record(pupil, conversation, senco) for _ in range(2)] == [first, first]
    assert kept(pupil) == [first]
    with in_school(pupil.school):
        assert Observation.objects.count() == 1


def test_a_form_sent_again_is_answered_even_where_it_would_now_be_refused(pupil, target, senco):
    conversation = talk(Sighting(target, 3))
    first = record(pupil, conversation, senco)
    pupil.left_on = localdate() - timedelta(days=1)
    with in_school(pupil.school):
        pupil.save()
    assert record(pupil, conversation, senco) == first


def test_a_client_id_of_somebody_else_or_another_pupil_is_refused(pupil, target, senco, head):
    conversation = talk(Sighting(target, 3))
    record(pupil, conversation, senco)
    for who, whom in ((head, pupil), (senco, PupilFactory(school=pupil.school))):
        with pytest.raises(refusals.SentByAnother):
            record(whom, conversation, who)
    assert len(kept(pupil)) == 1


def test_the_same_client_id_in_another_school_is_another_form(pupil, target, senco, sister_school, member):
    conversation = talk(Sighting(target, 3))
    record(pupil, conversation, senco)
    other = TargetFactory(pupil=PupilFactory(school=sister_school))
    record(other.pupil, talk(Sighting(other, 1), client_id=conversation.client_id), member(sister_school, "senco"))
    assert len(kept(other.pupil)) == 1


def test_two_adults_on_one_day_are_both_kept(pupil, target, senco, head):
    saw(pupil, senco, target, 2)
    saw(pupil, head, target, 3)
    assert len(live(pupil)) == 2


# ------------------------------------------------------------------------------------------------------------ changed, undone


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


# ------------------------------------------------------------------------------------------------------------ append-only


def test_rows_are_never_edited(pupil, target):
    row = OneToOneFactory(pupil=pupil, steps={target: 2}, helped_by=[StrategyFactory(school=pupil.school)])
    with in_school(pupil.school):
        seen, helped = Observation.objects.get(), Helped.objects.get()
        edits = [
            row.save,
            seen.save,
            lambda: OneToOne.objects.update(note="another"),
            lambda: OneToOne.objects.update(held_on=localdate()),
            lambda: OneToOne.objects.bulk_update([row], ["note"]),
            lambda: Observation.objects.update(step=4),
            lambda: Observation.objects.update(note="another"),
            lambda: Helped.objects.update(strategy=helped.strategy),
        ]
        for edit in edits:
            with pytest.raises(AppendOnly), transaction.atomic():
                edit()


@pytest.mark.parametrize(
    "wrong",
    [{"minutes": 0}, {"minutes": 241}, {"voided_because": "other"}, {"voided_at": now(), "voided_because": "other", "note": "left"}],
)
def test_the_database_itself_refuses_what_cannot_be(pupil, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        OneToOneFactory(pupil=pupil, **wrong)


@pytest.mark.parametrize("wrong", [{"step": 5}, {"step": None}, {"step": 2, "not_seen": "absent"}])
def test_the_database_itself_holds_an_observation_to_a_step_or_a_reason(pupil, target, wrong):
    row = OneToOneFactory(pupil=pupil)
    with in_school(pupil.school), pytest.raises(IntegrityError), transaction.atomic():
        Observation.objects.create(one_to_one=row, target=target, **wrong)


def test_erasing_a_pupil_takes_the_one_to_ones_along(pupil, target, senco):
    saw(pupil, senco, target, 3, instead_of=saw(pupil, senco, target, 2))
    with in_school(pupil.school):
        pupil.delete()
        assert not OneToOne.objects.exists()
        assert not Observation.objects.exists()


# ------------------------------------------------------------------------------------------------------------ what helps


def test_a_school_gets_the_starter_list_once_and_keeps_what_it_made_of_it(school):
    with in_school(school):
        assert len(start_strategies()) == len(STARTERS)
        Strategy.objects.filter(key="praise").update(is_active=False)
        assert "praise" not in {strategy.key for strategy in start_strategies()}
        assert Strategy.objects.count() == len(STARTERS)
        Strategy.objects.update(is_active=False)
        assert start_strategies() == []


def test_what_helped_a_pupil_most_often_comes_first(pupil, target, senco):
    seldom, often = StrategyFactory(school=pupil.school, order=1), StrategyFactory(school=pupil.school, order=2)
    for helped in ([often, seldom], [often]):
        OneToOneFactory(pupil=pupil, steps={target: 2}, helped_by=helped)
    undone = record(pupil, talk(Sighting(target, 2), helped=(seldom,)), senco)
    undo(undone, senco)
    OneToOneFactory(pupil=PupilFactory(school=pupil.school), helped_by=[seldom, *[StrategyFactory(school=pupil.school)]])
    with in_school(pupil.school):
        assert Helped.objects.top_for(pupil, 6) == [often.pk, seldom.pk]
        assert Helped.objects.top_for(pupil, 1) == [often.pk]
