"""A class judged in the grid: by keys alone, without a script, over a network that loses answers, and by two people at once."""

import re
import subprocess
import sys
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.conftest import PASSWORD
from tests.journeys.grid_keys import (
    SAVED,
    all_saved,
    change_and_undo,
    choose_in_a_select,
    codes,
    decide_and_undo,
    go_between_pupils,
    put_many_and_undo,
    walk,
    write_in_notes,
)
from tests.journeys.site import ROOT, Site
from tests.journeys.test_axe import violations

pytestmark = pytest.mark.browser

SENCO, HEAD_OF_GRID = "senco@deepdale.example", "/schools/deepdale/reviews/"
COUNT_MOUSE = """
window.mouse = 0;
for (const kind of ["mousemove", "mousedown", "click"]) {
  addEventListener(kind, (event) => event.detail > 0 || kind === "mousemove" ? (window.mouse += 1) : 0, true);
}
"""
URLS = "rows => rows.map((row) => new URL(`../rows/${row.dataset.row}/`, location.href).href)"


@pytest.fixture(scope="module")
def classes(site: Site) -> None:
    """Classes of their own, so that no other journey meets them half judged."""
    for group, pupils, targets in (("7X", 30, 3), ("7Y", 1, 3), ("7Z", 8, 3), ("7W", 1, 2), ("7V", 2, 2)):
        command = [sys.executable, "-m", "tests.journeys.big_class", "deepdale", group, str(pupils), str(targets)]
        environment = site.environment | {"DJANGO_SETTINGS_MODULE": "config.settings.dev"}
        subprocess.run(command, cwd=ROOT, env=environment, check=True)


@pytest.fixture
def grid(person: Callable[..., Page], classes: None) -> Callable[..., Page]:
    """Open a class's grid as the SENCO."""

    def open_grid(group: str, **options: object) -> Page:
        page = person(SENCO, **options)
        page.add_init_script(COUNT_MOUSE)
        page.goto(HEAD_OF_GRID)
        cycle = re.search(r"reviews/(\d{4}-\d)/", page.get_by_role("main").inner_html())
        assert cycle
        page.goto(f"{HEAD_OF_GRID}{cycle[1]}/grid/?group={group}")
        return page

    return open_grid


def tab_to(page: Page, selector: str) -> None:
    """Walk there with Tab, as somebody without a mouse does."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab never comes to {selector}")


def test_thirty_pupils_are_judged_by_keys_alone_with_one_key_a_cell(grid) -> None:
    page = grid("7X")
    expect(page.locator("#grid-line")).to_contain_text("Your work is saved as you go. 0 of 90 done.")
    tab_to(page, "input.code")
    typed = [("0", "1", "2", "g", "a", "=", "x", "S", "D")[place % 9] for place in range(90)]
    for key in typed:
        page.keyboard.press(key)
    expect(page.locator("#grid-line")).to_contain_text("90 of 90 done.", timeout=60_000)
    all_saved(page)
    meant = ["0", "1", "2", "2", "3", "2", "X", "1", "4"] * 10
    assert codes(page) == meant
    assert page.evaluate("window.mouse") == 0
    page.reload()
    assert codes(page) == meant
    assert violations(page) == []


def test_every_key_of_the_grid_does_what_it_says(grid) -> None:
    page = grid("7Y")
    tab_to(page, "input.code")
    walk(page)
    change_and_undo(page)
    put_many_and_undo(page)
    decide_and_undo(page)
    all_saved(page)
    assert page.evaluate("window.mouse") == 0


def test_keys_go_from_pupil_to_pupil_and_leave_selects_and_notes_to_the_browser(grid) -> None:
    page = grid("7V")
    go_between_pupils(page)
    choose_in_a_select(page)
    write_in_notes(page)
    all_saved(page)
    assert page.evaluate("window.mouse") == 0


EDGE = """row => {
  const { borderLeftStyle, borderLeftWidth, display } = getComputedStyle(row.firstElementChild);
  return [display, borderLeftStyle, borderLeftWidth].join(" ");
}"""


def test_in_forced_colours_a_row_shows_by_its_edge_whether_it_is_saved(grid) -> None:
    """Colours and shadows are gone there: the edge of a saved, an unsaved and a conflict row differs in its line."""
    first, second = grid("7V"), grid("7V", forced_colors="active")
    for page, key in ((first, "1"), (second, "4")):
        page.locator("input.code").first.focus()
        page.keyboard.press(key)
        page.wait_for_function("() => document.querySelector('[data-question]') || /All changes saved/.test(document.body.innerText)")
    second.route("**/rows/**", lambda route: route.abort())
    second.locator("input.code").nth(1).focus()
    second.keyboard.press("0")
    expect(second.locator(".row-unsaved")).to_contain_text("Not saved – trying again")
    rows = (".row-conflict", ".row-unsaved", "[data-row]:not(.row-conflict, .row-unsaved)")
    edges = [second.locator(css).first.evaluate(EDGE) for css in rows]
    assert len(set(edges)) == 3, edges
    assert violations(second) == []


def test_the_same_journey_without_a_script(grid) -> None:
    page = grid("7W", java_script_enabled=False)
    expect(page.locator("#grid-line")).to_contain_text("Save at the foot of the page")
    for cell, key in zip(page.locator("input.code").all(), ("3", "="), strict=True):
        cell.focus()
        page.keyboard.type(key)
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text(["2 rows saved."])
    assert [cell.input_value() for cell in page.locator("input.code").all()] == ["3", "2"]
    expect(page.locator("#grid-line")).to_contain_text("2 of 2 done.")


class Losing:
    """A network that passes each request on and loses the first answers on their way back."""

    def __init__(self, how_many: int) -> None:
        self.left, self.lost = how_many, 0
        self.acknowledged: dict = {}

    def __call__(self, route: Route) -> None:
        reply = route.fetch()
        if self.left:
            self.left, self.lost = self.left - 1, self.lost + 1
            route.abort()
            return
        if reply.status == 200:
            self.acknowledged[route.request.url] = reply.json()["values"]["step"]
        route.fulfill(response=reply)


def test_what_was_acknowledged_is_stored_and_the_rest_is_still_on_the_screen(grid) -> None:
    page = grid("7Z")
    page.clock.install()
    network = Losing(20)
    page.route("**/rows/**", network)
    tab_to(page, "input.code")
    for number in range(24):
        page.keyboard.press(str(number % 4))
    page.clock.run_for(1000)
    expect(page.locator("#grid-live")).to_have_text(re.compile("not saved yet|rows? saved"))
    expect(page.locator(".row-unsaved").first).to_contain_text("Not saved – trying again")
    assert codes(page) == [str(number % 4) for number in range(24)]
    page.locator("input.code").first.focus()
    page.keyboard.press("4")
    for _ in range(200):
        page.clock.run_for(2000)
        page.wait_for_timeout(50)
        if SAVED.search(page.locator("#grid-line").inner_text()):
            break
    expect(page.locator("#grid-line")).to_contain_text(SAVED)
    expect(page.locator("[data-question]")).to_have_count(0)
    shown = codes(page)
    assert network.lost == 20
    assert len(network.acknowledged) == 24
    acknowledged = [network.acknowledged[url] for url in page.locator("[data-row]").evaluate_all(URLS)]
    assert acknowledged == shown
    page.reload()
    assert codes(page) == shown == ["4", *[str(number % 4) for number in range(1, 24)]]


def test_two_people_at_one_cell_are_asked_beside_the_row(grid) -> None:
    first, second = grid("7W"), grid("7W")
    for page, key in ((first, "1"), (second, "4")):
        page.locator("input.code").first.focus()
        page.keyboard.press(key)
        page.wait_for_function("() => document.querySelector('[data-question]') || /All changes saved/.test(document.body.innerText)")
    question = second.locator("[data-question]")
    expect(question).to_contain_text("changed this at")
    expect(second.locator("#grid-line")).to_contain_text("1 needs your choice.")
    assert violations(second) == []
    second.locator("[data-question] input[value=mine]").focus()
    second.keyboard.press("Space")
    tab_to(second, ".conflict button")
    second.keyboard.press("Enter")
    expect(question).to_have_count(0)
    all_saved(second)
    second.reload()
    assert codes(second)[0] == "4"


def by_a_colleague(route: Route) -> None:
    """The answer as it is where somebody else saved last; the other window is the SENCO's too."""
    reply = route.fetch()
    route.fulfill(response=reply, json=reply.json() | {"by": "Ms Jones"})


def test_a_request_that_never_arrived_takes_nothing_over_from_a_colleague(grid) -> None:
    """Both chose one step, mine was lost on its way: my next step would go over hers, so I am asked. A refusal is said in words."""
    page = grid("7W")
    page.route("**/rows/**", lambda route: route.abort())
    page.locator("input.code").first.focus()
    page.keyboard.press("0")
    expect(page.locator(".row-unsaved").first).to_contain_text("Not saved – trying again")
    hers = grid("7W")
    hers.locator("input.code").first.focus()
    hers.keyboard.press("0")
    all_saved(hers)
    page.locator("input.code").first.focus()
    page.keyboard.press("1")
    page.route("**/rows/**", by_a_colleague)
    expect(page.locator("[data-question]")).to_contain_text("changed this at")
    page.route("**/rows/**", lambda route: route.fulfill(status=404, body=""))
    page.locator("input.code").last.focus()
    page.keyboard.press("1")
    expect(page.locator(".row-unsaved")).to_contain_text("Not saved. You cannot change this any more.")
    expect(page.get_by_role("dialog")).to_have_count(0)
    hers.reload()
    assert codes(hers)[0] == "0"


def test_somebody_signed_out_keeps_the_queue_and_goes_on_after_signing_in(grid, site: Site) -> None:
    page = grid("7W")
    page.context.clear_cookies()
    page.locator("input.code").last.focus()
    page.keyboard.press("0")
    dialog = page.get_by_role("dialog", name="You are signed out")
    expect(dialog).to_be_visible()
    assert codes(page)[-1] == "0"
    with page.context.expect_page() as opened:
        dialog.get_by_role("link", name="Sign in").press("Enter")
    entrance = opened.value
    entrance.get_by_label("E-mail").fill(SENCO)
    entrance.get_by_label("Password", exact=True).fill(PASSWORD)
    entrance.get_by_role("button", name="Sign in").click()
    entrance.wait_for_load_state()
    page.bring_to_front()
    dialog.get_by_role("button", name="I am signed in again").press("Enter")
    expect(dialog).to_be_hidden()
    all_saved(page)
    page.reload()
    assert codes(page)[-1] == "0"


def test_at_400_per_cent_the_cards_come_by_themselves_and_save_themselves(grid) -> None:
    page = grid("7Y", width=320)
    expect(page).to_have_url(re.compile("view=cards&auto=1"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for picker in page.locator(".picker").all():
        picker.locator("input[value='3']").focus()
        page.keyboard.press("Space")
    expect(page.locator("#grid-line")).to_contain_text("3 of 3 done.")
    all_saved(page)
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    assert page.evaluate("document.getAnimations().length") == 0
    assert violations(page) == []
