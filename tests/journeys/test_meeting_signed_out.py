"""The sheet of a meeting whose person was signed out in the middle of it: nothing typed is given up, and it goes on after signing in."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Dialog, Locator, Page, Route, expect

from tests.journeys.meeting import open_sheet
from tests.journeys.test_axe import violations
from tests.journeys.test_grid_signed_out import sign_in_beside, sign_in_unheard
from tests.journeys.test_staying_signed_in import pass_time

pytestmark = pytest.mark.browser

SENCO, HEAD = "senco@ashdown.example", "head@ashdown.example"


@pytest.fixture
def page(person: Callable[..., Page]) -> Page:
    """The sheet of a review under way that no other journey writes on."""
    page = person(SENCO)
    open_sheet(page)
    return page


def sign_out_unheard(page: Page) -> None:
    page.context.clear_cookies(name="sessionid")


def covered(page: Page) -> Locator:
    """The cover, once it is there; the text that is announced after a moment needs the clock to go on."""
    cover = page.get_by_role("dialog", name="You are signed out")
    expect(cover).to_be_visible()
    return cover


def go_on(page: Page, cover: Locator) -> None:
    cover.get_by_role("button", name="I am signed in again").press("Enter")
    expect(cover).to_be_hidden()


def type_view(page: Page, words: str) -> None:
    box = page.get_by_label("What the parents say")
    box.fill("")
    box.press_sequentially(words)
    page.clock.run_for(1000)


def test_words_typed_while_signed_out_are_saved_after_signing_in(page: Page) -> None:
    sign_out_unheard(page)
    type_view(page, "She reads to her brother.")
    cover = covered(page)
    assert violations(page) == []
    sign_in_beside(page, SENCO).close()
    page.bring_to_front()
    go_on(page, cover)
    expect(page.locator("[data-live-said]")).to_contain_text("Saved ")
    page.reload()
    expect(page.get_by_label("What the parents say")).to_have_value("She reads to her brother.")


def test_an_action_that_is_typed_and_not_added_holds_the_page_at_the_end_of_the_time(page: Page) -> None:
    page.get_by_label("What will be done").press_sequentially("Read at bedtime")
    pass_time(page, "30:05")
    cover = covered(page)
    sign_out_unheard(page)
    sign_in_beside(page, SENCO).close()
    page.bring_to_front()
    go_on(page, cover)
    page.clock.run_for(3000)
    expect(page.get_by_label("What will be done")).to_have_value("Read at bedtime")
    page.get_by_label("Who does it").fill("Mum")
    page.get_by_role("button", name="Add to what we agreed").click()
    expect(page.get_by_role("button", name="Take back “Read at bedtime”")).to_be_visible()


def test_a_button_that_is_pressed_while_signed_out_does_its_work_after_signing_in(page: Page) -> None:
    page.get_by_label("What will be done").fill("A card for the bag")
    page.get_by_label("Who does it").fill("Key worker")
    sign_out_unheard(page)
    page.get_by_role("button", name="Add to what we agreed").click()
    cover = covered(page)
    sign_in_beside(page, SENCO).close()
    page.bring_to_front()
    go_on(page, cover)
    expect(page.get_by_role("button", name="Take back “A card for the bag”")).to_be_visible()
    expect(page.get_by_text("was not saved")).to_have_count(0)


def test_nothing_is_saved_for_somebody_else_who_is_signed_in_now(page: Page) -> None:
    sign_out_unheard(page)
    sign_in_unheard(page, HEAD)
    type_view(page, "Words of the SENCO.")
    cover = covered(page)
    expect(cover.get_by_text("Somebody else is signed in now.")).to_be_visible()
    sign_out_unheard(page)
    sign_in_unheard(page, SENCO)
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.get_by_label("What the parents say")).not_to_have_value("Words of the SENCO.")


def refuse(route: Route) -> None:
    route.fulfill(status=409, json={"said": "Somebody else changed the same words. Press Save to see both."})


def test_leaving_asks_while_words_are_refused_or_an_action_is_not_added(page: Page) -> None:
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.route("**/meeting/", refuse)
    type_view(page, "Both of us wrote here.")
    expect(page.locator("[data-live-said]")).to_contain_text("Press Save to see both.")
    with page.expect_event("dialog"):
        page.close(run_before_unload=True)
    page.unroute("**/meeting/")
    type_view(page, "Mine.")
    expect(page.locator("[data-live-said]")).to_contain_text("Saved ")
    page.get_by_label("What will be done").press_sequentially("Half")
    with page.expect_event("dialog"):
        page.close(run_before_unload=True)
    assert asked == ["beforeunload", "beforeunload"]


def test_a_button_that_reaches_nobody_says_so_and_keeps_everything(page: Page) -> None:
    page.get_by_label("What will be done").fill("Talk on Friday")
    page.route("**/session/stay/", lambda route: route.abort())
    page.get_by_role("button", name="Add to what we agreed").click()
    expect(page.locator("[data-live-said]")).to_contain_text("the server cannot be reached")
    expect(page.get_by_label("What will be done")).to_have_value("Talk on Friday")
