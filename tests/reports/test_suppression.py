"""What may be published: examples of the rules, and a reader who tries to work out what is hidden."""

from dataclasses import replace

import pytest

from reports.suppression import (
    ALL,
    BASES,
    HIDDEN,
    Cell,
    Exact,
    Hidden,
    Published,
    SchoolFigures,
    Shown,
    Total,
    hide_small,
    may_show_work,
    publish,
    rate,
)
from reports.twins import Twins
from tests.reports.partnerships import partnership, reader, secrets, truth_of

PARTNERSHIPS, CHUNK = 300, 30
THRESHOLDS = (5, 3, 10)


def row(**figures: int) -> Exact:
    """20 pupils, 40 targets: 24 moved on, 10 the same, 6 gone back."""
    usual = {
        "pupils": 20,
        "pupils_moved_on": 14,
        "judged": 40,
        "moved_on": 24,
        "same": 10,
        "gone_back": 6,
        "achieved": 12,
        "held": 0,
        "not_seen": 0,
        "too_new": 6,
    }
    return Exact(**usual | figures)


def added(*rows: Exact, pupils: int, pupils_moved_on: int) -> Exact:
    """The row of all strands: targets add up, pupils do not."""
    return Exact(
        pupils,
        pupils_moved_on,
        *(
            sum(getattr(each, name) for each in rows)
            for name in ("judged", "moved_on", "same", "gone_back", "achieved", "held", "not_seen", "too_new")
        ),
    )


def school(name: str = "a", group: str = "dreams", **strands: Exact) -> SchoolFigures:
    every = added(*strands.values(), pupils=max((each.pupils for each in strands.values()), default=0) + 6, pupils_moved_on=18)
    return SchoolFigures(name, group, {ALL: every, **strands})


def cells_of(published: Published, key: str = ALL, place: int = 0) -> dict[str, Cell]:
    return dict(published.schools[place].rows[key])


def test_large_numbers_are_shown():
    published = publish([school(calm=row(), friends=row())])
    assert Hidden not in {type(cell) for cell in cells_of(published).values()}
    assert cells_of(published, "calm")["moved_on"] == Shown(24)


def test_a_small_number_is_hidden_and_one_more_in_its_row_and_in_its_column():
    published = publish([school(calm=row(gone_back=2, same=14), friends=row(), hopes=row())])
    calm = cells_of(published, "calm")
    assert calm["gone_back"] == calm["same"] == HIDDEN
    assert calm["moved_on"] == Shown(24)
    others = [cells_of(published, key)["gone_back"] for key in ("friends", "hopes", ALL)]
    assert HIDDEN in others


def test_a_number_that_leaves_few_is_hidden_too():
    """18 of 20 pupils moved on would say that 2 did not."""
    published = publish([school(calm=row(pupils_moved_on=18), friends=row(), hopes=row())])
    assert cells_of(published, "calm")["pupils_moved_on"] == HIDDEN
    assert cells_of(published, "calm")["pupils"] == Shown(20)


def test_a_rest_of_few_targets_is_not_to_be_worked_out():
    """6 of 10 moved on would say that 4 did not; and with 4 gone back, the other two would come to 6."""
    few = Exact(9, 6, 10, 6, 2, 2, 5, 0, 0, 6)
    calm = cells_of(publish([school(calm=few, friends=row(), hopes=row())]), "calm")
    assert HIDDEN in (calm["moved_on"], calm["moving"])


def test_a_row_of_few_pupils_is_hidden_whole():
    few = Exact(3, 2, 5, 3, 2, 0, 1, 0, 0, 6)
    published = publish([school(calm=few, friends=row(), hopes=row())])
    shown = {column for column, cell in cells_of(published, "calm").items() if cell != HIDDEN}
    assert shown <= {"gone_back", "held", "hold", "not_seen"}, "only a zero that follows from the zero of all strands"
    assert all(cells_of(published, "calm")[column] == Shown(0) for column in shown)


def test_targets_of_few_pupils_are_hidden_though_they_are_many():
    published = publish([school(calm=row(pupils_moved_on=3), friends=row(), hopes=row())])
    assert cells_of(published, "calm")["moved_on"] == HIDDEN


@pytest.mark.parametrize(("threshold", "is_shown"), [(3, True), (5, False), (10, False)])
def test_the_threshold_is_the_partnerships_own(threshold, is_shown):
    published = publish([school(calm=row(gone_back=4, same=12), friends=row(), hopes=row())], threshold=threshold)
    assert (cells_of(published, "calm")["gone_back"] == Shown(4)) is is_shown


def test_another_threshold_is_refused():
    with pytest.raises(ValueError, match="threshold"):
        publish([], threshold=1)


def test_a_total_needs_three_schools_that_show_the_number():
    three = [school(name, calm=row()) for name in "abc"]
    assert publish(three).totals["dreams"][ALL]["moved_on"] == Total(Shown(72), Shown(120), 3)
    assert publish(three[:2]).totals["dreams"][ALL]["moved_on"] == Total(HIDDEN, HIDDEN, 2)
    mixed = [*three[:2], replace(three[2], group="horizons")]
    assert publish(mixed).totals["horizons"][ALL]["moved_on"].cell == HIDDEN
    assert publish(mixed).overall[ALL]["moved_on"] == Total(Shown(72), Shown(120), 3)


def test_a_total_leaves_out_the_school_that_hides_the_number():
    schools = [school(name, calm=row()) for name in "abc"] + [school("d", calm=row(gone_back=2, same=14))]
    total = publish(schools).totals["dreams"]["calm"]["gone_back"]
    assert total == Total(Shown(18), Shown(120), 3)


@pytest.mark.parametrize(
    ("part", "of", "per_cent"),
    [
        (Shown(5), Shown(10), 50),
        (Shown(0), Shown(12), 0),
        (Shown(7), Shown(9), None),
        (HIDDEN, Shown(30), None),
        (Shown(9), HIDDEN, None),
        (Shown(33), Shown(48), 69),
    ],
)
def test_a_rate_needs_ten_and_both_of_its_numbers(part, of, per_cent):
    assert rate(part, of) == per_cent


@pytest.mark.parametrize(("pupils", "may"), [(4, False), (5, True)])
def test_counts_of_work_are_shown_from_five_pupils(pupils, may):
    assert may_show_work(pupils) is may


def test_a_school_without_figures_is_shown_as_such():
    nothing = Exact(*[0] * 10)
    assert set(cells_of(publish([SchoolFigures("a", "dreams", {ALL: nothing, "calm": nothing})]), "calm").values()) == {Shown(0)}


# -- a reader who tries


def case(seed: int):
    return partnership(seed), THRESHOLDS[seed % 3]


@pytest.mark.parametrize("first", range(0, PARTNERSHIPS, CHUNK))
def test_nobody_works_out_a_hidden_number(first):
    """Neither the public nor the head of any school, who knows the own school exactly."""
    for seed in range(first, first + CHUNK):
        schools, threshold = case(seed)
        published, earlier = publish(schools, threshold=threshold), {}
        for own in (None, *(each.school for each in schools)):
            hidden = secrets(schools, published, threshold, own=own)
            assert reader(schools, published, own=own, earlier=earlier).worked_out(hidden) == [], f"partnership {seed}, reader {own}"


def test_what_is_shown_is_true_and_never_small():
    for seed in range(2 * CHUNK):
        schools, threshold = case(seed)
        truth = truth_of(schools)
        for each in publish(schools, threshold=threshold).schools:
            for key, cells in each.rows.items():
                for column, cell in cells.items():
                    value = truth[each.school, key, column]
                    assert cell in (HIDDEN, Shown(value))
                    assert cell == HIDDEN or not 0 < value < threshold


def test_control_without_secondary_suppression_the_reader_works_numbers_out():
    schools, threshold = case(0)
    published = publish(schools, threshold=threshold, hiding=hide_small)
    assert reader(schools, published).worked_out(secrets(schools, published, threshold))


def test_the_twins_of_a_table_hold_no_more_pupils_than_reviews_are_completed():
    """All four pupils have a target in each strand: a fifth could be in all strands alone, a fourth could be missing in none."""
    strand = row(pupils=4, pupils_moved_on=2, judged=8, moved_on=4, same=4, gone_back=0, achieved=2)
    rows = {key: each.numbers() for key, each in school(calm=strand, friends=strand, hopes=strand).rows.items()}
    rows[ALL] |= {"pupils": 4, "pupils_moved_on": 2, "pupils_not_moved_on": 2}
    free = lambda place: 0.0  # noqa: E731
    assert Twins(rows).cheapest((ALL, "pupils"), free) is not None
    assert Twins(rows, most_pupils=4).cheapest((ALL, "pupils"), free) is None


def test_control_a_total_over_hidden_schools_is_worked_out():
    """The total of four schools, of which one hides its number."""
    schools = [school(name, calm=row(), friends=row()) for name in "abc"]
    schools.append(school("d", calm=row(gone_back=2, same=14), friends=row()))
    published = with_total_of_all(publish(schools), schools)
    everyone = lambda *_: True  # noqa: E731
    found = reader(schools, published, contributes=everyone).worked_out(secrets(schools, published, 5))
    assert ("d", "calm", "gone_back") in found


def test_control_a_head_works_out_the_other_hidden_school():
    """Two schools hide a number, and one head knows one of them."""
    few = {"calm": row(gone_back=2, same=14), "friends": row()}
    schools = [school(name, calm=row(), friends=row()) for name in "abc"] + [school("d", **few), school("e", **few)]
    published = with_total_of_all(publish(schools), schools)
    everyone = lambda *_: True  # noqa: E731
    hidden = secrets(schools, published, 5, own="e")
    assert ("d", "calm", "gone_back") not in reader(schools, published, contributes=everyone).worked_out(hidden)
    assert ("d", "calm", "gone_back") in reader(schools, published, own="e", contributes=everyone).worked_out(hidden)


def with_total_of_all(published: Published, schools: list[SchoolFigures]) -> Published:
    """A wrong publication: the total of one column adds the schools that hide it."""
    total = sum(each.rows["calm"].gone_back for each in schools)
    columns = {"gone_back": Total(Shown(total), Shown(total), len(schools))}
    return replace(published, totals={"dreams": {"calm": columns}}, overall={})


def test_every_base_is_a_column_that_is_published():
    columns = set(cells_of(publish([school(calm=row())])))
    assert set(BASES) | set(BASES.values()) <= columns
