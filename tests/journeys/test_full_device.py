"""A device on which nothing more fits: the one-to-one is not taken for kept, the page stays, and it is sent from there."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import sign_in
from tests.journeys.day import KEY_WORKER, TODAY, choose, open_form, take_back
from tests.journeys.site import Site
from tests.journeys.unsent import KEPT_ITEMS

pytestmark = pytest.mark.browser

REFUSED = "IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); };"
UNDONE = """{
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (...given) {
    const request = put.apply(this, given);
    request.onsuccess = () => this.transaction.abort(); // as a full disc does: taken at first, and undone when it is to be written
    return request;
  };
}"""
MOST = 20
FILL = """async (many) => {
  const { keep, newId } = await import("/static/js/outbox/items.js");
  for (let made = 0; made < many; made++) await keep(newId(), "waiting", { url: "/nowhere/", fields: [] });
}"""
EMPTY = """async () => {
  const { all, remove } = await import("/static/js/outbox/store.js");
  for (const item of await all()) if (item.kind === "waiting") await remove(item.client_id);
}"""


@pytest.fixture
def page(site: Site, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(base_url=site.url, viewport={"width": 768, "height": 1024})
    page = context.new_page()
    sign_in(page, KEY_WORKER)
    yield page
    context.close()


def fill_in_offline(page: Page) -> str:
    """Choose a step, and press the button once the network is gone; return the pupil's name."""
    form, name = open_form(page)
    choose(form, "Almost")
    page.context.set_offline(True)
    form.get_by_role("button", name="Save one-to-one").click()
    expect(form.get_by_text("Not sent. Keep this page open")).to_be_visible()
    return name


def asks_before_leaving(page: Page) -> None:
    with page.expect_event("dialog") as asked:
        page.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    asked.value.dismiss()


@pytest.mark.parametrize("full", [REFUSED, UNDONE], ids=["at-once", "at-the-end"])
def test_a_full_storage_keeps_the_page_open_and_sends_it_from_there(page: Page, full: str) -> None:
    page.add_init_script(full)
    page.goto(TODAY)
    name = fill_in_offline(page)
    assert page.evaluate(KEPT_ITEMS) == 0
    asks_before_leaving(page)
    page.context.set_offline(False)
    expect(page.locator("#saved")).to_contain_text(f"Saved. {name}, 1 target.")
    take_back(page)


def test_the_twenty_first_is_refused_and_pushes_none_of_the_twenty_out(page: Page) -> None:
    page.goto(TODAY)
    open_form(page)[0].get_by_role("button", name="Close").first.click()
    page.context.set_offline(True)
    page.wait_for_function(f"({FILL})({MOST}).then(() => true, () => false)")
    name = fill_in_offline(page)
    waiting = "import('/static/js/outbox/items.js').then(({ mine }) => mine('waiting')).then((items) => items.length)"
    assert page.evaluate(waiting) == MOST
    asks_before_leaving(page)
    page.evaluate(EMPTY)
    page.context.set_offline(False)
    expect(page.locator("#saved")).to_contain_text(f"Saved. {name}, 1 target.")
    take_back(page)


def test_a_twentieth_is_kept_as_any_other(page: Page) -> None:
    page.goto(TODAY)
    page.context.set_offline(True)
    page.wait_for_function(f"({FILL})({MOST - 1}).then(() => true, () => false)")
    form, _ = open_form(page)
    choose(form, "Almost")
    form.get_by_role("button", name="Save one-to-one").click()
    expect(page.get_by_text("Not sent yet – saved on this device.")).to_be_visible()
    assert page.evaluate(KEPT_ITEMS) == MOST
