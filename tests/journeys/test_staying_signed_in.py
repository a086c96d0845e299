"""The warning before a sign-out, on a clock of the browser's own: Escape stays, all tabs share one time, none shows old pages."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import sign_in
from tests.journeys.site import Site

pytestmark = pytest.mark.browser

PERSON = "head@ashdown.example"
PAGE = "/schools/ashdown/staff/"
STAY = "/session/stay/"


@pytest.fixture
def page(site: Site, browser: Browser) -> Iterator[Page]:
    """A person who just signed in and said that the device is their own, in a context that nobody else shares."""
    context = browser.new_context(base_url=site.url)
    page = context.new_page()
    sign_in(page, PERSON)
    page.clock.install()
    page.goto(PAGE)
    yield page
    context.close()


def pass_time(page: Page, minutes_and_seconds: str) -> None:
    """Let time pass at once, then two ticks of the page's own clock."""
    page.clock.fast_forward(minutes_and_seconds)
    page.clock.run_for(2000)


def test_the_warning_comes_two_minutes_before_and_escape_stays(page: Page) -> None:
    warning = page.get_by_role("dialog")
    pass_time(page, "27:50")
    expect(warning).to_be_hidden()
    pass_time(page, "00:15")
    expect(warning).to_be_visible()
    expect(page.get_by_role("button", name="Stay signed in")).to_be_focused()
    expect(page.locator("#timeout [data-said]")).to_have_text("We will sign you out in 2 minutes.")
    with page.expect_response(f"**{STAY}") as answer:
        page.keyboard.press("Escape")
    assert answer.value.status == 200
    expect(warning).to_be_hidden()


def test_the_last_minute_is_counted_for_the_eye_and_told_once(page: Page) -> None:
    pass_time(page, "28:30")
    expect(page.locator("#timeout [data-seconds]")).to_be_hidden()
    pass_time(page, "00:40")
    expect(page.locator("#timeout [data-seconds]")).to_contain_text("seconds left")
    expect(page.locator("#timeout [data-said]")).to_have_text("We will sign you out in 1 minute.")


def test_it_can_be_put_off_ten_times(page: Page) -> None:
    for _ in range(10):
        pass_time(page, "28:30")
        with page.expect_response(f"**{STAY}"):
            page.get_by_role("button", name="Stay signed in").click()
        expect(page.get_by_role("dialog")).to_be_hidden()


def test_typing_is_a_sign_of_life(page: Page) -> None:
    page.goto(f"{PAGE}invite/")
    pass_time(page, "20:00")
    with page.expect_response(f"**{STAY}"):
        page.get_by_label("Their school e-mail").press_sequentially("a")
    pass_time(page, "20:00")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_after_the_time_no_tab_shows_what_was_on_it(page: Page) -> None:
    other = page.context.new_page()
    other.goto("/schools/ashdown/settings/")
    pass_time(page, "30:01")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(page.get_by_text("We signed you out at")).to_be_visible()
    expect(other.get_by_role("heading", name="Sign in")).to_be_visible()
    assert "next=" in page.url
    assert "ashdown" in page.url


def test_signing_out_in_one_tab_closes_the_others_and_back_shows_nothing(page: Page) -> None:
    other = page.context.new_page()
    other.goto("/schools/ashdown/settings/")
    other.locator(".user-menu summary").click()
    other.get_by_role("button", name="Sign out").first.click()
    expect(other.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    other.go_back()
    expect(other.get_by_role("heading", name="Sign in")).to_be_visible()
