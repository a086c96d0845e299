"""Chips fold away what stands behind, and a question shows last time at the end of its line."""

from tests.look.drawing import drawn

HELPS = [(number, f"Help {number}") for number in range(1, 6)]


def test_chips_without_a_limit_are_all_in_sight():
    assert "<details" not in drawn('{% chips "helped" "What helped?" helps %}', helps=HELPS)


def test_chips_behind_the_first_are_folded_away_and_post_like_the_others():
    html = drawn('{% chips "helped" "What helped?" helps at_first=2 %}', helps=HELPS)
    shown, folded = html.split("<details", 1)
    assert "Help 2" in shown
    assert "Help 3" not in shown
    assert "Help 5" in folded
    assert html.count('name="helped"') == len(HELPS)
    assert len({part.split('"')[0] for part in html.split('id="')[1:]}) == len(HELPS)
    assert not folded.split(">")[0].endswith("open")


def test_what_is_chosen_is_never_folded_away():
    html = drawn('{% chips "helped" "What helped?" helps chosen at_first=2 %}', helps=HELPS, chosen=["4"])
    assert html.split("<details", 1)[1].split(">")[0].endswith("open")


def test_last_time_stands_in_the_question_with_shape_and_word():
    html = drawn("{% with_last_time words 3 %}", words="<b>Take turns</b>")
    assert "#step-3" in html
    assert "Almost" in html
    assert "&lt;b&gt;Take turns" in html
    assert "Last time" not in drawn('{% with_last_time "Take turns" None %}')
