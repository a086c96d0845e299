"""A class as a workbook: out and back again, with everything that can be wrong with it said at its place."""

from datetime import timedelta

import pytest
from django.core import signing
from django.utils.timezone import localdate

from assessments import services
from assessments.filling.workbook import HEADINGS
from assessments.services.filling import SALT
from assessments.services.judging import values_of_line
from assessments.services.lines import lines_of
from assessments.services.rows import save_row
from pupils.models import Pupil
from schools.tenancy import in_school
from targets import services as targets
from targets.services.targets import Closing
from tests.counting import assert_does_not_grow
from tests.factories.pupils import KeyWorkerFactory
from tests.factories.targets import TargetFactory

STEP, NEXT, NOTE = "F", "G", "H"


def test_the_sheet_has_a_row_a_target_as_text_with_the_open_cells_unlocked_and_the_seal_hidden(download, reviews):
    sheet = download().active
    assert tuple(cell.value for cell in sheet[2]) == HEADINGS
    assert [sheet[f"C{row}"].value for row in (3, 4, 5)] == ["I ask for help", "=I wait", "I join in"]
    assert {cell.data_type for row in sheet.iter_rows(min_row=3) for cell in row} <= {"s", "n"}
    assert all(cell.value is None for row in sheet.iter_rows(min_row=3, min_col=6) for cell in row)
    assert sheet.protection.sheet
    assert sheet.column_dimensions["A"].hidden
    assert [sheet[f"{column}3"].protection.locked for column in "ABFGH"] == [True, True, False, False, False]
    assert [sheet[f"B{row}"].value for row in (3, 5)] == ["Ravi P.", "Sam S."]


def test_what_is_filled_in_is_shown_first_put_in_by_the_button_and_comes_back_equal(download, bring_back, press, judged):
    book = download()
    for cell, value in {"F3": 3, "F4": "x", "G3": "Next step", "H3": "=Once a week", "F5": "Getting there"}.items():
        book.active[cell] = value
        book.active[cell].data_type = "n" if value == 3 else "s"
    page = bring_back(book)
    assert "7 cells will change" in page
    assert judged() == {}
    assert "3 rows changed" in press(page)
    assert judged() == {"I ask for help": (3, "next_step", "=Once a week"), "=I wait": ("x", "keep", ""), "I join in": (2, "keep", "")}
    again = download()
    assert [again.active[cell].value for cell in ("F3", "G3", "H3", "F4")] == ["Almost", "Next step", "=Once a week", "Not seen"]
    assert again.active["H3"].data_type == "s"
    assert "0 cells will change" in bring_back(again)


def test_an_empty_cell_leaves_what_is_there(download, bring_back, press, judged):
    book = download()
    book.active["F3"], book.active["H3"] = "2", "Seen in maths"
    press(bring_back(book))
    book = download()
    book.active["F3"], book.active["H3"] = None, "Seen twice"
    press(bring_back(book))
    assert judged() == {"I ask for help": (2, "keep", "Seen twice")}


def test_all_of_it_is_undone_at_once(download, bring_back, press, judged):
    book = download()
    for row in (3, 4, 5):
        book.active[f"F{row}"] = "4"
    done = press(bring_back(book))
    assert len(judged()) == 3
    assert "is undone" in press(done, undo="1")
    assert judged() == {}


def test_undoing_is_refused_as_a_whole_after_somebody_elses_change(download, bring_back, press, judged, reviews, senco, target_of):
    book = download()
    book.active["F3"], book.active["F5"] = "4", "4"
    done = press(bring_back(book))
    change(reviews, senco, target_of("I join in"), step=1)
    assert "Nothing was undone" in press(done, undo="1")
    assert judged()["I ask for help"][0] == 4
    assert judged()["I join in"][0] == 1


def change(reviews, senco, target, **mine) -> None:
    review = next(each for each in reviews if each.pupil_id == target.pupil_id)
    with in_school(review.school_id):
        base = next(values_of_line(line) for line in lines_of(review) if line.target.pk == target.pk)
        save_row(review=review, target_id=target.pk, base=base, mine=mine, by=senco)


def test_what_somebody_changed_since_the_download_is_not_overwritten(download, bring_back, press, judged, reviews, senco, target_of):
    book = download()
    change(reviews, senco, target_of("I ask for help"), step=1)
    change(reviews, senco, target_of("I join in"), note="Hers")
    book.active["F3"], book.active["F5"] = "4", "2"
    page = bring_back(book)
    assert "somebody wrote “Started” since you took the sheet. Yours is “Done it”" in page
    assert "2 cells will change" in page
    press(page)
    assert judged() == {"I ask for help": (1, "keep", ""), "I join in": (2, "keep", "Hers")}


def test_a_change_between_preview_and_button_writes_nothing(download, bring_back, press, judged, reviews, senco, target_of):
    book = download()
    book.active["F3"], book.active["F5"] = "4", "4"
    page = bring_back(book)
    change(reviews, senco, target_of("I join in"), step=1)
    assert "Nothing was put in" in press(page)
    assert judged() == {"I join in": (1, "keep", "")}


@pytest.mark.parametrize(
    ("seal", "said"),
    [
        (lambda old: old[:-3] + "abc", "lost its hidden seal"),
        (lambda old: None, "lost its hidden seal"),
        (lambda old: resealed(old, 1, 10_000), "another cycle or of another school"),
        (lambda old: resealed(old, 0, 10_000), "another cycle or of another school"),
        (lambda old: resealed(old, 3, 10_000), "not part of an open review"),
        (lambda old: resealed(old, 2, 10_000), "not part of an open review"),
    ],
)
def test_a_row_with_another_seal_is_refused_at_its_place_and_the_others_are_read(download, bring_back, press, judged, seal, said):
    book = download()
    book.active["A3"] = seal(book.active["A3"].value)
    book.active["F3"], book.active["F5"] = "4", "2"
    page = bring_back(book)
    assert "<b>Row 3:</b> " in page
    assert said in page
    press(page)
    assert judged() == {"I join in": (2, "keep", "")}


def resealed(seal: str, place: int, value: int) -> str:
    """As if our own server had sealed the sheet of another cycle, school, review or target."""
    content = signing.loads(seal, salt=SALT)
    content[place] = value
    return signing.dumps(content, salt=SALT, compress=True)


def test_of_a_row_that_was_copied_neither_is_put_in(download, bring_back, press, judged):
    book = download()
    book.active["F3"], book.active["F5"] = "2", "1"
    book.active["A6"], book.active["F6"] = book.active["A3"].value, "4"
    page = bring_back(book)
    assert [f"<b>Row {row}:</b> This target stands here twice" in page for row in (3, 5, 6)] == [True, False, True]
    press(page)
    assert judged() == {"I join in": (1, "keep", "")}


def test_a_next_action_that_came_filled_in_follows_the_step_and_one_that_was_chosen_stays(download, bring_back, press, judged):
    book = download()
    for row in (3, 5):
        book.active[f"F{row}"] = "3"
    press(bring_back(book))
    book = download()
    book.active["F3"], book.active["F5"], book.active["G5"] = "4", "4", "Next step"
    page = bring_back(book)
    assert page.count("Next, which follows the step") == 1
    press(page)
    assert judged() == {"I ask for help": (4, "close", ""), "I join in": (4, "next_step", "")}


def test_what_is_not_understood_is_said_with_its_row(download, bring_back):
    book = download()
    book.active["F3"], book.active["G4"], book.active["F5"] = "good", "stop", "2"
    page = bring_back(book)
    assert "2 cells will change</b>, 2 not understood" in page
    assert "<b>Row 3:</b> This term: “good” is no step" in page
    assert "<b>Row 4:</b> Next: “stop” is no next action" in page


def test_of_a_target_closed_meanwhile_the_note_alone_is_taken(download, bring_back, press, judged, target_of, senco, school):
    book = download()
    with in_school(school):
        targets.close_target(target=target_of("I join in"), closing=Closing(step=3), by=senco)
    book.active["F5"], book.active["H5"] = "1", "Mine"
    page = bring_back(book)
    assert "so its step stands" in page
    press(page)
    assert judged()["I join in"] == (3, "close", "Mine")


def test_a_pupil_who_left_takes_nothing(download, bring_back, reviews, school):
    book = download()
    book.active["F3"], book.active["F5"] = "2", "2"
    with in_school(school):
        Pupil.objects.filter(pk=reviews[1].pupil_id).update(left_on=localdate() - timedelta(days=1))
    page = bring_back(book)
    assert "<b>Row 5:</b> This target is not part of an open review" in page
    assert "2 cells will change" in page


def test_a_closed_cycle_takes_nothing(download, bring_back, reviews, senco, school):
    book = download()
    book.active["F3"] = "2"
    with in_school(school):
        services.close_cycle(cycle=reviews[0].cycle, by=senco)
    assert "not part of an open review" in bring_back(book)


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "sheet.xlsx", "empty"),
        (b"a,b", "sheet.csv", "not the sheet of a class"),
        (b"a,b", "sheet.xlsx", "do not rename it"),
        (b"PK\x03\x04 broken", "sheet.xlsx", "damaged"),
        (b"x", "sheet.xlsm", "macros"),
    ],
)
def test_another_file_is_refused_at_its_place(client, senco, reviews, bring_back, content, name, said):
    client.force_login(senco)
    assert said in bring_back(content, name)


def test_a_workbook_that_is_not_ours_is_refused(download, bring_back):
    book = download()
    book.active["C2"] = "Something else"
    assert "not the sheet of a class" in bring_back(book)


def test_a_parcel_of_somebody_else_or_torn_puts_nothing_in(download, bring_back, press, judged, client, member, school):
    book = download()
    book.active["F3"] = "2"
    page = bring_back(book)
    assert "too old" in press(page.replace('name="parcel" value="', 'name="parcel" value="x'))
    assert "too old" in press(page, undo="1")
    client.force_login(member(school, "senco"))
    assert "too old" in press(page)
    assert judged() == {}


def test_a_key_worker_takes_and_brings_back_own_pupils_only(client, key_worker, reviews, address, download, bring_back, press, judged):
    book = download()
    book.active["F3"], book.active["F5"] = "2", "2"
    client.force_login(key_worker)
    for name in ("review-sheet", "review-sheet-back"):
        assert client.get(address(name)).status_code == 404
    KeyWorkerFactory(pupil=reviews[1].pupil, user=key_worker)
    page = bring_back(book)
    assert "not part of an open review" in page
    press(page)
    assert judged() == {"I join in": (2, "keep", "")}


@pytest.mark.parametrize("name", ["review-sheet", "review-sheet-back"])
def test_the_pages_do_not_grow_in_queries(client, senco, reviews, address, name):
    client.force_login(senco)

    def more() -> None:
        for slot in (2, 3, 4, 5):
            TargetFactory(pupil=reviews[1].pupil, slot=slot)

    assert_does_not_grow(client, address(name), more, at_most=14)
