"""A sheet of the whole school, pasted into one class: nobody is given the step of a namesake in another class."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from pupils.models import Pupil
from schools.tenancy import in_school
from tests.factories.pupils import KeyWorkerFactory, PupilFactory

ANOTHER = "0"


@pytest.fixture
def namesake(school, reviews):
    """Of another class, without a review in the cycle."""
    return PupilFactory(school=school, forename="Ravi", surname="Patel", registration_group="Oak room", nc_year="8")


@pytest.fixture
def paste(client, senco, address):
    client.force_login(senco)
    return lambda text, **answers: client.post(address("review-paste"), {"text": text, **answers}).text


@pytest.mark.parametrize("name", ["Ravi Patel", "Patel, Ravi", "Ravi P.", "Ravi"])
def test_a_name_that_fits_a_pupil_of_another_class_is_asked_about(paste, press, judged, namesake, name):
    page = paste(f"{name}\t3\nSam\t2")
    assert f"Row 1: who is “{name}”?" in page
    assert "is another pupil’s name too" in page
    press(page)
    assert judged() == {"I join in": (2, "keep", "")}


def test_the_answer_is_the_pupil_of_the_class_or_nobody_of_it(paste, press, judged, namesake, reviews):
    page = paste("Ravi\t3\nSam\t2", **{"who-1": ANOTHER})
    assert "Left out, as “Ravi” is not in this class" in page
    press(page)
    assert "I ask for help" not in judged()
    press(paste("Ravi\t3", **{"who-1": str(reviews[0].pupil_id)}))
    assert judged()["I ask for help"][0] == 3
    assert "3 cells" not in paste("Ravi\t1", **{"who-1": str(namesake.pk)})


def test_a_name_that_stands_over_several_rows_is_asked_about_once(paste, press, judged, namesake, reviews):
    text = "Ravi\t3\n\t1"
    assert re.findall(r"Row \d: who is", paste(text)) == ["Row 1: who is"]
    press(paste(text, **{"who-1": str(reviews[0].pupil_id)}))
    assert [step for step, _, _ in judged().values()] == [3, 1]


def test_one_answer_says_that_all_are_of_the_class_unless_a_name_is_of_nobody_in_it(paste, press, judged, namesake):
    assert "Every row is about a pupil of this class" in paste("Ravi\t3\nSam\t2")
    strangers = paste("Ravi\t3\nAlex\t2", **{"all-here": "on"})
    assert "Every row is about a pupil of this class" not in strangers
    assert "0 cells will change" in strangers
    page = paste("Ravi\t3\nSam\t2", **{"all-here": "on"})
    assert "who is “Ravi”" not in page
    press(page)
    assert judged() == {"I ask for help": (3, "keep", ""), "I join in": (2, "keep", "")}


def test_what_was_said_of_one_row_goes_before_what_was_said_of_all(paste, namesake):
    page = paste("Ravi\t3\nSam\t2", **{"all-here": "on", "who-1": ANOTHER})
    assert "Left out, as “Ravi” is not in this class" in page
    assert "Row 1: who is “Ravi”?" in page


def test_a_pupil_who_left_is_nobodys_namesake_any_more(paste, namesake):
    with in_school(namesake.school_id):
        Pupil.objects.filter(pk=namesake.pk).update(left_on=localdate() - timedelta(days=1))
    assert "who is" not in paste("Ravi\t3")


def test_a_column_of_names_is_seen_even_where_none_of_them_is_in_the_class(paste, namesake, school):
    PupilFactory(school=school, forename="Alex", surname="Amber", registration_group="Oak room")
    page = paste("Alex\t1\tKeep\nAlex\t2\tKeep\nAlex\t3\tKeep")
    assert page.count("There is no pupil called “Alex” in this class.") == 3
    assert "0 cells will change" in page


def test_a_key_worker_learns_of_a_namesake_no_more_than_that_there_is_one(client, key_worker, reviews, address, namesake):
    KeyWorkerFactory(pupil=reviews[0].pupil, user=key_worker)
    client.force_login(key_worker)
    page = client.post(address("review-paste"), {"text": "Ravi\t1"}).text
    assert "Another pupil of this school has this name too." in page
    assert "Oak room" not in page
    assert f"{namesake.date_of_birth:%Y}" not in page.replace(f"born {reviews[0].pupil.date_of_birth:%-d %B %Y}", "")


def test_reading_a_paste_does_not_grow_in_queries(paste, namesake, school):
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            paste("Ravi\t3\nSam\t2")
        return len(captured)

    asked()
    few = asked()
    PupilFactory.create_batch(30, school=school, registration_group="Oak room")
    assert asked() == few
