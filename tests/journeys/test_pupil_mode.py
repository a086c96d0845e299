"""Pupil mode as a pupil meets it: by keyboard and by tapping, sizes measured, and no way to anybody else's page."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_axe import violations

pytestmark = pytest.mark.browser

PIN = "8052"
SMALLEST, GAP, MOST_WORDS = 88, 16, 8
MOST_TAPS, MOST_TABS = 6, 40
TAPPED = ".voice-tile"
# A picture, three targets, and enough for today: what is chosen, and the page on which one is then.
WAY = {"Music": 1, "Next": 2, "So-so": 3, "Going well": 4, "Hard for me": 5, "Stop": 8}
LINES = """() => [...document.querySelectorAll('.voice-page h1, .voice-page p, .voice-tile > span, .voice-page legend')].flatMap((part) => {
  const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  const lines = new Map();
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    if (text.parentElement.closest('.visually-hidden')) continue;
    for (const word of text.data.matchAll(/\\S+/g)) {
      const range = document.createRange();
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      const top = Math.round(range.getBoundingClientRect().top);
      lines.set(top, (lines.get(top) ?? 0) + 1);
    }
  }
  return [...lines.values()];
})"""


def hand_over(page: Page, school: str, scale: str = "three") -> None:
    """Find an own pupil with three targets as the key worker does, and start pupil mode."""
    page.goto(f"/schools/{school}/pupils/")
    for address in [link.get_attribute("href") for link in page.locator("tbody th a").all()]:
        page.goto(f"{address}targets/")
        if page.locator(".target-card", has=page.get_by_text("Now")).count() == 3:
            page.get_by_role("link", name="Voice").click()
            break
    page.get_by_role("link", name=re.compile("^Hand to")).click()
    page.get_by_label("answers on their own").check()
    page.locator(f"[name=scale][value={scale}]").check()
    page.locator("[name=pin]").evaluate("box => box.closest('details')?.setAttribute('open', '')")
    page.locator("[name=pin]").fill(PIN)
    page.get_by_role("button", name="Start").click()
    expect(page).to_have_url(re.compile(r"/voice/[\w-]{32}/1/$"))


def take_back(page: Page) -> None:
    page.goto("/take-back/")
    page.get_by_label("Your PIN").fill(PIN)
    page.get_by_role("button", name="Take the device back").click()
    expect(page.get_by_role("heading", name=re.compile("^What .* says$"))).to_be_visible()


def too_small(page: Page) -> list[str]:
    """What a finger or a gaze would miss: tiles under 88 px, and tiles closer than 16 px to each other."""
    tiles = [tile for tile in page.locator(TAPPED).all() if tile.is_visible()]
    boxes = [(tile.inner_text(), box) for tile in tiles if (box := tile.bounding_box())]
    small = [f"{name}: {box}" for name, box in boxes if min(box["width"], box["height"]) < SMALLEST - 0.5]
    near = [
        f"{one} / {two}" for place, (one, first) in enumerate(boxes) for two, second in boxes[place + 1 :] if gap(first, second) < GAP - 0.5
    ]
    return [*small, *near]


def gap(first: dict[str, float], second: dict[str, float]) -> float:
    """How far apart two boxes are, sideways or up and down."""
    across = max(first["x"], second["x"]) - min(first["x"] + first["width"], second["x"] + second["width"])
    down = max(first["y"], second["y"]) - min(first["y"] + first["height"], second["y"] + second["height"])
    return max(across, down)


def move_on(page: Page) -> None:
    """Leave a page by what it offers: its first answer, or Next."""
    onward = page.locator("[name=go][value=next]")
    (onward if onward.count() else page.locator(".voice-tiles button").first).click()
    page.wait_for_load_state()


@pytest.mark.parametrize(("school", "width", "mode"), [("ashdown", 390, "dark"), ("cedar", 820, "light")])
def test_every_page_is_big_short_and_without_violations(person: Callable[..., Page], school: str, width: int, mode: str) -> None:
    page = person(f"keyworker@{school}.example", width=width, color_scheme=mode, reduced_motion="reduce")
    hand_over(page, school)
    for number in range(1, 9):
        expect(page).to_have_url(re.compile(f"/{number}/$"))
        assert too_small(page) == [], number
        assert max(page.evaluate(LINES)) <= MOST_WORDS, number
        assert violations(page) == [], number
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate("getComputedStyle(document.querySelector('.voice-tile')).fontSize") == "28px"
        if number < 8:
            move_on(page)
    page.get_by_role("link", name="For the adult").click()
    expect(page.get_by_label("Your PIN")).to_be_visible()
    assert violations(page) == []
    take_back(page)


def test_a_small_tile_and_a_narrow_gap_would_be_seen(person: Callable[..., Page]) -> None:
    page = person("keyworker@cedar.example", width=820)
    hand_over(page, "cedar")
    page.evaluate("document.querySelector('.voice-foot').style.gap = '10px'")
    page.evaluate("Object.assign(document.querySelector('.voice-main').style, {minHeight: '40px', padding: 0})")
    assert any("Next: " in each for each in too_small(page))
    assert any(" / " in each for each in too_small(page))
    take_back(page)


def test_three_targets_take_six_taps(person: Callable[..., Page]) -> None:
    page, taps = person("keyworker@ashdown.example", width=820, has_touch=True), 0
    hand_over(page, "ashdown")
    for name, number in WAY.items():
        page.locator(TAPPED, has_text=name).first.tap()
        expect(page).to_have_url(re.compile(f"/{number}/$"))
        taps += 1
    expect(page.get_by_role("heading", name="Thank you for telling us")).to_be_visible()
    assert taps <= MOST_TAPS
    take_back(page)
    for words in ("Music", "So-so", "Going well", "Hard for me", "Stopped before the end"):
        expect(page.locator(".timeline > li").first).to_contain_text(words)


def test_scanning_reaches_all_in_the_order_of_reading(person: Callable[..., Page]) -> None:
    """One switch moves on and one chooses: Tab and Space, or Enter."""
    page, tabs = person("keyworker@ashdown.example", width=820), 0
    hand_over(page, "ashdown")
    for name, number in WAY.items():
        while name not in focused(page):
            page.keyboard.press("Tab")
            tabs += 1
            assert tabs <= MOST_TABS, name
        page.keyboard.press("Space" if name == "Music" else "Enter")
        expect(page).to_have_url(re.compile(f"/{number}/$"))
    expect(page.get_by_role("heading", name="Thank you for telling us")).to_be_visible()
    take_back(page)


FOCUSED = """() => {
  const here = document.activeElement;
  return here === document.body ? "" : (here.labels?.[0] ?? here).innerText;
}"""


def focused(page: Page) -> str:
    """The words of what has the focus; for a check box those of its tile."""
    return page.evaluate(FOCUSED)


def test_the_back_button_and_other_tabs_show_nobody(person: Callable[..., Page]) -> None:
    page = person("keyworker@cedar.example")
    page.goto("/schools/cedar/pupils/")
    name = page.locator("tbody th a").first.inner_text()
    other_tab = page.context.new_page()
    other_tab.goto("/schools/cedar/pupils/")
    hand_over(page, "cedar")
    expect(other_tab.get_by_role("heading", name="This device is with a pupil")).to_be_visible()
    for _ in range(4):
        page.go_back()
        assert name not in page.content()
        assert "This device is with a pupil" in page.content()
    page.get_by_role("link", name="Go on with the pupil").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What am I good at?")
    take_back(page)


def test_without_a_script_everything_can_be_said(person: Callable[..., Page]) -> None:
    page = person("keyworker@ashdown.example", java_script_enabled=False, forced_colors="active")
    page.goto("/schools/ashdown/pupils/")
    page.locator("tbody th a").first.click()
    page.get_by_role("link", name="Voice").click()
    page.get_by_role("link", name=re.compile("^Hand to")).click()
    page.get_by_label("answers with my help").check()
    page.get_by_text("Two pictures").click()
    if page.locator("summary", has_text="Choose another PIN").count():
        page.locator("summary", has_text="Choose another PIN").click()
    page.locator("[name=pin]").fill(PIN)
    page.get_by_role("button", name="Start").click()
    page.get_by_text("Something else").click()
    page.get_by_label("In my own words").fill("Chess")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("button", name="Not now")).to_be_visible()
    expect(page.get_by_role("button", name="Listen")).to_have_count(0)
    page.get_by_role("button", name="Stop").click()
    take_back(page)
    expect(page.locator(".timeline > li").first).to_contain_text("Chess")


def test_from_the_form_of_a_one_to_one_nothing_is_saved_and_nothing_is_lost(person: Callable[..., Page]) -> None:
    page = person("keyworker@ashdown.example")
    page.goto("/schools/ashdown/pupils/")
    address = page.locator("tbody th a").first.get_attribute("href")
    page.goto(f"{address}one-to-ones/")
    before = page.locator(".timeline > li").count()
    page.goto(f"{address}one-to-one/")
    page.locator("[name=note]").fill("Half a note")
    page.locator("label.picker-tile").first.click()
    page.get_by_role("button", name=re.compile("^Hand to")).click()
    page.get_by_label("answers on their own").check()
    page.locator("[name=pin]").evaluate("box => box.closest('details')?.setAttribute('open', '')")
    page.locator("[name=pin]").fill(PIN)
    page.get_by_role("button", name="Start").click()
    page.locator(TAPPED, has_text="Stop").click()
    page.get_by_role("link", name="For the adult").click()
    page.get_by_label("Your PIN").fill(PIN)
    page.get_by_role("button", name="Take the device back").click()
    expect(page).to_have_url(re.compile("/one-to-one/$"))
    expect(page.locator("[name=note]")).to_have_value("Half a note")
    expect(page.locator(".picker input").first).to_be_checked()
    page.goto(f"{address}one-to-ones/")
    expect(page.locator(".timeline > li")).to_have_count(before)
