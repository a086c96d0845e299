"""What journeys of a key worker's day share: the cards of Today, and the form that opens in one."""

import re

from playwright.sync_api import Locator, Page, expect

TODAY = "/schools/deepdale/today/"
KEY_WORKER = "keyworker@deepdale.example"


def card_of(page: Page, targets: int, or_more: bool = True) -> Locator:
    """The first card of the day with so many targets."""
    last = f".step-line > li:nth-child({targets})" + ("" if or_more else ":last-child")
    card = page.locator(".today > .one").filter(has=page.locator(last)).first
    expect(card).to_be_visible()
    return card


def open_form(page: Page, targets: int = 1, or_more: bool = True) -> tuple[Locator, str]:
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


def take_back(page: Page) -> None:
    """Undo what was recorded last, so that its pupil waits again for the next journey."""
    page.get_by_role("button", name="Undo").first.click()
    expect(page.get_by_text("is undone")).to_be_visible()
