"""A school's sheet: cells that may be published as numbers, bars and words."""

import pytest

from reports.press import NotBuilt, press
from reports.press import _colour as colour
from reports.sheets import Inks, finding, in_words, is_incomplete, per_cent, strand_bar, strand_row
from reports.suppression import HIDDEN, Shown

USUAL = {"moving": Shown(40), "moved_on": Shown(24), "same": Shown(10), "gone_back": Shown(6)}


def bar_of(**cells) -> str:
    return strand_bar("Calm", USUAL | cells, Inks.of(press()))


def test_a_bar_of_three_parts():
    assert "Calm: Gone back 6, Same 10, Moved on 24; 40 targets." in bar_of()


def test_hidden_parts_are_joined_into_one_number():
    assert "Calm: Same or gone back, together 16, Moved on 24; 40 targets." in bar_of(gone_back=HIDDEN, same=HIDDEN)


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"moved_on": HIDDEN}, "Small numbers are hidden"),
        ({"moving": HIDDEN}, "Small numbers are hidden"),
        ({"moving": Shown(9), "moved_on": Shown(9)}, "Fewer than 10 targets: no bar is drawn"),
        ({"moving": Shown(0), "moved_on": Shown(0)}, "No targets were judged"),
    ],
)
def test_where_no_bar_is_drawn_it_says_why(cells, why):
    assert bar_of(**cells) == why


def test_a_hidden_cell_is_marked_and_a_rate_needs_both_numbers():
    assert (in_words(HIDDEN), in_words(Shown(0))) == ("c", "0")
    assert (per_cent(Shown(33), Shown(48)), per_cent(Shown(3), HIDDEN), per_cent(Shown(5), Shown(9))) == ("69%", "", "")


@pytest.mark.parametrize(
    ("not_seen", "judged", "is_so"),
    [(Shown(5), Shown(10), True), (Shown(5), Shown(20), False), (HIDDEN, Shown(10), None), (Shown(5), HIDDEN, None)],
)
def test_a_rate_is_marked_incomplete_or_as_not_known_to_be_complete(not_seen, judged, is_so):
    assert is_incomplete({"not_seen": not_seen, "judged": judged, "moving": HIDDEN}) is is_so


@pytest.mark.parametrize(("moving", "is_so"), [(Shown(20), False), (Shown(19), None)])
def test_enough_targets_that_can_move_say_that_a_rate_is_complete(moving, is_so):
    assert is_incomplete({"not_seen": Shown(5), "judged": HIDDEN, "moving": moving}) is is_so


@pytest.mark.parametrize(("not_seen", "mark"), [(Shown(0), ""), (Shown(15), "*"), (HIDDEN, "(*)")])
def test_the_mark_stands_beside_the_rate(not_seen, mark):
    rest = {"judged": Shown(40), "achieved": Shown(12), "too_new": Shown(0)}
    assert strand_row("calm", "Calm", USUAL | rest | {"not_seen": not_seen}, Inks.of(press()))["mark"] == mark


def row(name: str, rate: str, *, is_all: bool = False, is_incomplete: bool | None = False) -> dict:
    return {"name": name, "rate": rate, "is_all": is_all, "is_incomplete": is_incomplete}


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([row("Calm", "30%"), row("Hope", "60%"), row("All strands", "90%", is_all=True)], "Hope grew most often, calm least"),
        ([row("Calm", "30%"), row("Hope", "")], "How the targets moved"),
        ([row("Calm", "30%"), row("Hope", "30%")], "How the targets moved"),
        ([row("Calm", "30%"), row("Hope", "60%"), row("Help", "")], "How the targets moved"),
        ([row("Calm", "30%"), row("Hope", "60%"), row("Help", "60%")], "How the targets moved"),
        ([row("Calm", "30%"), row("Hope", "60%"), row("Help", "30%")], "How the targets moved"),
        ([row("Calm", "30%"), row("Hope", "60%", is_incomplete=True)], "How the targets moved"),
        ([row("Calm", "30%", is_incomplete=None), row("Hope", "60%")], "How the targets moved"),
    ],
)
def test_the_sheet_says_first_what_grew_most_often_where_the_figures_of_all_strands_say_so(rows, says):
    assert finding(rows) == says


def test_a_style_sheet_without_a_colour_is_not_printed_with():
    with pytest.raises(NotBuilt, match="no colour brand"):
        colour(".dreams{--ink: black}", "dreams", "brand")
