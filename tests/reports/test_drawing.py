"""Drawings: each says in words what it shows, and shape and number stand beside every colour."""

from xml.etree import ElementTree

import pytest

from reports.drawing import STEPS, Ladder, Palette, Part, aim_sign, bar, flag, mark, qr, shape, sign, stairs, swatch

PALETTE = Palette(ink="ink", brand="brand", tint="tint", quiet="quiet", accent="accent")
NASTY = "\"><script>&'x</script>"


def parsed(drawing: str) -> ElementTree.Element:
    """The drawing, which has to be well formed."""
    return ElementTree.fromstring(drawing)  # noqa: S314  our own drawing


def texts(drawing: str) -> list[str]:
    return [element.text or "" for element in parsed(drawing).iter() if element.tag.endswith("text")]


def title(drawing: str) -> str:
    return next(element.text or "" for element in parsed(drawing).iter() if element.tag.endswith("title"))


@pytest.mark.parametrize("start", range(5))
@pytest.mark.parametrize("now", [None, 0, 1, 2, 3, 4])
def test_a_ladder_says_start_now_and_aim_in_its_title(start, now):
    said = title(Ladder(start, now, max(start, 3), PALETTE).draw())
    assert STEPS[start] in said
    assert f"Aim: {STEPS[max(start, 3)]}." in said
    assert "Not seen this time." in said if now is None else STEPS[now] in said


@pytest.mark.parametrize(
    ("start", "now", "labels"),
    [(1, 3, ["Start", "Now"]), (3, 1, ["Start", "Now"]), (2, 2, ["Start and now"]), (2, None, ["Start"])],
)
def test_a_ladder_labels_start_and_now_without_colour(start, now, labels):
    assert texts(Ladder(start, now, 4, PALETTE).draw()) == labels


def test_the_way_back_is_drawn_in_the_same_colours_as_the_way_on():
    colours = [{part.attrib.get("fill") for part in parsed(Ladder(a, b, 4, PALETTE).draw()).iter()} for a, b in ((1, 3), (3, 1))]
    assert colours[0] == colours[1]


def test_long_labels_stay_inside_the_drawing():
    for step in (0, 4):
        label = next(e for e in parsed(Ladder(step, step, 4, PALETTE).draw()).iter() if e.tag.endswith("text"))
        assert (label.attrib["text-anchor"], float(label.attrib["x"])) == (("start", 0.0) if step == 0 else ("end", 80.0))


def test_the_five_signs_and_the_flag_have_different_shapes():
    assert len({shape(step, 3, 3, 2, "black", 0.4) for step in range(5)} | {flag(3, 6, 5, "black")}) == 6
    assert [title(sign(step, PALETTE)) for step in range(5)] == list(STEPS)
    assert title(aim_sign(PALETTE)) == "Aim"


def test_a_bar_prints_the_number_of_each_part_and_says_them():
    drawing = bar([Part("Gone back", 5, "a", "b"), Part("Same", 0, "a", "b"), Part("Moved on", 15, "a", "b")], "Calm", "edge")
    assert texts(drawing) == ["5", "15"]
    assert title(drawing) == "Calm: Gone back 5, Moved on 15; 20 targets."


def test_a_joined_part_is_hatched():
    joined = Part("Same or gone back", 8, "a", "b", is_joined=True)
    assert bar([joined], "Calm", "edge").count("<path") == 1
    assert swatch(joined, "edge").count("<path") == 1
    assert swatch(Part("Same", 8, "a", "b"), "edge").count("<path") == 0


def test_every_text_in_a_drawing_is_escaped():
    words = [NASTY] * 5
    drawings = [
        Ladder(1, 3, 4, PALETTE, words).draw(),
        bar([Part(NASTY, 5, "a", "b")], NASTY, "edge"),
        sign(1, PALETTE, words),
        swatch(Part(NASTY, 1, "a", "b"), "edge"),
        stairs(["a"] * 5, "edge", ["b"] * 5, words),
        qr(f"https://progress.example/{NASTY}", 30, NASTY),
    ]
    assert [drawing for drawing in drawings if "<script" in drawing] == []
    assert all(NASTY in title(drawing) for drawing in drawings)


@pytest.mark.parametrize("look", ["dreams", "horizons"])
def test_each_look_has_its_mark(look):
    assert title(mark(look, PALETTE)) == "Mark of the programme"
    assert mark("dreams", PALETTE) != mark("horizons", PALETTE)


def test_the_stairs_of_a_cover_name_every_step():
    assert texts(stairs(["a"] * 5, "edge", ["b"] * 5)) == list(STEPS)
