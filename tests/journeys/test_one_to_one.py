"""A key worker's minutes after a one-to-one: by thumb, by keyboard, without a script, without a network, on somebody else's device."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.journeys.conftest import PASSWORD, sign_in
from tests.journeys.site import Site

pytestmark = pytest.mark.browser

TODAY = "/schools/deepdale/today/"
KEY_WORKER, COLLEAGUE = "keyworker@deepdale.example", "teacher@deepdale.example"
CANARY = "Zebra crossing practised twice"
MOST_INTERACTIONS = 8
SMALLEST, CLOSEST = 44, 8

KEPT_HERE = """async () => {
  const text = (value) => value instanceof ArrayBuffer ? String.fromCharCode(...new Uint8Array(value))
    : value instanceof Uint8Array ? String.fromCharCode(...value)
    : value && typeof value === "object" ? Object.values(value).map(text).join(" ") : String(value);
  const read = (request) => new Promise((done) => (request.onsuccess = () => done(request.result)));
  let found = JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage });
  for (const { name } of await indexedDB.databases()) {
    const database = await read(indexedDB.open(name));
    for (const table of database.objectStoreNames) found += text(await read(database.transaction(table).objectStore(table).getAll()));
    database.close();
  }
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys()) found += request.url + await (await caches.match(request)).text();
  return found;
}"""

TAP_TARGETS = """(root) => {
  const all = "a.btn, button, summary, label.picker-tile, label.chip, label.face-tile, label.choice, textarea";
  return [...root.querySelectorAll(all)].filter((element) => element.checkVisibility()).map((element) => {
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

KEPT_ITEMS = "import('/static/js/outbox/store.js').then(({ all }) => all()).then((items) => items.length)"

DRAFT_IS_KEPT = """async (word) => {
  const { readable } = await import("/static/js/outbox/items.js");
  return (await readable("draft")).some(({ fields }) => fields.some(([, value]) => value.includes(word)));
}"""


@pytest.fixture
def device(site: Site, browser: Browser) -> Iterator[BrowserContext]:
    """A device of its own that several people may use."""
    context = browser.new_context(base_url=site.url, viewport={"width": 768, "height": 1024})
    yield context
    context.close()


def card_of(page: Page, targets: int, or_more: bool = True) -> Locator:
    """The first card of the day with so many targets."""
    last = f".step-line > li:nth-child({targets})" + ("" if or_more else ":last-child")
    card = page.locator(".today > .one").filter(has=page.locator(last)).first
    expect(card).to_be_visible()
    return card


def open_form(page: Page, targets: int = 2, or_more: bool = True) -> tuple[Locator, str]:
    """Open the form of a card, and return it with the pupil's name."""
    card = card_of(page, targets, or_more)
    name = card.get_by_role("heading").inner_text()
    card.get_by_role("link", name="Record").click()
    return page.locator(".one-open"), name


def choose(form: Locator, *steps: str) -> None:
    for place, step in enumerate(steps):
        form.locator(".picker").nth(place).locator("label", has_text=re.compile(rf"^\s*{step}")).click()


def is_done(page: Page, name: str) -> int:
    """How often a pupil stands among what is done today."""
    return page.locator(".done-list > li", has=page.get_by_role("button", name="Undo")).filter(has_text=name).count()


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
    page.locator("#saved").get_by_role("button", name="Undo").click()
    expect(page.get_by_text("is undone")).to_be_visible()


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
    page.keyboard.press("/")
    expect(page.get_by_label("Find a pupil")).to_be_focused()
    page.reload()
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
    page.keyboard.type(CANARY)
    save = form.get_by_role("button", name="Save one-to-one")
    tab_to(page, save)
    page.keyboard.press("Enter")
    expect(page.locator("#saved")).to_contain_text(f"Saved. {name}, 1 target.")
    tab_to(page, page.locator("#saved").get_by_role("button", name="Undo"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("is undone")).to_be_visible()


def test_without_a_script_the_same_form_has_its_own_page(person: Callable[..., Page]) -> None:
    page = person(KEY_WORKER, java_script_enabled=False)
    page.goto(TODAY)
    card = card_of(page, 3, or_more=False)
    name = card.get_by_role("heading").inner_text()
    card.get_by_role("link", name="Record").click()
    choose(page.locator("form.one-form"), "Almost", "Started", "Not seen")
    page.get_by_role("button", name="Save one-to-one").click()
    expect(page.locator("#saved")).to_contain_text(f"Saved. {name}, 3 targets.")
    page.locator("#saved").get_by_role("button", name="Undo").click()
    expect(page.get_by_text("is undone")).to_be_visible()


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


# ------------------------------------------------------------------------------------------------------------ without a network


def kept_here(page: Page) -> str:
    return page.evaluate(KEPT_HERE)


def test_cut_off_in_the_middle_it_arrives_exactly_once_and_nobody_else_can_read_it(device: BrowserContext) -> None:
    page = device.new_page()
    sign_in(page, KEY_WORKER)
    page.goto(TODAY)
    page.wait_for_function("navigator.serviceWorker.ready.then(() => caches.keys()).then((names) => names.length)")
    form, name = open_form(page)
    pupil = form.locator("form").get_attribute("action").split("/")[-3]
    choose(form, "Almost")
    device.set_offline(True)
    expect(page.get_by_text("You are offline. You can still record.")).to_be_visible()
    choose(form, "Almost", "Started")
    form.get_by_role("textbox", name="Note", exact=False).last.fill(CANARY)
    form.get_by_role("button", name="Save one-to-one").click()
    expect(page.get_by_text("Not sent yet – saved on this device.")).to_be_visible()
    expect(page.get_by_text("1 one-to-one is waiting to send.")).to_be_visible()
    page.close()  # the tab is killed, and the session ends by its time
    device.clear_cookies(name="sessionid")
    device.set_offline(False)

    page = device.new_page()
    sign_in(page, COLLEAGUE)
    page.goto("/outbox/")
    expect(page.get_by_text("Nothing waits on this device")).to_be_visible()
    kept = kept_here(page)
    assert "There is no connection" in kept, "what is kept was really read"
    assert [word for word in (CANARY, CANARY.split()[0], name, name.split()[0], pupil) if word in kept] == []
    page.locator(".user-menu summary").click()
    page.get_by_role("button", name="Sign out").first.click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()

    sign_in_again(page, KEY_WORKER)
    expect(page.get_by_text("1 one-to-one was sent just now.")).to_be_visible()
    page.reload()
    expect(page.locator(".done-list").first).to_be_visible()
    assert is_done(page, name) == 1
    assert page.evaluate(KEPT_ITEMS) == 0


def sign_in_again(page: Page, email: str) -> None:
    """Sign in where the person has said before whose device it is."""
    page.goto("/signin/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("navigation").first).to_be_visible()


def test_sent_three_times_because_no_answer_came_back_it_is_one_row(device: BrowserContext) -> None:
    page = device.new_page()
    sign_in(page, KEY_WORKER)
    page.goto(TODAY)
    sent: list[int] = []

    def lose_the_answer(route) -> None:
        sent.append(route.fetch().status)
        route.abort() if len(sent) < 3 else route.fulfill(status=sent[-1], json={"page": TODAY})

    page.route("**/one-to-one/", lambda route: lose_the_answer(route) if route.request.method == "POST" else route.continue_())
    form, name = open_form(page)
    before = is_done(page, name)
    choose(form, "Almost")
    form.get_by_role("button", name="Save one-to-one").click()
    expect(page.get_by_text("1 one-to-one is waiting to send.")).to_be_visible()
    with page.expect_event("requestfailed"):
        page.get_by_role("button", name="Send now").click()
    page.evaluate("import('/static/js/outbox.js').then(({ sendAll }) => sendAll())")
    expect(page.get_by_text("1 one-to-one was sent just now.")).to_be_visible()
    assert sent == [201, 201, 201]
    page.goto(TODAY)
    assert is_done(page, name) == before + 1


def test_a_sign_out_with_something_waiting_asks_first_and_keeps_it_locked(device: BrowserContext) -> None:
    page = device.new_page()
    sign_in(page, KEY_WORKER)
    page.goto(TODAY)
    form, _ = open_form(page)
    page.route("**/one-to-one/", lambda route: route.abort())
    choose(form, "Almost")
    form.get_by_role("button", name="Save one-to-one").click()
    expect(page.get_by_text("Not sent yet – saved on this device.")).to_be_visible()
    page.locator(".user-menu summary").click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    asking = page.get_by_role("dialog")
    expect(asking).to_contain_text("1 one-to-one is not sent.")
    asking.get_by_role("button", name="Try to send").click()
    expect(asking).to_contain_text("1 one-to-one is not sent.")
    asking.get_by_role("button", name="Sign out, keep them locked").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_where_the_browser_keeps_nothing_it_says_so(device: BrowserContext) -> None:
    page = device.new_page()
    sign_in(page, KEY_WORKER)
    page.add_init_script("indexedDB.open = () => { throw new DOMException('private window', 'SecurityError'); };")
    page.goto(TODAY)
    form, name = open_form(page)
    choose(form, "Almost")
    device.set_offline(True)
    form.get_by_role("button", name="Save one-to-one").click()
    expect(form.get_by_text("Not sent. Keep this page open")).to_be_visible()
    device.set_offline(False)
    expect(page.locator("#saved")).to_contain_text(f"Saved. {name}, 1 target.")


def test_signed_out_in_the_middle_what_was_typed_is_there_again_after_signing_in(device: BrowserContext) -> None:
    page = device.new_page()
    sign_in(page, KEY_WORKER)
    page.goto(TODAY)
    form, _ = open_form(page)
    choose(form, "Almost", "Started")
    form.get_by_role("textbox", name="Note", exact=False).last.fill(CANARY)
    expect(page.locator("#timeout [data-unsaved]")).to_have_text("Your work is saved as a draft.")
    page.wait_for_function(DRAFT_IS_KEPT, arg=CANARY)
    device.clear_cookies(name="sessionid")
    page.reload()
    sign_in_again(page, KEY_WORKER)
    expect(page).to_have_url(re.compile(TODAY))
    expect(form.get_by_text("What you typed at")).to_be_visible()
    expect(form.locator(".picker input:checked")).to_have_count(2)
    expect(form.get_by_role("textbox", name="Note", exact=False).last).to_have_value(CANARY)
    form.get_by_role("button", name="Start afresh").click()
    expect(form.locator(".picker input:checked")).to_have_count(0)


def test_after_a_sign_out_five_steps_back_show_no_pupil(device: BrowserContext) -> None:
    page = device.new_page()
    sign_in(page, KEY_WORKER)
    page.goto(TODAY)
    name = card_of(page, 1).get_by_role("heading").inner_text()
    card_of(page, 1).get_by_role("heading").get_by_role("link").click()
    for path in (TODAY, "/schools/deepdale/pupils/", TODAY):
        page.goto(path)
    assert name in page.inner_text("main")
    page.locator(".user-menu summary").click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    for _ in range(5):
        page.go_back()
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
        assert name not in page.content()
