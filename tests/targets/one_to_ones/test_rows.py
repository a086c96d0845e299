"""Rows are added and never edited, and the database holds them to what can be; what helps is a list of the school's own."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate, now

from schools.tenancy import in_school
from targets.models import AppendOnly, Helped, Observation, OneToOne, Strategy
from targets.services.one_to_ones import Sighting
from targets.services.strategies import STARTERS, start_strategies
from targets.services.voiding import undo_one_to_one
from tests.factories.pupils import PupilFactory
from tests.factories.targets import OneToOneFactory, StrategyFactory, TargetFactory
from tests.targets.one_to_ones.talks import record, saw, talk


@pytest.fixture
def target(pupil):
    return TargetFactory(pupil=pupil)


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
    with in_school(pupil.school):
        undo_one_to_one(one_to_one=undone, by=senco)
    OneToOneFactory(pupil=PupilFactory(school=pupil.school), helped_by=[seldom])
    with in_school(pupil.school):
        assert Helped.objects.top_of([pupil], 6) == {pupil.pk: [often.pk, seldom.pk]}
        assert Helped.objects.top_of([pupil], 1) == {pupil.pk: [often.pk]}


def test_the_evidence_of_a_review_is_every_step_seen_newest_first_in_one_query(pupil, target, senco, django_assert_num_queries):
    other = TargetFactory(pupil=pupil, slot=2)
    for days, step in ((9, 1), (2, 3), (5, None), (7, 2)):
        OneToOneFactory(pupil=pupil, held_on=localdate() - timedelta(days=days), steps={target: step, other: None})
    with in_school(pupil.school), django_assert_num_queries(1):
        assert Observation.objects.seen_steps([target, other]) == {target.pk: [3, 2, 1]}
