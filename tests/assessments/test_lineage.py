"""The line of a target through the rows that it was carried on from."""

from assessments.lineage import Origin, Past, history_of, line_of

ORIGINS = {1: Origin(None, 0), 2: Origin(1, 2), 3: Origin(2, 3), 9: Origin(None, 4)}
AUTUMN, SPRING = (2026, "autumn"), (2026, "spring")
PAST = (Past(1, 2, AUTUMN), Past(9, 4, AUTUMN), Past(2, None, SPRING), Past(2, 3, SPRING, True))


def test_the_line_goes_back_to_the_first_row():
    assert list(line_of(3, ORIGINS)) == [3, 2, 1]


def test_a_history_holds_its_own_line_and_no_other():
    history = history_of(3, ORIGINS, PAST)
    assert history.steps == (2, None, 3)
    assert history.first_start == 0


def test_what_another_row_of_the_line_achieved_is_not_this_row_s():
    assert history_of(2, ORIGINS, PAST).was_achieved
    assert not history_of(3, ORIGINS, PAST).was_achieved


def test_the_steps_before_a_term_leave_that_term_out():
    assert history_of(3, ORIGINS, PAST).steps_before(SPRING) == (2,)
