"""Pupil pages in a real browser: found while typing, printed on one sheet, and two people at one profile."""

import io
from collections.abc import Callable
from urllib.parse import unquote_plus

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

pytestmark = pytest.mark.browser

SCHOOLS = ("ashdown", "cedar")  # DREAMS and HORIZONS
A4 = (595, 842)
FULL_LINE = "extraordinarily " * 7  # 4 parts × 5 lines × 7 words: nearly all that a profile may hold, and long words


def open_pupil(page: Page, school: str) -> str:
    """Open the first pupil who has a profile, and return the address."""
    page.goto(f"/schools/{school}/pupils/")
    addresses = [link.get_attribute("href") for link in page.locator("tbody th a").all()]
    for address in addresses:
        page.goto(str(address))
        if page.get_by_role("link", name="Print on one page").count():
            return str(address)
    raise AssertionError("no pupil of the demo has a profile")


def sheets(page: Page) -> list[tuple[int, int]]:
    """The sizes of the pages that the browser would print."""
    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    return [(round(float(each.mediabox.width)), round(float(each.mediabox.height))) for each in printed.pages]


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("school", SCHOOLS)
def test_a_profile_prints_on_exactly_one_sheet(person: Callable[..., Page], school: str, mode: str) -> None:
    page = person(f"senco@{school}.example", color_scheme=mode)
    address = open_pupil(page, school)
    page.goto(f"{address}profile/")
    for label in ("What people like about me", "What matters to me", "How best to support me", "My dream"):
        page.get_by_label(label).fill("\n".join([FULL_LINE] * 5))
    expect(page.locator("[data-word-counter]")).to_contain_text("140 of 150 words")
    page.get_by_role("button", name="Save the profile").click()
    expect(page.get_by_role("status").filter(has_text="Profile saved.")).to_be_visible()
    page.get_by_role("link", name="Print on one page").click()
    expect(page.get_by_role("button", name="Print this page")).to_be_visible()
    assert sheets(page) == [A4]


def test_a_longer_page_would_be_seen(person: Callable[..., Page]) -> None:
    """The control: the overview is longer than one sheet."""
    page = person("senco@ashdown.example")
    open_pupil(page, "ashdown")
    assert len(sheets(page)) > 1


def test_typing_finds_a_pupil_and_keeps_the_place(person: Callable[..., Page]) -> None:
    page = person("senco@ashdown.example")
    page.goto("/schools/ashdown/pupils/")
    name = page.locator("tbody th a").nth(3).inner_text()
    box = page.get_by_label("Find a pupil")
    box.press_sequentially(f"{name.removesuffix('.').upper()}")
    expect(page.locator("#pupil-status")).to_contain_text("found.")
    expect(page.locator("tbody th a").first).to_have_text(name)
    expect(box).to_be_focused()
    assert page.url.endswith("/schools/ashdown/pupils/")  # what was typed stays out of the address
    page.get_by_label("Provision").select_option("EHC plan")
    expect(page.get_by_role("list", name="Filters in use")).to_contain_text("Provision: EHC plan")


def test_the_search_works_without_a_script(person: Callable[..., Page]) -> None:
    page = person("senco@ashdown.example", java_script_enabled=False)
    page.goto("/schools/ashdown/pupils/")
    name = page.locator("tbody th a").nth(3).inner_text()
    page.get_by_label("Find a pupil").fill(name.removesuffix("."))
    page.get_by_role("button", name="Find").click()
    expect(page.locator("tbody th a").first).to_have_text(name)


@pytest.mark.parametrize("place", ["pupils", "today"])
def test_typing_a_name_sends_it_in_no_address(person: Callable[..., Page], place: str) -> None:
    page = person("senco@ashdown.example")
    page.goto("/schools/ashdown/pupils/")
    name = page.locator("tbody th a").nth(3).inner_text().removesuffix(".")
    page.goto(f"/schools/ashdown/{place}/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(unquote_plus(request.url).lower()))
    found = page.locator("#pupils tbody th a, #found a").first
    page.get_by_label("Find a pupil").press_sequentially(name, delay=10)
    expect(page.locator("#pupil-status, #found-status")).to_contain_text("found.")
    expect(found).to_contain_text(name)
    page.get_by_label("Find a pupil").press("Enter")
    page.wait_for_url("**find=**")
    expect(found).to_contain_text(name)
    expect(page.get_by_label("Find a pupil")).to_have_value(name)
    assert [address for address in asked if name.split()[0].lower() in address] == []


def test_two_people_at_one_profile_lose_nothing(person: Callable[..., Page]) -> None:
    first, second = person("senco@cedar.example"), person("senco@cedar.example", width=390)
    address = open_pupil(first, "cedar")
    for page in (first, second):
        page.goto(f"{address}profile/")
    first.get_by_label("My dream").fill("To be a vet.")
    first.get_by_role("button", name="Save the profile").click()
    expect(first.get_by_text("To be a vet.")).to_be_visible()
    second.get_by_label("My dream").fill("To sail.")
    second.get_by_label("What matters to me").fill("My boat.")
    second.get_by_role("button", name="Save the profile").click()
    expect(second.get_by_text("Which words should we keep?")).to_be_visible()
    expect(second.locator("input:checked")).to_have_count(0)
    second.get_by_role("button", name="Keep the chosen").click()
    expect(second.get_by_text("Choose one.")).to_be_visible()
    second.get_by_label("To sail.").check()
    second.get_by_role("button", name="Keep the chosen").click()
    expect(second.locator(".profile")).to_contain_text("To sail.")
    expect(second.locator(".profile")).to_contain_text("My boat.")
