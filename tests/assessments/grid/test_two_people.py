"""Two people in one class: nothing is overwritten silently, and what was not chosen is set aside."""

import pytest

from assessments import services
from assessments.models import SetAside
from schools.tenancy import in_school
from tests.assessments.grid.conftest import fields_of, grid_url, judged, note, now, review_of


def test_two_people_at_different_fields_lose_nothing(client, head, senco, cycle, post, target):
    opened = fields_of(client.get(grid_url(cycle)).text)
    post(opened, **{now(target): "3"})
    assert "Their changes are kept: This term, Next." in post(opened, **{note(target): "Mine"}).text
    assert (judged(target).step, judged(target).note) == (3, "Mine")


def test_two_people_at_one_field_are_asked_beside_the_row_with_nothing_chosen(client, cycle, post, target):
    opened = fields_of(client.get(grid_url(cycle)).text)
    post(opened, **{now(target): "2"})
    response = post(opened, **{now(target): "3", note(target): "Mine"})
    assert response.status_code == 409
    assert "changed this at" in response.text
    assert "only you changed it, and yours is kept" in response.text
    assert f'name="keep-now-{target.pk}"' in response.text
    assert " checked" not in response.text
    assert (judged(target).step, judged(target).note) == (2, "")


@pytest.mark.parametrize(("answer", "kept", "aside"), [("mine", 3, "2"), ("theirs", 2, "3")])
def test_the_answer_is_kept_and_the_other_value_set_aside(client, cycle, post, target, answer, kept, aside):
    opened = fields_of(client.get(grid_url(cycle)).text)
    post(opened, **{now(target): "2"})
    asked = fields_of(post(opened, **{now(target): "3", note(target): "Mine"}).text)
    post(asked | {f"keep-now-{target.pk}": answer})
    assert (judged(target).step, judged(target).note) == (kept, "Mine")
    with in_school(target.school):
        assert [(row.field, row.value) for row in SetAside.objects.all()] == [("step", aside)]


def test_without_an_answer_the_question_stays_and_nothing_is_overwritten(client, cycle, post, target):
    opened = fields_of(client.get(grid_url(cycle)).text)
    post(opened, **{now(target): "2"})
    asked = fields_of(post(opened, **{now(target): "3"}).text)
    response = post(asked)
    assert response.status_code == 409
    assert "Choose one." in response.text
    assert judged(target).step == 2


def test_a_page_that_forgot_what_it_showed_asks_instead_of_overwriting(client, cycle, post, target):
    opened = fields_of(client.get(grid_url(cycle)).text)
    post(opened, **{now(target): "2"})
    assert post(opened | {"opened": "torn"}, **{now(target): "3"}).status_code == 409
    assert judged(target).step == 2


def test_whose_value_was_not_kept_is_told_once_on_the_next_page(client, senco, head, cycle, target):
    with in_school(target.school):
        empty = {"step": None}
        services.save_row(review=review_of(target), target_id=target.pk, base=empty, mine={"step": 2}, by=senco)
        chosen = {"base": {"step": 2}, "mine": {"step": 3}, "unchosen": {"step": 2}}
        services.save_row(review=review_of(target), target_id=target.pk, by=head, **chosen)
    client.force_login(senco)
    assert "kept another value than yours" in client.get(grid_url(cycle)).text
    assert "kept another value than yours" not in client.get(grid_url(cycle)).text
