"""A one-to-one without a network, on somebody else's device, and with a sign-out in the middle: nothing is lost, nothing is read."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import sign_in
from tests.journeys.day import KEY_WORKER, TODAY, card_of, choose, is_done, open_form, take_back
from tests.journeys.unsent import DRAFT_IS_KEPT, KEPT_HERE, KEPT_ITEMS, MAKE_OLDER, record_while_unreachable, sign_in_again, sign_out

pytestmark = pytest.mark.browser

COLLEAGUE = "teacher@deepdale.example"
CANARY = "Zebra crossing practised twice"
NOTHING_TO_READ = "import('/static/js/outbox/store.js').then(({ all }) => all()).then((items) => items.every(({ blob }) => blob === null))"


def test_cut_off_in_the_middle_it_arrives_exactly_once_and_nobody_else_can_read_it(device: BrowserContext) -> None:
    page = device.new_page()
    name, pupil = record_while_cut_off(page)
    page.close()  # the tab is killed, and the session ends by its time
    device.clear_cookies(name="sessionid")
    device.set_offline(False)

    page = device.new_page()
    sign_in(page, COLLEAGUE)
    page.goto("/outbox/")
    expect(page.get_by_text("Nothing waits on this device")).to_be_visible()
    kept = page.evaluate(KEPT_HERE)
    assert "There is no connection" in kept, "what is kept was really read"
    assert readable(kept, name, pupil) == []
    sign_out(page)

    sign_in_again(page, KEY_WORKER)
    expect(page.get_by_text("1 one-to-one was sent just now.")).to_be_visible()
    page.reload()
    expect(page.locator(".done-list").first).to_be_visible()
    assert is_done(page, name) == 1
    assert page.evaluate(KEPT_ITEMS) == 0
    take_back(page)


def record_while_cut_off(page: Page) -> tuple[str, str]:
    """Begin a form, lose the network, and save it all the same; return the pupil's name and the id in addresses."""
    sign_in(page, KEY_WORKER)
    page.goto(TODAY)
    page.wait_for_function("navigator.serviceWorker.ready.then(() => caches.keys()).then((names) => names.length)")
    form, name = open_form(page)
    choose(form, "Almost")
    page.context.set_offline(True)
    expect(page.get_by_text("You are offline. You can still record.")).to_be_visible()
    form.get_by_role("textbox", name="Note", exact=False).last.fill(CANARY)
    pupil = (form.locator("form").get_attribute("action") or "").split("/")[-3]
    form.get_by_role("button", name="Save one-to-one").click()
    expect(page.get_by_text("Not sent yet – saved on this device.")).to_be_visible()
    expect(page.get_by_text("1 one-to-one is waiting to send.")).to_be_visible()
    assert page.evaluate(KEPT_ITEMS) == 1
    assert readable(page.evaluate(KEPT_HERE), name, pupil) == []
    return name, pupil


def readable(kept: str, name: str, pupil: str) -> list[str]:
    """What of the one-to-one can be read in what a device keeps."""
    return [word for word in (CANARY, CANARY.split()[0], name, name.split()[0], pupil) if word in kept]


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
    take_back(page)


def test_a_sign_out_with_something_waiting_asks_first_and_keeps_it_locked(device: BrowserContext) -> None:
    page = device.new_page()
    record_while_unreachable(page)
    page.locator(".user-menu summary").click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    asking = page.get_by_role("dialog")
    expect(asking).to_contain_text("1 one-to-one is not sent.")
    asking.get_by_role("button", name="Try to send").click()
    expect(asking).to_contain_text("1 one-to-one is not sent.")
    asking.get_by_role("button", name="Sign out, keep it locked").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_after_72_hours_it_is_gone_and_its_writer_is_told(device: BrowserContext) -> None:
    page = device.new_page()
    record_while_unreachable(page)
    page.evaluate(MAKE_OLDER, 73)
    device.clear_cookies(name="sessionid")
    sign_in(page, COLLEAGUE)
    page.wait_for_function(NOTHING_TO_READ)
    sign_out(page)
    with page.expect_response("**/outbox/never-sent/") as noted:
        sign_in_again(page, KEY_WORKER)
    assert noted.value.status == 204
    page.reload()
    expect(page.get_by_text("was never sent from this device and is removed from it.")).to_be_visible()
    assert page.evaluate(KEPT_ITEMS) == 0


def test_of_a_device_whose_clock_is_a_day_ahead_the_servers_day_counts(device: BrowserContext) -> None:
    page = device.new_page()
    sign_in(page, KEY_WORKER)
    page.add_init_script("{ const now = Date.now; Date.now = () => now() + 24 * 60 * 60 * 1000; }")
    page.goto(TODAY)
    form, name = open_form(page)
    expect(form.get_by_text("The clock of this device is wrong. That does not matter here")).to_be_visible()
    choose(form, "Almost")
    form.get_by_role("button", name="Save one-to-one").click()
    expect(page.locator("#saved")).to_contain_text(f"Saved. {name}, 1 target.")
    take_back(page)


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
    take_back(page)


def test_signed_out_in_the_middle_what_was_typed_is_there_again_after_signing_in(device: BrowserContext) -> None:
    page = device.new_page()
    sign_in(page, KEY_WORKER)
    page.goto(TODAY)
    form, _ = open_form(page)
    choose(form, "Almost")
    form.locator("label.chip").first.click()
    form.get_by_role("textbox", name="Note", exact=False).last.fill(CANARY)
    expect(page.locator("#timeout [data-unsaved]")).to_have_text("Your work is saved as a draft.")
    page.wait_for_function(DRAFT_IS_KEPT, arg=CANARY)
    device.clear_cookies(name="sessionid")
    page.reload()
    sign_in_again(page, KEY_WORKER)
    expect(page).to_have_url(re.compile(TODAY))
    expect(form.get_by_text("What you typed at")).to_contain_text("is back. It is not saved yet.")
    expect(form.locator(".picker input:checked, .chips input:checked")).to_have_count(2)
    expect(form.get_by_role("textbox", name="Note", exact=False).last).to_have_value(CANARY)
    form.get_by_role("button", name="Start afresh").click()
    expect(form.locator(".picker input:checked, .chips input:checked")).to_have_count(0)


def test_after_a_sign_out_five_steps_back_show_no_pupil(device: BrowserContext) -> None:
    page = device.new_page()
    sign_in(page, KEY_WORKER)
    page.goto(TODAY)
    name = card_of(page, 1).get_by_role("heading").inner_text()
    card_of(page, 1).get_by_role("heading").get_by_role("link").click()
    for path in (TODAY, "/schools/deepdale/pupils/", TODAY):
        page.goto(path)
    assert name in page.inner_text("main")
    sign_out(page)
    for _ in range(5):
        page.go_back()
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
        assert name not in page.content()
