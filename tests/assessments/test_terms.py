"""What of a term counts for one lineage."""

from assessments.progress import Judged
from assessments.terms import Told, last_of_lineages


def told(step: int | None, lineage: str = "a", *, previous_term: int = 1, **facts) -> Told:
    judged = Judged(pupil="p", step=step, start=facts.pop("start", 1), aim=facts.pop("aim", 4), previous=2, **facts)
    return Told(lineage, judged, previous_term)


def steps(*line: Told) -> list[int | None]:
    return [each.judged.step for each in last_of_lineages(line)]


def test_the_last_judgement_of_each_lineage_counts():
    assert steps(told(2), told(3, "b"), told(4)) == [4, 3]


def test_an_unseen_one_never_goes_before_a_seen_one():
    assert steps(told(2), told(None)) == [2]
    assert steps(told(None), told(None)) == [None]


def test_one_that_counts_goes_before_a_later_one_that_is_too_new():
    assert steps(told(2), told(3, counts=False)) == [2]
    assert steps(told(None), told(3, counts=False)) == [None]
    assert steps(told(2, counts=False), told(3, counts=False)) == [3]


def test_it_is_measured_against_the_term_before():
    (term,) = last_of_lineages([told(3, previous_term=1), told(3, previous_term=1)])
    assert (term.judged.previous, term.judged.movement) == (1, "moved_on")


def test_an_aim_is_achieved_in_whichever_cycle_it_was():
    (term,) = last_of_lineages([told(4, first_achieved=True), told(4)])
    assert term.judged.first_achieved
    (young,) = last_of_lineages([told(4, first_achieved=True, counts=False), told(4)])
    assert not young.judged.first_achieved


def test_what_was_set_by_mistake_stands_outside():
    assert steps(told(3, by_mistake=True), told(2, "b")) == [2]
    assert steps(told(2), told(3, by_mistake=True)) == [2]
