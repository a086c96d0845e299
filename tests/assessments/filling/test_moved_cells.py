"""A sheet whose protection somebody took off: cells that were sorted or moved never give a pupil another pupil's judgement."""

import pytest

from pupils.models import Pupil
from schools.tenancy import in_school
from tests.factories.assessments import ReviewFactory
from tests.factories.pupils import PupilFactory
from tests.factories.targets import TargetFactory


def move(sheet, columns: str, *rows: int) -> None:
    """Move these columns of some rows, each one on and the last to the first, as sorting them without the seal does."""
    values = [[sheet[f"{column}{row}"].value for column in columns] for row in rows]
    for row, cells in zip(rows, [values[-1], *values[:-1]], strict=True):
        for column, value in zip(columns, cells, strict=True):
            sheet[f"{column}{row}"] = value


@pytest.mark.parametrize(("rows", "kept"), [((3, 5), "=I wait"), ((3, 4), "I join in")], ids=["to another pupil", "to another target"])
def test_a_row_whose_cells_were_moved_away_from_its_seal_gives_its_values_to_nobody(download, bring_back, press, judged, rows, kept):
    book = download()
    for row in (3, 4, 5):
        book.active[f"F{row}"] = str(row - 2)
    move(book.active, "BCDEFGH", *rows)
    page = bring_back(book)
    assert [f"<b>Row {row}:</b> Pupil and target here are not those" in page for row in (3, 4, 5)] == [row in rows for row in (3, 4, 5)]
    press(page)
    assert list(judged()) == [kept]


def test_whole_rows_may_be_sorted_with_their_seals(download, bring_back, press, judged):
    book = download()
    book.active["F3"], book.active["F5"] = "3", "1"
    move(book.active, "ABCDEFGH", 3, 4, 5)
    press(bring_back(book))
    assert judged() == {"I ask for help": (3, "keep", ""), "I join in": (1, "keep", "")}


def test_a_name_or_wording_changed_since_the_sheet_was_taken_does_no_harm(download, bring_back, press, judged, reviews, target_of, school):
    book = download()
    book.active["F5"] = "3"
    target = target_of("I join in")
    with in_school(school):
        pupil = Pupil.objects.get(pk=reviews[1].pupil_id)
        pupil.preferred_forename = "Sammy"
        pupil.save(update_fields=["preferred_forename"])
        type(target).objects.filter(pk=target.pk).update(wording="I join a game")
    press(bring_back(book))
    assert judged() == {"I join a game": (3, "keep", "")}


def test_two_pupils_of_one_short_name_are_told_apart_on_the_sheet_and_by_it(download, bring_back, judged, reviews, school):
    for surname, born in (("Snow", "2013-01-02"), ("Snow", "2013-05-06")):
        other = PupilFactory(school=school, forename="Sam", surname=surname, registration_group="7B", date_of_birth=born)
        TargetFactory(pupil=other, wording="I join in", slot=1, start=1, aim=3, review_on=reviews[0].cycle.due_on)
        ReviewFactory(pupil=other, cycle=reviews[0].cycle)
    book = download()
    names = [book.active[f"B{row}"].value for row in (5, 6, 7)]
    assert sorted(names) == ["Sam Snow, born 2 January 2013", "Sam Snow, born 6 May 2013", "Sam Stone"]
    book.active["F5"] = "3"
    move(book.active, "BCDEFGH", 5, 6, 7)
    page = bring_back(book)
    assert page.count("Pupil and target here are not those") == 3
    assert "Put them in" not in page
