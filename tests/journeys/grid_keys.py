"""What the keys of the grid do in the class of one pupil and three targets, one part after another."""

import re

from playwright.sync_api import Page, expect

SAVED = re.compile(r"All changes saved \d\d:\d\d\.")


def codes(page: Page) -> list[str]:
    return page.locator("input.code").evaluate_all("cells => cells.map((cell) => cell.value)")


def all_saved(page: Page) -> None:
    """The line below the grid says so, of what was typed last: it is written a moment after a key, so that the key is painted first."""
    page.evaluate("() => new Promise((done) => setTimeout(done))")
    expect(page.locator("#grid-line")).to_contain_text(SAVED)


def place_of(page: Page) -> tuple[str, str]:
    """The row and the column in which the keyboard is."""
    column = page.evaluate("document.activeElement.name.split('-')[0]")
    return page.evaluate("document.activeElement.closest('tr').querySelector('[id^=r-]').textContent")[-1], column


def walk(page: Page) -> None:
    """A step moves on; a wrong character is said and nothing else; arrows, Enter and Tab go where they say."""
    press = page.keyboard.press
    press("3")
    assert place_of(page) == ("2", "now")
    press("q")
    expect(page.locator("#grid-live")).to_have_text("Type 0 to 4, or X.")
    assert (codes(page), place_of(page)) == (["3", "", ""], ("2", "now"))
    for key, place in (
        ("ArrowRight", ("2", "next")),
        ("Shift+Tab", ("2", "now")),
        ("Enter", ("3", "now")),
        ("Shift+Enter", ("2", "now")),
        ("ArrowUp", ("1", "now")),
    ):
        press(key)
        assert place_of(page) == place, key


def seat_of(page: Page) -> tuple[int, int, str]:
    """The pupil, the row and the column in which the keyboard is, in a class of several pupils."""
    _, pupil, row = page.evaluate("document.activeElement.closest('tr').querySelector('[id^=r-]').textContent").split()
    return int(pupil), int(row), page.evaluate("document.activeElement.name.split('-')[0]")


def press_each(page: Page, column: str, *steps: tuple[str, int, int]) -> None:
    """Press one key after another; each leads to that pupil and row, and never out of the column."""
    for key, pupil, row in steps:
        page.keyboard.press(key)
        assert seat_of(page) == (pupil, row, column), key


def go_between_pupils(page: Page) -> None:
    """A page up or down is a pupil, to the first row; at either end, and left of the first column, one stays."""
    page.locator("input.code").first.focus()
    press_each(page, "now", ("ArrowDown", 0, 2), ("PageDown", 1, 1), ("PageDown", 1, 1), ("ArrowDown", 1, 2))
    press_each(page, "now", ("PageUp", 0, 1), ("PageUp", 0, 1), ("ArrowDown", 0, 2), ("ArrowDown", 1, 1), ("ArrowUp", 0, 2))
    press_each(page, "now", ("PageUp", 0, 2), ("ArrowLeft", 0, 2), ("ArrowUp", 0, 1))
    page.keyboard.press("ArrowRight")
    assert seat_of(page) == (0, 1, "next")


def choose_in_a_select(page: Page) -> None:
    """In a select every key is the browser's own: an arrow chooses, and none leaves it."""
    choice = page.locator("select[name^=next]").first
    choice.focus()
    before = choice.input_value()
    press_each(page, "next", ("ArrowDown", 0, 1))
    assert choice.input_value() != before
    press_each(page, "next", ("ArrowUp", 0, 1))
    assert choice.input_value() == before
    press_each(page, "next", ("PageDown", 0, 1), ("PageUp", 0, 1), ("Enter", 0, 1), ("Escape", 0, 1))


def write_in_notes(page: Page) -> None:
    """In a note letters and the sideways arrows are the browser's own; Enter, the other arrows and the page keys change the row."""
    note = page.locator("input[name^=note]").first
    note.focus()
    page.keyboard.type("u=3x")
    caret = "document.activeElement.selectionStart"
    assert (note.input_value(), page.evaluate(caret)) == ("u=3x", 4)
    press_each(page, "note", ("ArrowLeft", 0, 1))
    assert page.evaluate(caret) == 3
    press_each(page, "note", ("ArrowRight", 0, 1))
    assert page.evaluate(caret) == 4
    press_each(page, "note", ("ArrowDown", 0, 2), ("ArrowUp", 0, 1), ("Enter", 0, 2), ("Enter", 1, 1), ("Shift+Enter", 0, 2))
    press_each(page, "note", ("PageDown", 1, 1), ("PageUp", 0, 1))
    assert page.locator("input[name^=note]").evaluate_all("notes => notes.map((note) => note.value)") == ["u=3x", "", "", ""]


def change_and_undo(page: Page) -> None:
    """The next action follows the step, Ctrl+Z and Escape bring both back, Delete clears, U goes to what is left."""
    press, following = page.keyboard.press, page.locator("select[name^=next]").first
    press("4")
    press("ArrowUp")
    assert following.input_value() == "close"
    press("Control+z")
    assert (codes(page)[0], following.input_value()) == ("3", "keep")
    press("Delete")
    all_saved(page)
    page.route("**/rows/**", lambda route: None)  # nothing is saved meanwhile, so Escape has something to bring back
    press("1")
    press("ArrowUp")
    press("Escape")
    assert codes(page)[0] == ""
    page.unroute("**/rows/**")
    press("u")
    assert place_of(page) == ("2", "now")
    press("x")
    expect(page.locator("select[name^=not_seen]")).to_have_count(1)


def put_many_and_undo(page: Page) -> None:
    """What a paste puts in is one change."""
    page.locator("#grid").evaluate(
        """form => form.dispatchEvent(new CustomEvent("grid:put", { detail: [...form.querySelectorAll("[data-row]")].map(
             (row) => ({ number: row.id.slice(2), field: "step", value: "2" })) }))"""
    )
    assert codes(page) == ["2", "2", "2"]
    note = page.locator("input[name^=note]").first
    note.focus()
    page.keyboard.press("Control+z")
    assert codes(page) == ["", "X", ""]


def decide_and_undo(page: Page) -> None:
    """A choice is undone as a key is, and what was decided to happen next goes with its step, on the page and in what is stored."""
    press, following = page.keyboard.press, page.locator("select[name^=next]").first
    cell, note = page.locator("input.code").first, page.locator("input[name^=note]").first
    cell.focus()
    press("3")
    all_saved(page)
    press("ArrowUp")
    press("4")
    following.select_option("keep")
    saved_as(page, "4", "keep")
    following.select_option("change")
    press("Control+z")
    assert (cell.input_value(), following.input_value()) == ("4", "keep")
    cell.focus()
    press("2")
    saved_as(page, "2", "keep")
    cell.focus()
    press("Control+z")
    saved_as(page, "4", "keep")
    note.focus()
    page.keyboard.type("Seen")
    press("Control+z")
    assert cell.input_value() == "4"


def saved_as(page: Page, step: str, following: str) -> None:
    """The first row is saved, and another page shows it with these values."""
    page.locator("input.code").last.focus()
    all_saved(page)
    other = page.context.new_page()
    other.goto(page.url)
    assert (codes(other)[0], other.locator("select[name^=next]").first.input_value()) == (step, following)
    other.close()
