"""Charts say in words and numbers what they draw."""

import re

import pytest

from config.ui.charts import shade_of
from tests.look.drawing import drawn


def test_stairs_say_what_they_show():
    html = drawn("{% stairs 's' points 1 4 %}", points=[("Spring", 1), ("Summer", 3), ("Autumn", 2)])
    assert "Start: Started. Spring: Started. Summer: Almost. Autumn: Getting there. Aim: Done it." in html
    assert 'd="M124 128V128h66V56h66V92h66"' in html
    assert html.count('class="disc"') == 3


def test_stairs_of_a_new_target_show_start_and_aim_alone():
    html = drawn("{% stairs 's' points 1 4 %}", points=[])
    assert "Start: Started. Aim: Done it." in html
    assert 'class="edge"' not in html


def test_a_bar_fills_its_width_and_leaves_out_what_is_nothing():
    html = drawn("{% stacked_bar 'Communicating' numbers %}", numbers=[0, 1, 1, 1, 1])
    assert html.count("<rect") == 4
    assert [float(width) for width in re.findall(r'width="([\d.]+)%"', html)] == [25.0] * 4
    assert "Not started 0, Started 1" in html


def test_a_bar_of_nothing_is_no_crash():
    assert "<rect" not in drawn("{% stacked_bar 'Communicating' numbers %}", numbers=[0, 0, 0, 0, 0])


@pytest.mark.parametrize(("share", "shade"), [(0, 0), (39, 0), (40, 1), (50, 2), (60, 3), (69, 3), (70, 4), (100, 4)])
def test_shades_change_at_the_edges_of_the_legend(share, shade):
    assert shade_of(share) == shade


def test_a_heat_cell_carries_its_figures():
    html = drawn("{% heat_cell 9 26 'Communicating' '/list/' %}")
    assert "35%" in html
    assert "9 of 26" in html
    assert "heat-0" in html


def test_a_heat_cell_says_what_was_left_out_of_it():
    assert ">incomplete, 4 not seen<" in drawn("{% heat_cell 9 26 'Communicating' note='incomplete, 4 not seen' %}")
    assert "small" not in drawn("{% heat_cell 9 26 'Communicating' %}")


def test_under_ten_pupils_a_heat_cell_has_no_per_cent_and_no_shade():
    html = drawn("{% heat_cell 7 9 'Communicating' '/list/' %}")
    assert "7 of 9" in html
    assert "%" not in html
    assert "heat-few" in html


def test_a_bar_of_movement_says_what_it_draws_with_signs_beside_the_shades():
    html = drawn("{% movement_bar 'Communicating' numbers %}", numbers=[5, 30, 65])
    assert "Communicating: gone back 5, same 30, moved on 65" in html
    assert [float(width) for width in re.findall(r'width="([\d.]+)%"', html)] == [5.0, 30.0, 65.0]
    assert "↓ 5" in html


def test_two_numbers_are_those_that_did_not_move_on_and_those_that_did():
    assert "same or gone back 22, moved on 41" in drawn("{% movement_bar 'Independence' numbers %}", numbers=[22, 41])


def test_a_hidden_figure_says_why():
    assert "hidden to protect pupils" in drawn('{% heat_hidden "c" meaning="hidden to protect pupils" %}')


@pytest.mark.parametrize(("done", "total", "width"), [(0, 0, "0%"), (0, 3, "0.0%"), (3, 3, "100.0%")])
def test_progress_of_nothing_is_nothing(done, total, width):
    assert f'width="{width}"' in drawn("{% progress done total 'targets done' %}", done=done, total=total)
