"""Pasting through its page: understood, asked about, put in, undone."""

import re

import pytest

from assessments.models import OldWord, Review
from schools.models import AuditEvent
from schools.tenancy import in_school
from tests.clipboard import TWO_LINES
from tests.counting import assert_does_not_grow
from tests.factories.assessments import ReviewFactory
from tests.factories.pupils import KeyWorkerFactory, PupilFactory
from tests.factories.targets import TargetFactory

MARKUP = '<img src=x onerror="alert(1)">'


@pytest.fixture
def paste(client, senco, address):
    """Paste as the SENCO, with answers where there are any; give back the page that comes of it."""
    client.force_login(senco)
    return lambda text, **answers: client.post(address("review-paste"), {"text": text, **answers}).text


def words(reviews) -> dict[str, int | None]:
    with in_school(reviews[0].school_id):
        return dict(OldWord.objects.values_list("word", "step"))


def test_rows_in_the_order_of_the_class_are_shown_put_in_and_undone_as_a_whole(paste, press, judged):
    page = paste("3\tNext step\tOnce a week\nx\n\t\tOnly a note")
    assert "6 cells will change" in page
    assert judged() == {}
    done = press(page)
    assert judged() == {
        "I ask for help": (3, "next_step", "Once a week"),
        "=I wait": ("x", "keep", ""),
        "I join in": (None, "", "Only a note"),
    }
    press(done, undo="1")
    assert judged() == {}


def test_rows_with_names_are_matched_by_them(paste, press, judged):
    press(paste("Stone, Sam\t4\nRavi P.\t1"))
    assert judged() == {"I join in": (4, "close", ""), "I ask for help": (1, "keep", "")}


def test_a_note_of_two_lines_is_one_cell_and_moves_no_row_below_it(paste, press, judged):
    press(paste(f"{TWO_LINES}\n1\tKeep\t"))
    assert judged() == {
        "I ask for help": (3, "keep", "Seen in maths and in PE"),
        "=I wait": (2, "keep", "ok"),
        "I join in": (1, "keep", ""),
    }


def test_the_second_line_of_a_note_is_nobodys_name(paste, press, judged):
    page = paste('Sam\t3\tKeep\t"Seen in maths\nand in PE"\nRavi\t2')
    assert "There is no pupil called" not in page
    press(page)
    assert judged() == {"I join in": (3, "keep", "Seen in maths and in PE"), "I ask for help": (2, "keep", "")}


def test_where_it_cannot_be_seen_where_a_cell_ends_the_whole_paste_is_refused(paste, judged):
    page = paste('Sam\t3\tKeep\t"\nRavi\t2\tKeep\t"\nRavi\t1')
    assert "Row 1: it cannot be seen where a cell ends" in page
    assert "will change" not in page


def follows(page: str) -> list[tuple[str, str]]:
    """What the preview says of each next action that nobody wrote, but that follows its step: before and after."""
    return re.findall(r">Next, which follows the step</td>.*?</span>([^<]*)</del>.*?</span>([^<]*)</ins>", page, re.S)


def test_a_next_action_that_is_pasted_stays_even_where_it_stood_there_before(paste, press, judged):
    press(paste("Stone, Sam\t3\tKeep"))
    page = paste("Stone, Sam\t4\tKeep")
    assert follows(page) == []
    press(page)
    assert judged() == {"I join in": (4, "keep", "")}


def test_a_next_action_that_follows_the_step_is_shown_as_a_change_of_its_own(paste, press, judged):
    press(paste("Stone, Sam\t3"))
    page = paste("Stone, Sam\t4")
    assert "2 cells will change" in page
    assert follows(page) == [("Keep", "Close")]
    press(page)
    assert judged() == {"I join in": (4, "close", "")}


def test_undoing_brings_back_the_next_action_with_the_step(paste, press, judged):
    press(paste("Stone, Sam\t4\tKeep"))
    done = press(paste("Stone, Sam\t3"))
    assert judged() == {"I join in": (3, "keep", "")}
    press(done, undo="1")
    assert judged() == {"I join in": (4, "keep", "")}


def test_a_paste_of_the_wrong_size_is_said_and_changes_nothing(paste):
    page = paste("1\n2")
    assert "It has 2 rows, and the class has 3 targets" in page
    assert "Put them in" not in page


def test_what_is_not_understood_is_said_with_its_row_and_the_rest_can_be_put_in(paste, press, judged):
    page = paste("1\ngood\n2")
    assert "4 cells will change</b>, 1 not understood" in page
    assert "<b>Row 2:</b> This term: “good” is no step" in page
    press(page)
    assert set(judged()) == {"I ask for help", "I join in"}


def test_a_word_of_the_school_is_asked_about_remembered_and_understood_ever_after(paste, press, judged, reviews):
    page = paste("1\nEmerging\n2")
    assert "What does “emerging” mean here?" in page
    again = paste("1\nEmerging\n2", **{"word-0": "2"})
    assert "6 cells will change</b>, 0 not understood" in again
    assert words(reviews) == {"emerging": 2}
    press(paste("Ravi\temerging"))
    assert judged()["I ask for help"][0] == 2


def test_a_word_is_forgotten_by_its_button(client, paste, address, reviews):
    paste("1\nEmerging\n2", **{"word-0": "x"})
    assert words(reviews) == {"emerging": None}
    assert "“emerging” means <b>Not seen</b>" in client.get(address("review-paste")).text
    client.post(address("review-paste"), {"forget": "emerging"})
    assert words(reviews) == {}
    with in_school(reviews[0].school_id):
        traces = AuditEvent.objects.filter(table="assessments.oldword").order_by("pk")
        assert list(traces.values_list("action", flat=True)) == ["old-word.learnt", "old-word.forgotten"]


def test_between_two_pupils_of_one_name_a_person_decides(paste, press, judged, reviews, school):
    """A second Sam of the class, whose review is open too."""
    other = PupilFactory(school=school, forename="Sam", surname="Snow", registration_group="7B")
    TargetFactory(pupil=other, wording="I draw", slot=1, start=1, aim=3, review_on=reviews[0].cycle.due_on)
    ReviewFactory(pupil=other, cycle=reviews[0].cycle)
    page = paste("Sam S.\t3\nRavi\t2")
    assert "Row 1: who is “Sam S.”?" in page
    assert "Sam Snow, 7B, born" in page
    assert "“Sam S.” could be 2 pupils." in page
    press(page)
    assert judged() == {"I ask for help": (2, "keep", "")}
    press(paste("Sam S.\t3\nRavi\t2", **{"who-1": str(other.pk)}))
    assert judged()["I draw"][0] == 3
    assert "I join in" not in judged()
    assert "could be 2 pupils" in paste("Sam S.\t3", **{"who-1": str(reviews[0].pupil_id)})


def test_a_pupil_whose_review_is_finished_is_told_apart_from_nobody(paste, reviews, school):
    with in_school(school):
        Review.objects.filter(pk=reviews[1].pk).update(status=Review.Status.MISSED)
    page = paste("Alex\t1\nSam\t2\nRavi\tgood")
    assert "<b>Row 2:</b> This pupil’s review takes nothing any more" in page
    assert re.findall(r"<b>(Row \d):", page) == ["Row 1", "Row 2", "Row 3"]


def test_the_class_stays_the_same_from_the_paste_to_the_grid(client, senco, address, press):
    client.force_login(senco)
    page = client.post(address("review-paste") + "?group=7B", {"text": "1\n2\n3"}).text
    assert f"{address('review-put-in')}?group=7B" in page
    assert f"{address('review-grid')}?group=7B" in page


def test_an_empty_or_a_huge_paste_is_refused_at_its_place(paste):
    assert "Paste the rows first." in paste("")
    assert "at most 100000" in paste("x" * 100_001)


def test_markup_stays_words(paste, press, client, address):
    page = paste(f"{MARKUP}\t\t{MARKUP}\n1\n2")
    assert MARKUP not in page
    press(page)
    assert MARKUP not in client.get(address("review-grid")).text


def test_a_key_worker_pastes_for_own_pupils_and_teaches_no_word(client, key_worker, reviews, address, judged, press):
    client.force_login(key_worker)
    assert client.get(address("review-paste")).status_code == 404
    KeyWorkerFactory(pupil=reviews[1].pupil, user=key_worker)
    page = client.post(address("review-paste"), {"text": "Ravi\t1\nSam\temerging", "word-0": "2"}).text
    assert "There is no pupil called “Ravi” in this class." in page
    assert "What does" not in page
    client.post(address("review-paste"), {"forget": "emerging"})
    assert words(reviews) == {}
    press(client.post(address("review-paste"), {"text": "Sam\t2"}).text)
    assert judged() == {"I join in": (2, "keep", "")}


def test_the_sheet_of_a_class_understands_the_schools_words_too(paste, reviews, download, bring_back):
    paste("1\nEmerging\n2", **{"word-0": "2"})
    book = download()
    book.active["F3"] = "emerging"
    assert "2 cells will change</b>, 0 not" in bring_back(book)


def test_the_page_does_not_grow_in_queries(client, senco, reviews, address):
    client.force_login(senco)

    def more() -> None:
        with in_school(reviews[0].school_id):
            OldWord.objects.bulk_create([OldWord(word=f"word {number}", step=1) for number in range(30)])

    assert_does_not_grow(client, address("review-paste"), more, at_most=12)
