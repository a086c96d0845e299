"""One-to-ones of the demo: on school days, of targets then worked on, with steps that fit the judgements, in kind words."""

from collections import Counter
from datetime import timedelta

import pytest

from pupils.models import Pupil
from reports.celebrating import celebrated
from reports.demo.one_to_ones import BREAKS
from reports.demo.words.one_to_ones import NOTES
from schools.models import School, User
from schools.tenancy import in_school
from targets.helping import what_helps_each
from targets.models import Helped, Observation, OneToOne, Step, Target
from targets.today import own_pupils
from tests.reports.demo.runs import TODAY

pytestmark = pytest.mark.django_db


def test_pupils_are_met_every_week_or_two_on_school_days(demo):
    days = list(OneToOne.objects.values_list("held_on", flat=True))
    assert len(days) > 2000
    assert not [day for day in days if day.weekday() > 4 or day > TODAY]
    assert not [day for day in days for first, last in BREAKS if first <= (day.month, day.day) <= last]
    assert min(Counter(day.weekday() for day in days).values()) > len(days) / 12
    met = OneToOne.objects.live().filter(held_on__gt=TODAY - timedelta(days=14)).values("pupil").distinct().count()
    assert met >= 0.7 * Pupil.objects.on_roll(TODAY).count()


def test_only_targets_then_worked_on_were_looked_at(demo):
    for seen in Observation.objects.select_related("target", "one_to_one"):
        day, target = seen.one_to_one.held_on, seen.target
        assert target.set_on <= day
        assert target.closed_on is None or day < target.closed_on
        assert target.pupil_id == seen.one_to_one.pupil_id


def test_a_star_is_seen_only_where_a_review_gave_one(demo):
    starred = Target.objects.filter(pk__in=Observation.objects.filter(step=Step.DONE_IT).values("target"))
    assert 5 <= starred.count() <= 200
    for target in starred.exclude(start=Step.DONE_IT):
        assert target.closing_step == Step.DONE_IT or target.judgements.filter(step=Step.DONE_IT).exists()


def test_what_was_seen_moves_as_children_do(demo):
    steps = Observation.objects.values_list("step", flat=True)
    unseen = sum(step is None for step in steps) / len(steps)
    assert 0.05 <= unseen <= 0.15
    moves: Counter[int] = Counter()
    for seen in Observation.objects.seen_steps(Target.objects.all()).values():
        moves.update((later > earlier) - (later < earlier) for later, earlier in zip(seen, seen[1:], strict=False))
    assert moves[0] > moves[1] > moves[-1] > 0


def test_notes_are_many_and_kind_and_name_nobody(demo):
    notes = {note for bank in NOTES.values() for note in bank}
    assert len(notes) >= 60
    assert all(note.endswith((".", "!", "?")) and len(note) <= 120 for note in notes)
    words = {word.strip(".,“”!?") for note in notes for word in note.split()}
    assert not words & set(Pupil.objects.values_list("forename", flat=True))
    written = OneToOne.objects.exclude(note="").values_list("note", flat=True)
    assert set(written) <= notes
    assert 0.3 <= len(written) / OneToOne.objects.count() <= 0.6


def test_what_helps_differs_from_pupil_to_pupil(demo):
    assert Helped.objects.count() > OneToOne.objects.count()
    top = {tuple(often) for often in Helped.objects.top_of(Pupil.objects.on_roll(TODAY)[:30], 3).values()}
    assert len(top) >= 20


@pytest.mark.parametrize("slug", ["ashdown", "cedar", "deepdale", "birchwood"])
def test_with_nobody_planned_the_page_of_the_key_worker_who_signs_in_shows_every_state(demo, slug):
    user = User.objects.get(email=f"keyworker@{slug}.example")
    school = user.memberships.get().school
    with in_school(school):
        own = own_pupils(user, TODAY, school.one_to_one_every_days)
        waited = [line.waited for line in own.first]
    assert len(own.first) == 8
    assert waited[0] is None
    assert {line.is_overdue for line in own.first} == {True, False}
    assert own.rest


@pytest.mark.parametrize("slug", ["ashdown", "cedar", "deepdale", "birchwood"])
def test_on_every_school_day_somebody_is_planned_by_time(demo, slug):
    user = User.objects.get(email=f"keyworker@{slug}.example")
    school = user.memberships.get().school
    monday = TODAY - timedelta(days=TODAY.weekday())
    with in_school(school):
        for day in range(5):
            own = own_pupils(user, monday + timedelta(days=day), school.one_to_one_every_days)
            times = [line.planned_at for line in own.first if line.planned_at]
            assert own.is_planned
            assert times == sorted(times)
            assert len(own.first) < own.count


def test_one_of_each_school_was_entered_in_error_and_left_no_words(demo):
    for trace in (traces := list(OneToOne.objects.exclude(voided_at=None))):
        assert (trace.note, trace.feeling, trace.voided_because) == ("", "", "not_held")
        assert set(trace.observations.values_list("note", flat=True)) == {""}
    assert len({trace.school_id for trace in traces}) == len(traces) == 4


@pytest.mark.parametrize("slug", ["ashdown", "cedar", "deepdale", "birchwood"])
def test_each_school_has_something_that_helps_and_somebody_to_celebrate(demo, slug):
    with in_school(School.objects.get(slug=slug)):
        pupils = list(Pupil.objects.on_roll(TODAY))
        helped = [each for each in what_helps_each(pupils, TODAY).values() if each]
        assert len(helped) > len(pupils) / 2
        assert celebrated(TODAY)
