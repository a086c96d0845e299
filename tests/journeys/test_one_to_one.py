"""A key worker's minutes after a one-to-one: by thumb, by keyboard, without a script, at 400 per cent."""

import gzip
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Response, expect

from tests.journeys.day import KEY_WORKER, TODAY, card_of, choose, is_done, open_form, take_back

pytestmark = pytest.mark.browser

MOST_INTERACTIONS = 8
SMALLEST, CLOSEST = 44, 8

TAP_TARGETS = """(root) => {
  const all = "a.btn, button, summary, label.picker-tile, label.chip, label.face-tile, label.choice, textarea";
  const isSeen = (element) => element.checkVisibility() && !element.matches(".visually-hidden");
  return [...root.querySelectorAll(all)].filter(isSeen).map((element) => {
    const { left, right, top, bottom, width, height } = element.getBoundingClientRect();
    return { words: element.textContent.trim().replace(/\\s+/g, " ").slice(0, 40), left, right, top, bottom, width, height };
  });
}"""

UNDER_THE_BAR = """() => {
  const at = document.activeElement.getBoundingClientRect();
  const bar = document.querySelector(".save-bar");
  const { top, bottom } = bar.getBoundingClientRect();
  return !bar.contains(document.activeElement) && at.top < bottom && at.bottom > top;
}"""


def test_three_targets_take_at_most_eight_interactions(person: Callable[..., Page]) -> None:
    page = person(KEY_WORKER, width=390)
    taps: list[str] = []
    page.expose_function("tapped", lambda kind: taps.append(kind))
    page.add_init_script("addEventListener('pointerdown', () => tapped('tap'), true)")
    page.goto(TODAY)
    form, name = open_form(page, 3, or_more=False)
    choose(form, "Almost", "Getting there", "Started")
    form.locator("label.chip").first.click()
    form.locator("label.face-tile").first.click()
    form.get_by_role("button", name="Save one-to-one").click()
    expect(page.locator("#saved")).to_contain_text(f"Saved. {name}, 3 targets.")
    expect(page.locator("#saved")).to_be_focused()
    assert 7 <= len(taps) <= MOST_INTERACTIONS
    assert is_done(page, name) == 1
    take_back(page)


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the focus is there."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"Tab never reached {target}")


def test_the_keyboard_alone_is_enough(person: Callable[..., Page]) -> None:
    page = person(KEY_WORKER)
    page.goto(TODAY)
    card = card_of(page, 1)
    name = card.get_by_role("heading").inner_text()
    tab_to(page, card.get_by_role("link", name="Record"))
    page.keyboard.press("Enter")
    form = page.locator(".one-open")
    expect(form.get_by_role("heading", name="One-to-one with")).to_be_focused()
    step = form.locator(".picker").first.locator("input").first
    tab_to(page, step)
    page.keyboard.press("Space")
    expect(step).to_be_checked()
    page.keyboard.press("Space")
    expect(step).not_to_be_checked()
    page.keyboard.press("ArrowRight")
    tab_to(page, form.get_by_label("Note", exact=False).last)
    page.keyboard.type("He asked for help himself.")
    save = form.get_by_role("button", name="Save one-to-one")
    tab_to(page, save)
    page.keyboard.press("Enter")
    expect(page.locator("#saved")).to_contain_text(f"Saved. {name}, 1 target.")
    tab_to(page, page.locator("#saved").get_by_role("button", name="Undo"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("is undone")).to_be_visible()


def test_no_single_key_does_anything_by_itself(person: Callable[..., Page]) -> None:
    """A key without Ctrl or Alt would answer to what a voice control or a stray finger types (WCAG 2.1.4)."""
    page = person(KEY_WORKER)
    page.goto(TODAY)
    before = page.evaluate_handle("document.activeElement")
    for key in "/?abcdefghijklmnopqrstuvwxyz0123456789":
        page.keyboard.press(key)
    assert page.evaluate("element => document.activeElement === element", before)
    assert page.locator(".one-open").count() == 0
    assert page.url.endswith(TODAY)


def test_without_a_script_the_same_form_has_its_own_page(person: Callable[..., Page]) -> None:
    page = person(KEY_WORKER, java_script_enabled=False)
    page.goto(TODAY)
    card = card_of(page, 3, or_more=False)
    name = card.get_by_role("heading").inner_text()
    card.get_by_role("link", name="Record").click()
    choose(page.locator("form.one-form"), "Almost", "Started", "Not seen")
    page.get_by_role("button", name="Save one-to-one").click()
    expect(page.locator("#saved")).to_contain_text(f"Saved. {name}, 3 targets.")
    take_back(page)


def gap(one: dict, other: dict) -> float:
    """The distance of two boxes, along the axis on which they are apart."""
    across = max(one["left"], other["left"]) - min(one["right"], other["right"])
    down = max(one["top"], other["top"]) - min(one["bottom"], other["bottom"])
    return max(across, down)


def test_at_390_px_every_target_is_wide_enough_for_a_thumb_and_apart_from_the_next(person: Callable[..., Page]) -> None:
    page = person(KEY_WORKER, width=390)
    page.goto(TODAY)
    form, _ = open_form(page)
    boxes = form.evaluate(TAP_TARGETS)
    assert len(boxes) > 30
    assert [box for box in boxes if min(box["width"], box["height"]) < SMALLEST] == []
    flowing = [box for box in boxes if "Save" not in box["words"]]  # the bar sticks over what scrolls below it
    pairs = [(one, other) for place, one in enumerate(flowing) for other in flowing[:place]]
    assert [(one["words"], other["words"], gap(one, other)) for one, other in pairs if gap(one, other) < CLOSEST] == []


@pytest.mark.parametrize("look", [{"reduced_motion": "reduce"}, {"forced_colors": "active"}], ids=lambda look: next(iter(look)))
def test_it_fits_and_says_what_is_chosen_at_400_per_cent_without_motion_and_in_forced_colours(person, look) -> None:
    page = person(KEY_WORKER, width=320, **look)
    page.set_viewport_size({"width": 320, "height": 256})
    page.goto(TODAY)
    form, _ = open_form(page)
    choose(form, "Almost")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate("document.getAnimations().filter((each) => each.playState === 'running').length") == 0 or "forced_colors" in look
    chosen, other = (
        form.locator(".picker-tile", has_text=words).first.evaluate("tile => getComputedStyle(tile).borderTopWidth")
        for words in ("Almost", "Started")
    )
    shadow = form.locator(".picker-tile", has_text="Almost").first.evaluate("tile => getComputedStyle(tile).boxShadow")
    assert chosen != other if "forced_colors" in look else shadow != "none"
    page.keyboard.press("Tab")
    assert not page.evaluate(UNDER_THE_BAR)


def test_a_first_visit_weighs_at_most_150_kb_packed_and_its_scripts_50(person: Callable[..., Page]) -> None:
    """Packed as a server packs them; fonts and pictures come packed as they are."""
    page = person(KEY_WORKER, service_workers="block")
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(TODAY)
    page.wait_for_load_state("networkidle")
    weights = {answer.url: packed(answer) for answer in answers}
    scripts = sum(weight for url, weight in weights.items() if url.endswith(".js"))
    assert len(weights) > 10
    assert sum(weights.values()) <= 150_000
    assert scripts <= 50_000


def packed(answer: Response) -> int:
    body = answer.body()
    return min(len(body), len(gzip.compress(body)))
