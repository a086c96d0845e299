"""What a form says of unsent work, where it cannot be kept or sent, and while what waits is changed: nothing typed is lost."""

import re

import pytest
from playwright.sync_api import BrowserContext, Route, expect

from tests.journeys.conftest import sign_in
from tests.journeys.day import KEY_WORKER, TODAY, choose, is_done, open_form, take_back
from tests.journeys.unsent import (
    DRAFT_IS_KEPT,
    KEPT_ITEMS,
    MAKE_OLDER,
    begin,
    fail_to_send,
    note_of,
    reachable,
    record_while_unreachable,
    save,
    sign_in_again,
)

pytestmark = pytest.mark.browser

PRIVATE = "indexedDB.open = () => { throw new DOMException('private window', 'SecurityError'); };"
FULL = "IDBObjectStore.prototype.put = () => { throw new DOMException('no room', 'QuotaExceededError'); };"
SEND_ALL = "import('/static/js/outbox.js').then(({ sendAll }) => sendAll(true))"
GET_ONLINE = "dispatchEvent(new Event('online'))"
SESSION = "**/outbox/session/"
NEVER_SENT = "**/outbox/never-sent/"
LINE = ".one-open [data-draft]"


def test_a_card_opened_again_after_saving_is_another_one_to_one(device: BrowserContext) -> None:
    page = device.new_page()
    form, _ = begin(page)
    first = form.locator("[name=client_id]").input_value()
    device.route("**/one-to-one/", fail_to_send)
    save(form)
    card = page.locator(".today > .one", has_text="Not sent yet")
    card.get_by_role("link", name="Record").click()
    expect(form.get_by_role("heading", name="One-to-one with")).to_be_visible()
    assert form.locator("[name=client_id]").input_value() not in ("", first)
    assert form.locator(".picker input:checked").count() == 0


def test_a_form_beside_one_that_waits_says_that_it_is_another_and_a_draft_of_it_is_no_second_one_that_waits(device: BrowserContext) -> None:
    page = device.new_page()
    form, _ = record_while_unreachable(page)
    card = page.locator(".today > .one", has_text="Not sent yet")
    card.get_by_role("link", name="Record").click()
    expect(form.get_by_text("It is not sent yet. What you type here is another one.")).to_be_visible()
    expect(page.locator(LINE)).to_be_hidden()
    note_of(form).fill("Another one")
    form.get_by_role("button", name="Close").click()
    expect(card).to_contain_text("Not sent yet – saved on this device.")
    expect(card).to_contain_text("You began a form and did not save it.")
    reachable(page)
    page.get_by_role("button", name="Send now").click()
    expect(page.get_by_text("1 one-to-one was sent just now.")).to_be_visible()
    expect(page.locator(".one [data-kept-line]")).to_have_text("You began a form and did not save it. Your draft is on this device.")
    page.locator(".today > .one", has_text="You began").get_by_role("link", name="Record").click()
    expect(form.get_by_text("What you typed at")).to_be_visible()
    expect(form.locator("[data-waiting-too]")).to_be_hidden()
    form.get_by_role("button", name="Start afresh").click()
    expect(page.locator(LINE)).to_be_hidden()
    form.get_by_role("button", name="Close").click()
    expect(page.locator(".one [data-kept-line]")).to_have_count(0)
    page.reload()
    take_back(page)


def test_what_is_open_to_be_changed_is_not_sent_meanwhile_from_any_tab(device: BrowserContext) -> None:
    page = device.new_page()
    _, name = record_while_unreachable(page, "First words")
    page.goto("/outbox/")
    page.get_by_role("link", name="Change it").click()
    form = page.locator(".one-open")
    expect(page.locator(LINE)).to_contain_text("You are changing what you saved at")
    expect(form.get_by_role("button", name="Start afresh")).to_be_hidden()
    expect(note_of(form)).to_have_value("First words")
    reachable(page)
    other = device.new_page()
    other.goto("/outbox/")
    other.evaluate(SEND_ALL)
    page.evaluate(SEND_ALL)
    expect(other.get_by_role("heading", name="One-to-one,")).to_be_visible()
    assert page.evaluate(KEPT_ITEMS) == 1
    note_of(form).fill("Better words")
    save(form)
    expect(page.locator("#saved")).to_contain_text(f"Saved. {name}, 1 target.")
    assert page.evaluate(KEPT_ITEMS) == 0
    assert is_done(page, name) == 1
    page.locator(".done-list > li").filter(has_text=name).get_by_role("link", name="Change").click()
    expect(note_of(form)).to_have_value("Better words")
    page.go_back()
    take_back(page)


def test_what_was_sent_before_it_could_be_changed_is_said(device: BrowserContext) -> None:
    page = device.new_page()
    record_while_unreachable(page)
    page.goto("/outbox/")
    address = page.get_by_role("link", name="Change it").get_attribute("href") or ""
    reachable(page)
    page.goto("/outbox/")
    expect(page.get_by_text("1 one-to-one was sent just now.")).to_be_visible()
    page.goto(address)
    expect(page.locator(LINE)).to_contain_text("is sent by now, or removed")
    page.goto(TODAY)
    take_back(page)


def test_what_was_never_sent_is_forgotten_only_when_the_server_has_noted_it(device: BrowserContext) -> None:
    page = device.new_page()
    record_while_unreachable(page)
    page.evaluate(MAKE_OLDER, 73)
    device.route(NEVER_SENT, lambda route: route.fulfill(status=503))
    with page.expect_response(NEVER_SENT):
        page.evaluate(SEND_ALL)
    page.goto("/outbox/")
    expect(page.get_by_text("Nothing waits on this device")).to_be_visible()
    assert page.evaluate(KEPT_ITEMS) == 1, "the time of it"
    device.unroute(NEVER_SENT)
    with page.expect_response(NEVER_SENT) as noted:
        page.evaluate(SEND_ALL)
    assert noted.value.status == 204
    page.reload()
    expect(page.get_by_text("was never sent from this device and is removed from it.")).to_have_count(1)
    assert page.evaluate(KEPT_ITEMS) == 0


def test_the_key_is_asked_for_again_while_it_is_missing(device: BrowserContext) -> None:
    page = device.new_page()
    device.route(SESSION, lambda route: route.abort())
    form, _ = begin(page, "Typed without the key")
    device.unroute(SESSION)
    page.evaluate(GET_ONLINE)
    page.wait_for_function(DRAFT_IS_KEPT, arg="Typed without the key")
    expect(page.locator("#timeout [data-unsaved]")).to_have_text("Your work is saved as a draft.")
    device.route("**/one-to-one/", fail_to_send)
    save(form)
    expect(page.get_by_text("Not sent yet – saved on this device.")).to_be_visible()


@pytest.mark.parametrize("broken", [PRIVATE, FULL], ids=["private", "full"])
def test_signed_out_where_nothing_is_kept_the_page_waits_and_is_saved_after_signing_in(device: BrowserContext, broken: str) -> None:
    page = device.new_page()
    page.add_init_script(broken)
    form, name = begin(page, "Nowhere to keep it")
    expect(form.get_by_text("This browser keeps nothing: it is a private window, or its storage is full.")).to_be_visible()
    device.clear_cookies(name="sessionid")
    save(form)
    cover = page.get_by_role("dialog", name="You are signed out")
    expect(cover).to_contain_text("What you typed is not saved, and this browser cannot keep it.")
    other = device.new_page()
    sign_in_again(other, KEY_WORKER)
    expect(cover).to_be_visible()
    expect(form.locator("[data-not-saved]")).to_have_text(
        re.compile("^Not saved: you are signed out.* This browser cannot keep it for you")
    )
    cover.get_by_role("button", name="I am signed in again").click()
    expect(page.locator("#saved")).to_contain_text(f"Saved. {name}, 1 target.")
    take_back(page)


def test_a_pupil_who_is_no_longer_theirs_is_said_in_the_form_and_nothing_typed_is_lost(device: BrowserContext) -> None:
    page = device.new_page()
    form, _ = begin(page, "Kept in the form")
    device.route("**/one-to-one/", not_yours)
    save(form)
    expect(form.get_by_text("Not saved: you can no longer record for this pupil.")).to_be_visible()
    expect(note_of(form)).to_have_value("Kept in the form")
    expect(form.locator(".picker input:checked")).to_have_count(1)
    expect(form.get_by_role("button", name="Save one-to-one")).to_be_enabled()
    page.wait_for_function(DRAFT_IS_KEPT, arg="Kept in the form")


def not_yours(route: Route) -> None:
    route.fulfill(status=404, body="<h1>Page not found</h1>") if route.request.method == "POST" else route.continue_()


def test_what_waits_for_a_pupil_who_is_no_longer_theirs_shows_what_was_written(device: BrowserContext) -> None:
    page = device.new_page()
    record_while_unreachable(page, "To be copied")
    reachable(page)
    device.route("**/one-to-one/", not_yours)
    page.goto("/outbox/")
    expect(page.get_by_text("It was not taken: You can no longer record for this pupil.")).to_be_visible()
    expect(page.get_by_text("To be copied")).to_be_visible()
    expect(page.get_by_role("link", name="Change it")).to_have_count(0)


def test_what_the_device_can_no_longer_open_says_so(device: BrowserContext) -> None:
    page = device.new_page()
    record_while_unreachable(page)
    device.clear_cookies(name="outbox-device")
    page.goto("/outbox/")
    expect(page.get_by_text("This device can no longer open it. Record it again.")).to_be_visible()


def test_a_star_that_comes_late_has_its_quiet_moment_too(device: BrowserContext) -> None:
    page = device.new_page()
    sign_in(page, KEY_WORKER)
    page.goto(TODAY)
    form, _ = open_form(page, 3)
    choose(form, "Done it", "Done it", "Done it")
    device.route("**/one-to-one/", fail_to_send)
    save(form)
    expect(page.get_by_text("Not sent yet – saved on this device.")).to_be_visible()
    reachable(page)
    page.get_by_role("button", name="Send now").click()
    line = page.locator("#outbox .alert-info").first
    expect(line).to_contain_text(re.compile("has (done it|reached the aim). Tell (him|her|them)!"))
    expect(line.get_by_role("link", name="Certificate")).to_have_attribute("href", re.compile("/targets/[0-9a-f-]{36}/certificate/$"))
    page.reload()
    take_back(page)
