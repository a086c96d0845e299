"""A search by name leaves no name behind: not in an address, not in a link, not in where a sign-in leads on to."""

import re
from html import unescape

import pytest
from django.urls import reverse

from pupils.searching import KEPT, SEARCHES
from tests.factories.pupils import KeyWorkerFactory, PupilFactory
from tests.pupils.pages import list_url, names_in

pytestmark = pytest.mark.django_db

SEARCH = {"q": "Zebedee Quill", "year": "7"}
NAMED = re.compile("zebedee|quill", re.IGNORECASE)
ADDRESS = re.compile(r'(?:href|action|src|hx-\w+|formaction)="([^"]*)"')


@pytest.fixture
def searcher(client, school, key_worker):
    """Somebody who meets 26 of a name, so that the list has pages, and others beside them."""
    for n in range(26):
        KeyWorkerFactory(pupil=PupilFactory(school=school, forename="Zebedee", surname=f"Quill{n}", nc_year="7"), user=key_worker)
    for year in ("7", "8"):
        KeyWorkerFactory(pupil=PupilFactory(school=school, forename="Robin", surname="Alder", nc_year=year), user=key_worker)
    client.force_login(key_worker)
    return client


def addresses_of(response) -> list[str]:
    """Every address that a search went through and that its page leads to."""
    went = [address for address, _ in response.redirect_chain]
    return [response.wsgi_request.get_full_path(), *went, *map(unescape, ADDRESS.findall(response.text))]


@pytest.mark.parametrize("place", ["pupil-list", "today"])
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["whole page", "while typing"])
def test_no_address_of_a_search_holds_a_name(searcher, school, place, headers):
    response = searcher.post(reverse(place, args=[school.slug]), SEARCH, follow=True, headers=headers)
    assert "Zebedee Q." in response.text
    assert "Robin" not in response.text.partition('id="found"')[2 if place == "today" and not headers else 0]
    found = addresses_of(response)
    assert len(found) > 2
    assert [address for address in found if NAMED.search(address)] == []


def test_a_form_that_is_sent_without_a_script_posts(searcher, school):
    for place in ("pupil-list", "today"):
        [form] = re.findall(r"<form[^>]*role=\"search\"[^>]*>", searcher.get(reverse(place, args=[school.slug])).text)
        assert 'method="post"' in form
        assert "hx-get" not in form


def test_pages_and_chips_keep_the_search(searcher, school):
    first = searcher.post(list_url(school), SEARCH, follow=True)
    assert len(names_in(first)) == 25
    [after] = re.findall(r'href="([^"]*)"\s+rel="next"', first.text)
    assert names_in(searcher.get(list_url(school) + unescape(after))) == ["Zebedee Q."]
    [chip] = first.context["chips"]
    assert len(names_in(searcher.get(list_url(school) + chip.url))) == 25


def test_signed_out_meanwhile_the_way_back_names_nobody(searcher, school):
    address = searcher.post(list_url(school), SEARCH, follow=True).wsgi_request.get_full_path()
    searcher.logout()
    for response in (searcher.get(address), searcher.post(list_url(school), SEARCH)):
        assert "/signin/" in response.url
        assert not NAMED.search(response.url)


def test_the_mark_means_nothing_in_another_session(searcher, school, senco):
    address = searcher.post(list_url(school), SEARCH, follow=True).wsgi_request.get_full_path()
    searcher.force_login(senco)
    assert searcher.get(address).context["page"].paginator.count == 27  # all of the year


def test_a_search_that_is_emptied_shows_everybody(searcher, school):
    response = searcher.post(list_url(school), {"q": " ", "year": ""}, follow=True)
    assert response.wsgi_request.get_full_path() == list_url(school)
    assert response.context["page"].paginator.count == 28


def test_a_session_keeps_the_latest_searches_only(searcher, school):
    for n in range(KEPT + 3):
        searcher.post(list_url(school), {"q": f"name {n}"})
    searcher.post(list_url(school), {"q": f"name {KEPT}"})
    kept = list(searcher.session[SEARCHES].values())
    assert len(kept) == KEPT
    assert kept[-1] == f"name {KEPT}"
