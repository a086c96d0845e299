"""A school's figures equal a recount from its raw rows, whatever its reviews hold."""

from importlib import import_module

import pytest
from django.apps import apps
from django.forms.models import model_to_dict

from assessments.models import Judgement, Review, ReviewCycle
from reports import summaries
from reports.models import ALL, CycleSummary, Job, ReviewSummary
from schools.tenancy import in_school
from targets.models import Target, WhyEnded
from tests.factories.assessments import JudgementFactory, ReviewFactory
from tests.factories.pupils import PupilFactory
from tests.factories.targets import TargetFactory
from tests.reports.recount import WHOLE, Place, closed_cycles, fill, of_term, raw, recount, work

pytestmark = pytest.mark.django_db
PLACE = ("id", "school", "academic_year", "term", "cycle", "publication", "slice", "value")


def rebuild_all(school, cycles):
    with in_school(school):
        for cycle in cycles:
            summaries.rebuild(cycle)


def stored(cycle: ReviewCycle, of_cycle: ReviewCycle | None) -> dict[Place, dict[str, int]]:
    rows = CycleSummary.objects.filter(academic_year=cycle.academic_year, term=cycle.term, cycle=of_cycle, publication=None)
    return {(row.strand_key, row.slice, row.value): model_to_dict(row, exclude=[*PLACE, "strand_key"]) for row in rows}


def stored_work(cycle: ReviewCycle, of_cycle: ReviewCycle | None) -> dict[tuple[str, str], dict[str, int]]:
    rows = ReviewSummary.objects.filter(academic_year=cycle.academic_year, term=cycle.term, cycle=of_cycle, publication=None)
    return {(row.slice, row.value): model_to_dict(row, exclude=PLACE) for row in rows}


@pytest.mark.parametrize("seed", range(25))
def test_figures_of_every_slice_equal_a_recount_from_raw_rows(school, seed):
    cycles = fill(school, seed)
    rebuild_all(school, cycles)
    with in_school(school):
        for cycle in cycles:
            term = [each for each in cycles if each.term == cycle.term]
            assert stored(cycle, cycle) == recount(raw(cycle))
            assert stored(cycle, None) == recount(of_term(term), by_strand=False)
            assert stored_work(cycle, cycle) == work(list(Review.objects.filter(cycle=cycle)))
            here = Review.objects.filter(cycle__in=term, enrolment__in="CM")
            assert stored_work(cycle, None) == work(list(here))


def changed(school, seed: int, **change) -> bool:
    """Do the recount and the figures differ after rows were changed behind the figures' back?"""
    cycles = fill(school, seed)
    rebuild_all(school, cycles)
    with in_school(school):
        Judgement.objects.filter(review__cycle=cycles[0]).update(**change)
        return stored(cycles[0], cycles[0]) != recount(raw(cycles[0]))


@pytest.mark.parametrize(
    "change", [{"step": 4, "not_seen": ""}, {"counts": False}, {"previous": 0, "start": 0, "aim": 2}, {"strand_key": "x"}]
)
def test_control_the_recount_sees_what_the_figures_do_not(school, change):
    assert changed(school, 3, **change)


def moved_elsewhere(school, change: dict) -> set[str]:
    """The slices of which the recount tells something else after facts of the day were changed behind the figures' back."""
    cycle = fill(school, 3)[0]
    rebuild_all(school, [cycle])
    with in_school(school):
        Review.objects.filter(cycle=cycle).update(**change)
        figures, anew = stored(cycle, cycle), recount(raw(cycle))
        did, anew_did = stored_work(cycle, cycle), work(list(Review.objects.filter(cycle=cycle)))
    of_figures = {
        name
        for strand, name, value in figures.keys() | anew.keys()
        if figures.get((strand, name, value)) != anew.get((strand, name, value))
    }
    assert of_figures == {where[0] for where in did.keys() | anew_did.keys() if did.get(where) != anew_did.get(where)}
    return of_figures


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"nc_year": "9"}, "year"),
        ({"provision": "N"}, "provision"),
        ({"primary_need": "MLD"}, "need"),
        ({"has_pupil_premium": True}, "premium"),
        ({"is_eal": True}, "eal"),
        ({"sex": "M"}, "sex"),
    ],
)
def test_control_the_recount_sees_each_slice_by_itself(school, change, name):
    assert moved_elsewhere(school, change) == {name}


def everything() -> list[list[dict]]:
    figures = CycleSummary.objects.order_by("cycle", "term", "strand_key", "slice", "value")
    work = ReviewSummary.objects.order_by("cycle", "term", "slice", "value")
    return [[model_to_dict(row, exclude=["id"]) for row in rows] for rows in (figures, work)]


def test_counting_twice_leaves_one_set_of_rows(school):
    cycles = fill(school, 1)
    rebuild_all(school, cycles)
    with in_school(school):
        before = everything()
    rebuild_all(school, cycles * 2)
    with in_school(school):
        assert everything() == before


def test_a_cycle_without_reviews_has_rows_of_nothing(school):
    cycles = fill(school, 0)
    with in_school(school):
        Judgement.objects.all().delete()
        Review.objects.all().delete()
    rebuild_all(school, cycles)
    with in_school(school):
        for of_cycle in (cycles[0], None):
            assert list(stored(cycles[0], of_cycle)) == [WHOLE]
            assert set(stored(cycles[0], of_cycle)[WHOLE].values()) == {0}
            assert stored_work(cycles[0], of_cycle).keys() == {(ALL, "")}


@pytest.mark.parametrize("pupils", [1, 30])
def test_the_figures_do_not_grow_in_queries(school, alone, django_assert_num_queries, pupils):
    """Locking, three readings, two deletions, two insertions, between the ends of a savepoint."""
    for place in range(pupils):
        review = ReviewFactory(
            pupil=PupilFactory(school=school),
            cycle=alone[0],
            status="completed",
            completed_at=alone[0].closed_at,
            nc_year=str(1 + place % 2),
        )
        JudgementFactory(review=review, target=TargetFactory(pupil=review.pupil), step=2, start=1, aim=3, previous=1, previous_term=1)
    with in_school(school), django_assert_num_queries(10):
        summaries.rebuild(alone[0])


def test_another_school_is_left_alone(school, sister_school):
    here, there = fill(school, 5), fill(sister_school, 6)
    rebuild_all(sister_school, there)
    with in_school(sister_school):
        before = everything()
    rebuild_all(school, here)
    with in_school(sister_school):
        assert everything() == before


def test_an_upgrade_asks_for_the_figures_of_every_cycle(school):
    cycles = closed_cycles(school)
    with in_school(school):
        import_module("reports.migrations.0007_figures_by_slice").count_anew(apps, None)
    jobs = Job.objects.filter(kind=Job.Kind.SUMMARY, state=Job.State.WAITING, school=school)
    assert sorted(jobs.values_list("row_id", flat=True)) == sorted(cycle.pk for cycle in cycles)


# -- one rule each


@pytest.fixture
def alone(school):
    """The cycles of a school with one pupil, who has one target; `judge` makes it moved on by one."""
    return closed_cycles(school)


@pytest.fixture
def judge(school, alone):
    pupil = PupilFactory(school=school)
    target = TargetFactory(pupil=pupil, start=1, aim=3)

    def make(number: int = 0, *, target=target, enrolment="C", nc_year="7", **fields):
        done = {"status": Review.Status.COMPLETED, "completed_at": alone[0].closed_at, "enrolment": enrolment, "nc_year": nc_year}
        review = ReviewFactory(pupil=pupil, cycle=alone[number], **done)
        usual = {"step": 2, "start": 1, "aim": 3, "previous": 1, "previous_term": 1, "counts": True, "strand_key": "communicating"}
        return JudgementFactory(review=review, target=target, **usual | fields)

    return make


def whole(school, cycles, *, of_term: bool = False) -> dict[str, int]:
    rebuild_all(school, cycles)
    with in_school(school):
        return stored(cycles[0], None if of_term else cycles[0])[WHOLE]


def test_a_term_of_two_cycles_counts_a_target_once_against_the_term_before(school, alone, judge):
    judge(0, step=2, previous=1, previous_term=1)
    judge(1, step=2, previous=2, previous_term=1)
    term = whole(school, alone, of_term=True)
    assert (term["pupils"], term["judged"], term["moved_on"], term["same"]) == (1, 1, 1, 0)


def test_a_term_takes_the_last_seen_judgement(school, alone, judge):
    judge(0, step=3, previous=1, previous_term=1)
    judge(1, step=None, not_seen="absent", previous=3, previous_term=1)
    term = whole(school, alone, of_term=True)
    assert (term["moved_on"], term["not_seen"]) == (1, 0)


def test_an_aim_reached_early_in_the_term_is_counted_in_the_term(school, alone, judge):
    judge(0, step=3, first_achieved=True)
    judge(1, step=3, previous=3, first_achieved=False)
    assert whole(school, alone, of_term=True)["achieved"] == 1


def test_a_term_knows_a_pupil_as_the_last_seen_judgement_did(school, alone, judge):
    judge(0, step=2, nc_year="7")
    judge(1, step=3, previous=2, nc_year="8")
    rebuild_all(school, alone)
    with in_school(school):
        years = [(value, row["pupils"]) for (_, name, value), row in stored(alone[0], None).items() if name == "year"]
        assert years == [("8", 1)]


def test_a_pupil_with_two_targets_is_one_pupil_of_each_slice(school, alone, judge):
    first = judge(0)
    with in_school(school):
        other = TargetFactory(pupil=first.target.pupil, slot=2)
        stored_columns = {"step": 3, "start": 1, "aim": 3, "previous": 1, "previous_term": 1, "counts": True, "strand_key": "relationships"}
        JudgementFactory(review=first.review, target=other, **stored_columns)
    rebuild_all(school, alone)
    with in_school(school):
        rows = CycleSummary.objects.filter(cycle=alone[0], strand_key=ALL)
        assert {(row.pupils, row.pupils_moved_on, row.moved_on) for row in rows} == {(1, 1, 2)}
        assert rows.count() == 8


def test_a_carried_on_target_is_one_lineage(school, alone, judge):
    first = judge(0, step=3)
    follower = TargetFactory(pupil=first.target.pupil, slot=2, carried_on_from=first.target, start=3, aim=4)
    judge(1, target=follower, step=3, start=3, aim=4, previous=3, previous_term=1)
    term = whole(school, alone, of_term=True)
    assert (term["judged"], term["moved_on"]) == (1, 1)


@pytest.mark.parametrize("enrolment", ["S", "G"])
def test_pupils_registered_elsewhere_stay_inside_the_school(school, alone, judge, enrolment):
    judge(0, enrolment=enrolment)
    assert whole(school, alone)["pupils"] == 1
    assert whole(school, alone, of_term=True)["pupils"] == 0


def test_a_target_set_by_mistake_is_in_no_figure(school, alone, judge):
    judge(0, next=Judgement.Next.CLOSE, reason=WhyEnded.MISTAKE)
    assert set(whole(school, alone).values()) == {0}


def test_academic_targets_are_in_no_figure(school, alone, judge):
    with in_school(school):
        Target.objects.update(kind=Target.Kind.ACADEMIC, strand=None, subject="Maths")
    judge(0)
    assert set(whole(school, alone).values()) == {0}


def test_a_review_that_is_not_completed_is_in_no_figure(school, alone, judge):
    judge(0)
    with in_school(school):
        Review.objects.update(status=Review.Status.MISSED)
    assert set(whole(school, alone).values()) == {0}
