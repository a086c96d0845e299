"""Words longer than their place are never cut: the browser lets them in, and the server says at their place how long they are."""

import re

import pytest
from django.urls import reverse

from assessments.models import Review
from tests.assessments.grid.conftest import fields_of, grid_url, judged, note, now, review_of

PAGES = ("review-judge", "review-meeting")
LONG = "Ravi asked twice in science. " * 12 + "The end of it."


def url(name: str, review: Review) -> str:
    return reverse(name, args=[review.school.slug, review.cycle, review.pupil.public_id])


@pytest.mark.parametrize("query", ["?group=7B", "?group=7B&view=cards"])
def test_the_grid_has_no_box_that_cuts_what_is_pasted(client, senco, cycle, query):
    client.force_login(senco)
    text = client.get(grid_url(cycle, query)).text
    assert {*re.findall(r'maxlength="(\d+)"', text)} <= {"1"}
    assert {*re.findall(r'data-letters="(\d+)"', text)} == {"160", "200", "300"}


@pytest.mark.parametrize(("name", "counted"), [("review-judge", {"160", "200", "300"}), ("review-meeting", {"40", "120", "300"})])
def test_the_pages_of_one_pupil_have_none_either(client, senco, cycle, target, name, counted):
    client.force_login(senco)
    text = client.get(url(name, review_of(target))).text
    assert "maxlength" not in text
    assert {*re.findall(r'data-letters="(\d+)"', text)} == counted
    assert "js/counter.js" in text


def test_a_long_note_in_the_grid_is_said_in_its_row_where_all_stays_and_what_stands_elsewhere_is_saved(client, post, cycle, target):
    beside = f"said-{review_of(target).pk}-pupil_view"
    response = post(fields_of(client.get(grid_url(cycle)).text), **{note(target): LONG, now(target): "3", beside: "It is hard"})
    row = response.text[response.text.index(f'id="t-{target.pk}"') :].split("</tr>")[0]
    assert response.status_code == 422
    assert f"This has {len(LONG)} characters. It holds 200." in row
    assert fields_of(response.text)[note(target)] == LONG
    assert fields_of(response.text)[now(target)] == "3"
    assert review_of(target).pupil_view == "It is hard"


def test_long_words_of_the_parents_are_said_beside_them_and_kept(client, post, cycle, target):
    name = f"said-{review_of(target).pk}-parents_view"
    response = post(fields_of(client.get(grid_url(cycle)).text), **{name: LONG, now(target): "3"})
    assert f"This has {len(LONG)} characters. It holds 300." in response.text
    assert fields_of(response.text)[name] == LONG
    assert judged(target).step == 3


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_of_one_pupil_give_the_whole_text_back(client, senco, cycle, target, name):
    client.force_login(senco)
    review = review_of(target)
    mark = {"review-judge": 'id="judge"', "review-meeting": "data-live"}[name]
    opened = fields_of(client.get(url(name, review)).text, mark)
    response = client.post(url(name, review), opened | {"parents_view": LONG})
    assert f"This has {len(LONG)} characters. It holds 300." in response.text
    assert fields_of(response.text, mark)["parents_view"].strip() == LONG


def test_lines_count_as_the_page_counts_them(client, senco, cycle, target):
    """A browser sends a line's end as two characters and counts it as one."""
    client.force_login(senco)
    review = review_of(target)
    page = url("review-meeting", review)
    words = "\r\n".join(["x" * 149, "y" * 150])
    client.post(page, fields_of(client.get(page).text, "data-live") | {"parents_view": words})
    assert review_of(target).parents_view == words.replace("\r\n", "\n")
