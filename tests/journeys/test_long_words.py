"""A paragraph that is pasted into a small box keeps its end: it is counted, refused in words, and saved once it is short enough."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.site import Site
from tests.journeys.test_grid_signed_out import SENCO, make_class, open_grid

pytestmark = pytest.mark.browser

LONG = "They read together every night. " * 12 + "This is the end."


def paste(box: Locator, words: str) -> None:
    """As Ctrl-V does: the browser itself puts the words in, and cuts them where the box says so."""
    box.focus()
    box.page.keyboard.insert_text(words)


def test_a_pasted_note_of_the_grid_is_whole_counted_and_refused_in_its_row(site: Site, person: Callable[..., Page]) -> None:
    page = open_grid(person(SENCO), make_class(site, "7U"))
    box = page.locator("input[name^='note-']").first
    paste(box, LONG)
    row = page.locator("tr.target").first
    expect(box).to_have_value(LONG)
    expect(row.locator(".counter")).to_have_text(f"{len(LONG)} of 200 characters")
    expect(row).to_contain_text(f"Not saved. This has {len(LONG)} characters. It holds 200.")
    box.fill("Short")
    expect(row.locator(".counter")).to_have_text("")
    expect(page.locator("#grid-line")).to_contain_text(re.compile("All changes saved"))


def test_the_parents_view_does_not_stop_at_its_limit_while_it_is_typed_in(person: Callable[..., Page]) -> None:
    page = person("senco@ashdown.example")
    page.goto("/schools/ashdown/reviews/")
    page.locator("main a[href*='/reviews/20']").first.click()
    page.goto(f"{page.url}?status=in_progress")
    page.locator("a.task").last.click()
    page.get_by_role("link", name="Sheet for the meeting with parents").click()
    box = page.get_by_label("What the parents say")
    box.fill("x" * 295)
    expect(page.locator("[data-live-said]")).to_contain_text("Saved ")
    box.press("End")
    box.press_sequentially(" and more")
    expect(box).to_have_value("x" * 295 + " and more")
    expect(page.get_by_text("304 of 300 characters")).to_be_visible()
    expect(page.locator("[data-live-said]")).to_contain_text("This has 304 characters. It holds 300.")
