"""Every component in a real browser: rules of accessibility, reflow, size of targets, with and without scripts."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from config.styleguide import THEMES

pytestmark = pytest.mark.browser

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
LOOKS = [(theme, mode) for theme in THEMES for mode in ("light", "dark")]
SMALL_TARGETS = """() => [...document.querySelectorAll("a, button, summary, input, select, textarea, label[for]")]
  .filter((one) => one.checkVisibility() && !one.closest("p, .visually-hidden") && !one.matches(".btn-check, .form-check-label"))
  .map((one) => [one.getBoundingClientRect(), one.outerHTML.slice(0, 120)])
  .filter(([box]) => box.width > 1 && (box.width < 24 || box.height < 24))
  .map(([box, html]) => `${Math.round(box.width)}x${Math.round(box.height)} ${html}`)"""
CUT_OFF = """() => [...document.querySelectorAll("main h1, main h2, main h3, main p, main a, main button, main label, main td, main th")]
  .filter((one) => one.checkVisibility() && getComputedStyle(one).overflow === "hidden" && !one.matches(".visually-hidden"))
  .filter((one) => one.scrollHeight - one.clientHeight > 1 || one.scrollWidth - one.clientWidth > 1)
  .map((one) => one.outerHTML.slice(0, 120))"""


def faults(page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{fault['id']}: {node['html'][:160]}" for fault in found for node in fault["nodes"]]


@pytest.mark.parametrize(("theme", "mode"), LOOKS)
@pytest.mark.parametrize("width", [1280, 320])
def test_no_rule_is_broken_and_nothing_leaves_the_page(person, theme, mode, width):
    page = person("", width=width)
    page.goto(f"/styleguide/?theme={theme}&mode={mode}")
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_broken_rule_would_be_seen(person):
    page = person("")
    page.goto("/styleguide/?theme=dreams&mode=light")
    page.evaluate("document.querySelector('main h1').insertAdjacentHTML('afterend', '<img src=\"/none.png\">')")
    assert any(fault.startswith("image-alt") for fault in faults(page))


@pytest.mark.parametrize("width", [1280, 320])
def test_everything_that_is_pressed_is_big_enough(person, width):
    page = person("", width=width)
    page.goto("/styleguide/?theme=dreams&mode=light")
    assert page.evaluate(SMALL_TARGETS) == []


def test_text_of_twice_the_size_is_not_cut_off(person):
    page = person("", width=1280)
    page.goto("/styleguide/?theme=horizons&mode=light")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(CUT_OFF) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_match_device_follows_the_device(person):
    grounds = {}
    for scheme in ("light", "dark"):
        page = person("", color_scheme=scheme)
        page.goto("/styleguide/?theme=dreams&mode=auto")
        grounds[scheme] = page.evaluate("getComputedStyle(document.body).backgroundColor")
        page.goto(f"/styleguide/?theme=dreams&mode={scheme}")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == grounds[scheme]
    assert grounds["light"] != grounds["dark"]


def test_a_menu_opens_without_a_script(person):
    page = person("", java_script_enabled=False)
    page.goto("/styleguide/")
    page.locator(".user-menu summary").click()
    expect(page.get_by_role("button", name="Match device")).to_be_visible()


def test_escape_closes_a_menu_and_gives_the_focus_back(person):
    page = person("")
    page.goto("/styleguide/")
    page.locator(".switcher summary").click()
    expect(page.get_by_role("link", name="Import")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Import")).to_be_hidden()
    expect(page.locator(".switcher summary")).to_be_focused()


def test_a_part_that_fails_says_so_and_leaves_the_page_alone(person):
    page = person("")
    page.goto("/styleguide/")
    expect(page.get_by_text("We could not show this part")).to_be_hidden()
    page.evaluate("htmx.ajax('GET', '/there-is-no-such-page/', {target: '#main'})")
    expect(page.get_by_text("We could not show this part")).to_be_visible()
    expect(page.get_by_role("heading", name="Style guide")).to_be_visible()


def test_every_stop_of_the_tab_key_is_seen(person):
    page = person("")
    page.goto("/styleguide/?theme=dreams&mode=light")
    for _ in range(12):
        page.keyboard.press("Tab")
        ring = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
        assert ring == "3px"


def test_nothing_moves_for_somebody_who_asks_for_stillness(person):
    page = person("", reduced_motion="reduce")
    page.goto("/styleguide/")
    page.locator(".btn-primary").first.hover()
    assert page.evaluate("document.getAnimations().length") == 0
