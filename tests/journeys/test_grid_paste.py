"""Cells copied out of a spreadsheet, pasted into the grid: counted, put in and undone as one, by keys alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_axe import violations

pytestmark = pytest.mark.browser

PASTE = """text => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


def test_a_paste_into_the_grid_is_counted_put_in_and_undone_as_one(person: Callable[..., Page]) -> None:
    page = person("senco@ashdown.example")
    page.goto("/schools/ashdown/reviews/")
    page.locator("main a[href*='/reviews/20']").first.click()
    page.goto(f"{page.url.split('?')[0]}grid/?view=table")
    rows = page.locator("[data-row]:has(.code)")
    cell, note = rows.first.locator(".code"), rows.first.locator("input[name^=note-]")
    before = cell.input_value(), note.input_value()
    cell.focus()
    page.evaluate(PASTE, "almost\tNext step\tSeen in maths\ngood\t\t\n")
    heading = page.get_by_role("heading", name="3 cells will change, 1 not understood")
    expect(heading).to_be_focused()
    expect(page.locator("#paste-panel")).to_contain_text("Left out: row 2: “good”.")
    assert violations(page) == []
    assert (cell.input_value(), note.input_value()) == before
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(cell).to_have_value("3")
    expect(note).to_have_value("Seen in maths")
    expect(cell).to_be_focused()
    expect(page.locator("[data-saving]")).to_contain_text("All changes saved")
    page.keyboard.press("Control+z")
    expect(cell).to_have_value(before[0])
    expect(note).to_have_value(before[1])
