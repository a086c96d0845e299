"""What may be recorded as a one-to-one, that a form sent twice is one row, and that rows are added and never edited."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from schools.models import AuditEvent
from schools.tenancy import in_school
from targets.models import Helped, Observation
from targets.services import refusals
from targets.services.one_to_ones import Sighting
from targets.services.voiding import undo_one_to_one
from tests.factories.pupils import PupilFactory
from tests.factories.targets import StrategyFactory, TargetFactory
from tests.targets.one_to_ones.talks import kept, live, record, saw, talk

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


@pytest.mark.parametrize("field", ["note", "step", "note of a target", "what helped"])
def test_a_form_sent_again_with_other_words_corrects_what_it_made_first_and_once(pupil, target, senco, field):
    conversation = talk(Sighting(target, 3), note="Calm.")
    first = record(pupil, conversation, senco)
    other = {
        "note": {"note": "Calm, then proud."},
        "step": {"sightings": (Sighting(target, 4),)},
        "note of a target": {"sightings": (Sighting(target, 3, note="He asked."),)},
        "what helped": {"helped": (StrategyFactory(school=pupil.school),)},
    }[field]
    row = record(pupil, replace(conversation, **other), senco)
    assert record(pupil, replace(conversation, **other), senco) == row
    assert (row.supersedes, live(pupil)) == (first, [row])
    assert record(pupil, conversation, senco) == first  # a late copy of what was sent first
    assert live(pupil) == [row]


def test_other_ends_of_lines_are_no_other_words(pupil, target, senco):
    conversation = talk(Sighting(target, 3, note="One\nTwo"), note="One\r\nTwo")
    first = record(pupil, conversation, senco)
    assert record(pupil, replace(conversation, note="One\nTwo", sightings=(Sighting(target, 3, note="One\r\nTwo"),)), senco) == first


def test_a_late_copy_of_what_was_taken_back_does_not_bring_it_back(pupil, target, senco):
    conversation = talk(Sighting(target, 3), note="Calm.")
    with in_school(pupil.school):
        undo_one_to_one(one_to_one=record(pupil, conversation, senco), by=senco)
    record(pupil, conversation, senco)
    assert live(pupil) == []


def test_other_words_for_what_was_changed_meanwhile_are_refused(pupil, target, senco):
    conversation = talk(Sighting(target, 3), note="Calm.")
    first = record(pupil, conversation, senco)
    record(pupil, talk(Sighting(target, 2)), senco, instead_of=first)
    with pytest.raises(refusals.ChangedMeanwhile):
        record(pupil, replace(conversation, note="Proud."), senco)


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
