"""A grid whose person was signed out: it covers itself, saves for nobody else, and goes on under the new session's own limits."""

import re
import subprocess
import sys
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, expect

from tests.journeys.conftest import PASSWORD
from tests.journeys.grid_keys import SAVED, codes
from tests.journeys.site import ROOT, Site
from tests.journeys.test_staying_signed_in import pass_time

pytestmark = pytest.mark.browser

SENCO, HEAD, REVIEWS = "senco@deepdale.example", "head@deepdale.example", "/schools/deepdale/reviews/"


@pytest.fixture(scope="module")
def group(site: Site) -> str:
    return make_class(site, "7V")


@pytest.fixture
def page(person: Callable[..., Page], group: str) -> Page:
    return open_grid(person(SENCO), group)


def make_class(site: Site, group: str) -> str:
    """A class of its own, so that no other journey meets it half judged."""
    command = [sys.executable, "-m", "tests.journeys.big_class", "deepdale", group, "1", "3"]
    subprocess.run(command, cwd=ROOT, env=site.environment | {"DJANGO_SETTINGS_MODULE": "config.settings.dev"}, check=True)
    return group


def open_grid(page: Page, group: str) -> Page:
    """The grid of a class in the open cycle, for its SENCO."""
    page.goto(REVIEWS)
    cycle = re.search(r"reviews/(\d{4}-\d)/", page.get_by_role("main").inner_html())
    assert cycle
    page.goto(f"{REVIEWS}{cycle[1]}/grid/?group={group}")
    return page


def type_unsent(page: Page, key: str) -> None:
    """Type a step that cannot be sent."""
    page.route("**/rows/**", lambda route: route.abort())
    page.locator("input.code").last.focus()
    page.keyboard.press(key)
    expect(page.locator(".row-unsaved")).to_contain_text("Not saved – trying again")


def sign_in_beside(page: Page, email: str) -> Page:
    """Sign in in another tab, as the dialog asks for."""
    entrance = page.context.new_page()
    entrance.goto("/signin/")
    entrance.get_by_label("E-mail").fill(email)
    entrance.get_by_label("Password", exact=True).fill(PASSWORD)
    entrance.get_by_role("button", name="Sign in").click()
    entrance.wait_for_url(lambda url: "/signin/" not in url or "/device/" in url)
    return entrance


def sign_in_unheard(page: Page, email: str) -> None:
    """Sign in in the same browser so that no open page hears of it."""
    entrance = page.context.request
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', entrance.get("/signin/").text())
    assert token
    sent = {"csrfmiddlewaretoken": token[1], "login": email, "password": PASSWORD}
    assert entrance.post("/signin/", form=sent).ok


def test_a_network_that_comes_back_saves_nothing_under_another_name(page: Page) -> None:
    before = codes(page)[-1]
    sent: list[Request] = []
    page.context.clear_cookies(name="sessionid")
    page.locator("input.code").last.focus()
    page.keyboard.press("3")
    dialog = page.get_by_role("dialog", name="You are signed out")
    expect(dialog).to_be_visible()
    sign_in_beside(page, HEAD).close()
    page.on("request", lambda request: sent.append(request) if request.method == "PATCH" else None)
    with page.expect_response("**/session/stay/"):
        page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(dialog.get_by_text("Somebody else is signed in now.")).to_be_visible()
    assert sent == []
    assert codes(page)[-1] == "3"
    page.context.clear_cookies(name="sessionid")
    sign_in_beside(page, SENCO)
    with page.context.expect_page() as opened:
        page.context.new_page()
    opened.value.goto(page.url)
    assert codes(opened.value)[-1] == before


def test_a_page_that_has_not_heard_of_another_person_is_refused_and_covers_itself(page: Page) -> None:
    type_unsent(page, "2")
    page.context.clear_cookies(name="sessionid")
    sign_in_unheard(page, HEAD)
    page.unroute("**/rows/**")
    dialog = page.get_by_role("dialog", name="You are signed out")
    expect(dialog.get_by_text("Somebody else is signed in now.")).to_be_visible()
    assert codes(page)[-1] == "2"


def test_after_the_latest_end_and_a_new_sign_in_the_new_session_goes_on(page: Page) -> None:
    page.clock.install()
    page.reload()
    type_unsent(page, "1")
    pass_time(page, "12:01:00")
    dialog = page.get_by_role("dialog", name="You are signed out")
    expect(dialog).to_be_visible()
    page.context.clear_cookies(name="sessionid")
    sign_in_beside(page, SENCO)
    page.unroute("**/rows/**")
    page.bring_to_front()
    dialog.get_by_role("button", name="I am signed in again").press("Enter")
    expect(dialog).to_be_hidden()
    page.clock.run_for(1000)
    expect(page.locator("#grid-line")).to_contain_text(SAVED)
    pass_time(page, "00:05")
    expect(page.locator("#grid")).to_be_visible()
    page.reload()
    assert codes(page)[-1] == "1"
