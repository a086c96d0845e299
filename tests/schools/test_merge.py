"""Nobody's change is lost without a person having been asked."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schools.merge import Clash, Merge, merge

WORDS = st.sampled_from(["", "quiet", "time", "a friend"])
ROWS = st.fixed_dictionaries({"support": WORDS, "matters": WORDS, "dream": WORDS})


def merged(base: str, theirs: str, mine: str) -> Merge:
    return merge(base={"dream": base}, theirs={"dream": theirs}, mine={"dream": mine})


def test_only_mine_changed_takes_mine():
    assert merged("a", "a", "b") == Merge({"dream": "b"}, (), ())


def test_only_theirs_changed_takes_theirs_and_says_so():
    assert merged("a", "b", "a") == Merge({"dream": "b"}, (), ("dream",))


def test_both_changed_alike_asks_nothing():
    assert merged("a", "b", "b") == Merge({"dream": "b"}, (), ())


def test_both_changed_differently_asks():
    assert merged("a", "b", "c").clashes == (Clash("dream", "a", "b", "c"),)


def test_an_unknown_base_asks_wherever_the_two_differ():
    unknown = merge(base={}, theirs={"dream": "b", "matters": "x"}, mine={"dream": "c", "matters": "x"})
    assert [clash.name for clash in unknown.clashes] == ["dream"]
    assert unknown.values["matters"] == "x"


def lost_changes(made: Merge, base: Mapping[str, object], theirs: Mapping[str, object], mine: Mapping[str, object]) -> list[str]:
    """Fields in which somebody's change is neither in the row nor in front of a person."""
    asked = {clash.name for clash in made.clashes}
    return [
        name for name in base if name not in asked and any(side[name] not in (base[name], made.values[name]) for side in (theirs, mine))
    ]


@given(base=ROWS, theirs=ROWS, mine=ROWS)
def test_no_change_is_lost(base, theirs, mine):
    made = merge(base=base, theirs=theirs, mine=mine)
    assert lost_changes(made, base, theirs, mine) == []
    assert made.values.keys() == mine.keys()


@given(base=ROWS, theirs=ROWS, mine=ROWS)
def test_nobody_is_asked_without_need(base, theirs, mine):
    for clash in merge(base=base, theirs=theirs, mine=mine).clashes:
        assert len({clash.before, clash.theirs, clash.mine}) == 3


@given(base=ROWS, theirs=ROWS, mine=ROWS)
def test_it_does_not_matter_who_was_first(base, theirs, mine):
    one, other = merge(base=base, theirs=theirs, mine=mine), merge(base=base, theirs=mine, mine=theirs)
    settled = set(base) - {clash.name for clash in one.clashes}
    assert {clash.name for clash in one.clashes} == {clash.name for clash in other.clashes}
    assert all(one.values[name] == other.values[name] for name in settled)


@pytest.mark.parametrize("careless", [lambda base, theirs, mine: mine, lambda base, theirs, mine: theirs])
def test_a_careless_merge_would_be_seen(careless):
    """The control: whoever saves last wins, or whoever saved first."""
    base, theirs, mine = {"dream": "a", "matters": "a"}, {"dream": "b", "matters": "a"}, {"dream": "a", "matters": "c"}
    assert lost_changes(Merge(careless(base, theirs, mine), (), ()), base, theirs, mine) != []
