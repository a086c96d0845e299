"""A server that is down: every change is tried again until it arrives, and the trouble and its end are each said once."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.grid_keys import SAVED, codes
from tests.journeys.meeting import open_sheet
from tests.journeys.site import Site
from tests.journeys.test_grid_signed_out import SENCO, make_class, open_grid

pytestmark = pytest.mark.browser

TROUBLE, OVER = "Your last changes are not saved yet. We are trying again.", "Your changes are saved again."
LISTEN = """place => {
  window.heard = [];
  new MutationObserver(() => place.textContent && window.heard.push(place.textContent)).observe(place, { childList: true });
}"""


class Down:
    """A server that answers nothing, or that something is wrong with it, by turns."""

    def __init__(self) -> None:
        self.tried: dict[str, int] = {}

    def __call__(self, route: Route) -> None:
        times = self.tried[route.request.url] = self.tried.get(route.request.url, 0) + 1
        if times % 2:
            route.abort()
        else:
            route.fulfill(status=503, body="")


def pass_time(page: Page, seconds: int) -> None:
    """Let each request of that time come back before the clock goes on."""
    for _ in range(seconds):
        page.clock.run_for(1000)
        page.wait_for_timeout(20)


def test_the_grid_tries_again_and_says_it_once(site: Site, person: Callable[..., Page]) -> None:
    page = person(SENCO)
    page.clock.install()
    open_grid(page, make_class(site, "7T"))
    page.locator("#grid-live").evaluate(LISTEN)
    server = Down()
    page.route("**/rows/**", server)
    for place, key in enumerate(("1", "2", "3")):
        page.locator("input.code").nth(place).focus()
        page.keyboard.press(key)
        pass_time(page, 3)
    pass_time(page, 60)
    expect(page.locator(".row-unsaved")).to_have_count(3)
    assert min(server.tried.values()) >= 4
    assert len(server.tried) == 3
    heard = page.evaluate("window.heard")
    assert heard == [TROUBLE]
    page.unroute("**/rows/**")
    pass_time(page, 45)
    expect(page.locator("#grid-line")).to_contain_text(SAVED)
    heard = page.evaluate("window.heard")
    assert [heard.count(words) for words in (TROUBLE, OVER)] == [1, 1]
    assert codes(page) == ["1", "2", "3"]
    page.reload()
    assert codes(page) == ["1", "2", "3"]


def test_the_sheet_of_a_meeting_tries_again_and_says_it_once(person: Callable[..., Page]) -> None:
    page = person("senco@ashdown.example")
    open_sheet(page)
    page.locator("[data-live-said]").evaluate(LISTEN)
    server = Down()
    page.route("**/meeting/", server)
    box = page.get_by_label("What the parents say")
    for words in ("He reads.", "He reads at home.", "He reads at home every day."):
        box.fill(words)
        pass_time(page, 12)
    assert sum(server.tried.values()) >= 5
    assert page.evaluate("window.heard") == ["Not saved yet. We will try again; the Save button works too."]
    page.unroute("**/meeting/")
    pass_time(page, 6)
    expect(page.locator("[data-live-said]")).to_contain_text("Saved ")
    page.reload()
    expect(page.get_by_label("What the parents say")).to_have_value("He reads at home every day.")
