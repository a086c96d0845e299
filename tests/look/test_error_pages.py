"""A page for when something is wrong: plain words, what to do next, and no database needed for the worst."""

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.views.csrf import csrf_failure
from django.views.defaults import bad_request, server_error


@pytest.mark.parametrize("name", ["500.html", "400.html"])
def test_the_worst_pages_need_neither_context_nor_database(name):
    page = render_to_string(name)
    assert "<h1>" in page
    assert "build/app.css" in page
    assert "<script" not in page


def test_a_failure_on_our_side_says_so():
    response = server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "It is our fault" in response.content.decode()


def test_an_unreadable_request_is_answered_in_our_look():
    response = bad_request(RequestFactory().get("/"), Exception())
    assert response.status_code == 400
    assert "We could not read that" in response.content.decode()


def test_a_stale_form_says_what_to_do():
    response = csrf_failure(RequestFactory().post("/"))
    assert response.status_code == 403
    assert "load the page again" in response.content.decode()


@pytest.mark.django_db
def test_a_missing_page_gives_nothing_away(client, senco):
    client.force_login(senco)
    response = client.get("/schools/nowhere/pupils/")
    assert response.status_code == 404
    assert "There is no such page, or it is not one of yours." in response.content.decode()
