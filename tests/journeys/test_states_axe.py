"""States that no address leads to, against the accessibility rules: an open form, an item that waits, a warning, a narrow look."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.day import choose
from tests.journeys.fits import problems, without_an_edge
from tests.journeys.test_axe import violations
from tests.journeys.test_pupil_mode import hand_over, move_on, take_back
from tests.journeys.unsent import fail_to_send, note_of, save

pytestmark = pytest.mark.browser

LAST_PAGE = 8
NARROW = {"width": 320, "height": 256}  # 1280 by 1024 at 400 per cent
WAYS = [("ashdown", 320, "light"), ("ashdown", 1280, "dark"), ("cedar", 320, "dark"), ("cedar", 768, "light")]


def open_first_form(page: Page, school: str) -> None:
    page.goto(f"/schools/{school}/today/")
    page.locator(".today > .one").filter(has=page.locator("template")).first.get_by_role("link", name="Record").click()
    expect(page.locator(".one-open").get_by_role("heading", name="One-to-one with")).to_be_visible()


@pytest.mark.parametrize(("school", "width", "mode"), WAYS)
def test_the_form_that_is_open_in_today_an_item_that_waits_and_its_form(person: Callable[..., Page], school, width, mode) -> None:
    page = person(f"keyworker@{school}.example", width=width, color_scheme=mode, reduced_motion="reduce")
    open_first_form(page, school)
    form = page.locator(".one-open")
    choose(form, "Almost")
    for summary in form.locator("summary").all():
        summary.click()
    note_of(form).fill("He asked by himself. " * 12)
    assert [violations(page), problems(page)] == [[], []], "open in Today"
    page.context.route("**/one-to-one/", fail_to_send)
    save(form)
    card = page.locator(".today > .one", has_text="Not sent yet")
    expect(card).to_be_visible()
    assert [violations(page), problems(page)] == [[], []], "kept on the device"
    card.get_by_role("link", name="Record").click()
    expect(form.get_by_text("What you type here is another one.")).to_be_visible()
    assert [violations(page), problems(page)] == [[], []], "beside one that waits"
    page.goto("/outbox/")
    expect(page.get_by_role("link", name="Change it")).to_be_visible()
    assert [violations(page), problems(page)] == [[], []], "what waits"
    page.get_by_role("link", name="Change it").click()
    expect(page.get_by_text("You are changing what you saved")).to_be_visible()
    assert [violations(page), problems(page)] == [[], []], "changed"


@pytest.mark.parametrize(("school", "width", "mode"), WAYS)
def test_the_warnings_before_a_sign_out(person: Callable[..., Page], school, width, mode) -> None:
    page = person(f"keyworker@{school}.example", width=width, color_scheme=mode)
    page.clock.install()
    page.goto(f"/schools/{school}/today/")
    page.clock.fast_forward("28:55")
    page.clock.run_for(2000)
    warning = page.get_by_role("dialog", name="For your security")
    expect(warning).to_contain_text("seconds left")
    assert [violations(page), problems(page, "#timeout")] == [[], []]
    with page.expect_response("**/session/stay/"):
        page.keyboard.press("Escape")
    for name in ("timeout-final", "outbox-leaving", "sign-in-again"):
        page.evaluate("name => document.getElementById(name).showModal()", name)
        assert [violations(page), problems(page, f"#{name}")] == [[], []], name
        page.evaluate("name => document.getElementById(name).close()", name)


@pytest.mark.parametrize(
    ("school", "scale", "look"),
    [
        ("ashdown", "words", {"color_scheme": "light"}),
        ("cedar", "three", {"color_scheme": "dark"}),
        ("ashdown", "two", {"forced_colors": "active"}),
        ("cedar", "three", {"forced_colors": "active", "color_scheme": "dark"}),
    ],
)
def test_pupil_mode_at_400_per_cent_and_in_forced_colours(person: Callable[..., Page], school, scale, look) -> None:
    page = person(f"keyworker@{school}.example", reduced_motion="reduce", **look)
    hand_over(page, school, scale)
    page.set_viewport_size(NARROW)
    for number in range(1, LAST_PAGE + 1):
        expect(page).to_have_url(re.compile(f"/{number}/$"))
        for summary in page.locator("summary").all():
            summary.click()
        assert [found(page, look), problems(page)] == [[], []], number
        assert "forced_colors" not in look or without_an_edge(page) == [], number
        if number < LAST_PAGE:
            move_on(page)
    page.goto("/take-back/")
    assert [found(page, look), problems(page)] == [[], []]
    page.set_viewport_size({"width": 1280, "height": 900})
    take_back(page)


def found(page: Page, look: dict) -> list[str]:
    """Forced colours are the system's and white on black at that; axe reads the page's own below them."""
    return [each for each in violations(page) if "forced_colors" not in look or not each.startswith("color-contrast")]


def test_what_does_not_fit_would_be_seen(person: Callable[..., Page]) -> None:
    page = person("keyworker@cedar.example", width=320)
    hand_over(page, "cedar")
    assert problems(page) == []
    tile = page.locator(".voice-main")
    tile.evaluate("tile => Object.assign(tile.style, { width: '20px', minWidth: 0, overflow: 'hidden', padding: 0 })")
    assert any("cut off: button “Next" in each for each in problems(page))
    tile.evaluate("tile => Object.assign(tile.style, { width: '', marginTop: '-60px' })")
    assert any("on each other" in each for each in problems(page))
    tile.evaluate("tile => (tile.style.width = '400px')")
    assert any("out of the window" in each for each in problems(page))
    tile.evaluate("tile => (tile.style.border = 0)")
    assert any("voice-main" in each for each in without_an_edge(page))
    take_back(page)
