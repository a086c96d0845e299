"""Cells copied out of a spreadsheet, pasted into the grid: counted, put in and undone as one, by keys alone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.clipboard import CUT, TWO_LINES, UNCLEAR
from tests.journeys.test_axe import violations

pytestmark = pytest.mark.browser

PASTE = """text => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


def open_table(page: Page) -> None:
    page.goto("/schools/ashdown/reviews/")
    page.locator("main a[href*='/reviews/20']").first.click()
    page.goto(f"{page.url.split('?')[0]}grid/?view=table")


def test_the_script_cuts_what_was_copied_as_the_page_does(person: Callable[..., Page]) -> None:
    page = person("")
    page.goto("/signin/")
    cut = page.evaluate(
        "async (texts) => { const { rowsOf } = await import('/static/js/clipboard.js'); return texts.map(rowsOf); }", [*CUT, *UNCLEAR]
    )
    assert cut[: len(CUT)] == [{"rows": rows, "unclear": 0} for rows in CUT.values()]
    assert cut[len(CUT) :] == [{"rows": [], "unclear": row} for row in UNCLEAR.values()]


def test_a_note_of_two_lines_stays_in_its_row_and_an_unclear_paste_is_refused(person: Callable[..., Page]) -> None:
    page = person("senco@ashdown.example")
    open_table(page)
    rows = page.locator("[data-row]:has(.code)")
    before = rows.nth(2).locator(".code").input_value()
    rows.first.locator(".code").focus()
    page.evaluate(PASTE, TWO_LINES)
    expect(page.get_by_role("heading", name="6 cells will change, 0 not understood")).to_be_focused()
    page.get_by_role("button", name="Put them in").press("Enter")
    assert [rows.nth(place).locator(".code").input_value() for place in range(3)] == ["3", "2", before]
    expect(rows.first.locator("input[name^=note-]")).to_have_value("Seen in maths and in PE")
    expect(rows.nth(1).locator("input[name^=note-]")).to_have_value("ok")
    expect(page.locator("[data-saving]")).to_contain_text("All changes saved")
    page.keyboard.press("Control+z")
    page.evaluate(PASTE, next(iter(UNCLEAR)))
    expect(page.get_by_role("heading", name="0 cells will change, 1 not understood")).to_be_focused()
    expect(page.locator("#paste-panel")).to_contain_text("row 2. It cannot be seen where a cell ends")
    expect(page.get_by_role("button", name="Put them in")).to_be_hidden()


def test_a_column_of_names_goes_on_to_the_paste_page_and_into_no_note(person: Callable[..., Page]) -> None:
    page = person("senco@ashdown.example")
    open_table(page)
    row = page.locator("[data-row]:has(.code)").first
    name = page.locator("tbody:has(.code) [id^=n-]").first.inner_text()
    before = row.locator("input[name^=note-]").input_value()
    row.locator(".code").focus()
    page.evaluate(PASTE, f"{name}\t3\tKeep\tSeen at lunch")
    expect(page.get_by_role("heading", name="The first column seems to hold no steps")).to_be_focused()
    expect(page.get_by_role("button", name="Put them in")).to_be_hidden()
    assert violations(page) == []
    assert row.locator("input[name^=note-]").input_value() == before
    page.get_by_role("button", name="Go on to the paste page").press("Enter")
    expect(page.get_by_role("heading", name="Check what changes")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text(name)
    assert re.search(r"/paste/\?group=", page.url)


def test_blocks_that_do_not_fit_the_column_are_not_put_in(person: Callable[..., Page]) -> None:
    page = person("senco@ashdown.example")
    open_table(page)
    row = page.locator("[data-row]:has(.code)").first
    for selector, text, heading in (
        (".code", "D\t3\nPat\t2\nSam\t1", "The first column seems to hold no steps"),
        ("select[name^=next-]", "Pat\tSeen\nSam\tSeen", "The first column seems to hold no next actions"),
        ("input[name^=note-]", "Pat\t3\nSam\t2", "Only notes go into this column"),
    ):
        row.locator(selector).focus()
        page.evaluate(PASTE, text)
        expect(page.get_by_role("heading", name=heading)).to_be_focused()
        expect(page.get_by_role("button", name="Put them in")).to_be_hidden()
    row.locator(".code").focus()
    page.evaluate(PASTE, "\t\tOnly a note\n\t\tAnd one more")
    expect(page.get_by_role("heading", name="2 cells will change, 0 not understood")).to_be_focused()
    expect(page.get_by_role("button", name="Go on to the paste page")).to_be_hidden()


def test_a_word_that_the_school_used_before_is_a_step_in_the_grid_too(person: Callable[..., Page]) -> None:
    page = person("senco@ashdown.example")
    open_table(page)
    grid = page.url
    row = page.locator("[data-row]:has(.code)").first
    row.locator(".code").focus()
    page.evaluate(PASTE, "Flying\nflying")
    page.get_by_role("button", name="Go on to the paste page").press("Enter")
    page.get_by_label("What does “flying” mean here?").select_option("4")
    page.get_by_role("button", name="Look again with these answers").press("Enter")
    expect(page.get_by_label("What does “flying” mean here?")).to_have_count(0)
    page.goto(grid)
    row.locator(".code").focus()
    page.evaluate(PASTE, "Flying\n flying ")
    expect(page.get_by_role("heading", name="2 cells will change, 0 not understood")).to_be_focused()


def test_a_paste_into_the_grid_is_counted_put_in_and_undone_as_one(person: Callable[..., Page]) -> None:
    page = person("senco@ashdown.example")
    open_table(page)
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
