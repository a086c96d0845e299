"""The sheet of a meeting in a real browser: what is typed saves itself, and the sheet prints on exactly one page."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_pupil_pages import A4, sheets

pytestmark = pytest.mark.browser

SCHOOLS = ("ashdown", "cedar")  # DREAMS and HORIZONS
FULL_VIEW = ("extraordinarily " * 20)[:300]
FULL_ACTION = ("conscientiously " * 8)[:118]


def open_sheet(page: Page, school: str) -> None:
    """Open the sheet of a review that is under way."""
    page.goto(f"/schools/{school}/reviews/")
    page.locator("main a[href*='/reviews/20']").first.click()
    page.goto(f"{page.url}?status=in_progress")
    page.locator("a.task").nth(1).click()
    page.get_by_role("link", name="Sheet for the meeting with parents").click()
    expect(page.get_by_role("heading", name="How it is going")).to_be_visible()


def fill_up(page: Page) -> None:
    """Make of the sheet the fullest there can be: five long targets after three reviews, six outcomes, 300 letters of the pupil."""
    page.evaluate(
        """() => {
          const first = document.querySelector(".sheet-target");
          first.querySelector("h3").textContent = "extraordinarily ".repeat(10);
          const words = document.createElement("span");
          words.textContent = "Autumn and getting there, ".repeat(5);
          first.querySelector(".row").append(words);
          [...document.querySelectorAll(".sheet-target")].slice(1).forEach((other) => other.remove());
          for (let more = 0; more < 4; more++) first.after(first.cloneNode(true));
          const outcomes = document.querySelector(".sheet-outcomes dl");
          outcomes.replaceChildren(...Array(6).fill(outcomes.firstElementChild).map((each) => each.cloneNode(true)));
          for (const name of outcomes.querySelectorAll("dt")) name.textContent = "Behaviour points, whole year";
          document.querySelector(".sheet-part > p").textContent = "extraordinarily ".repeat(19);
        }"""
    )


@pytest.mark.parametrize("school", SCHOOLS)
def test_the_fullest_sheet_prints_on_exactly_one_page(person: Callable[..., Page], school: str) -> None:
    page = person(f"senco@{school}.example", color_scheme="dark")
    open_sheet(page, school)
    page.get_by_label("What the parents say").fill(FULL_VIEW)
    for number in range(6):
        page.get_by_label("What will be done").fill(f"{number} {FULL_ACTION}")
        page.get_by_label("Who does it").fill("The family and the key worker together")
        page.get_by_role("button", name="Add to what we agreed").click()
        expect(page.get_by_role("button", name="Take back")).to_have_count(number + 1)
    expect(page.get_by_role("button", name="Print this page")).to_be_visible()
    fill_up(page)
    assert sheets(page) == [A4]
    page.locator(".sheet").evaluate("sheet => sheet.append(...[1, 2].map(() => sheet.children[3].cloneNode(true)))")
    assert len(sheets(page)) > 1  # the control: what does not fit would be seen


def test_what_is_typed_saves_itself(person: Callable[..., Page]) -> None:
    page = person("senco@ashdown.example")
    open_sheet(page, "ashdown")
    box = page.get_by_label("What the parents say")
    for words in ("He reads to his sister.", "He reads to his sister every day."):
        box.fill(words)
        expect(page.locator("[data-live-said]")).to_contain_text("Saved ")
        expect(box).to_have_value(words)
    page.reload()
    expect(page.get_by_label("What the parents say")).to_have_value("He reads to his sister every day.")
