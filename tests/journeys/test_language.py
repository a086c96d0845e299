"""A teacher reads the target language, in the words chosen, and prints it: a strand a sheet."""

from collections.abc import Callable
from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from targets.services.language import starter

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("school", ["ashdown", "cedar"])
@pytest.mark.parametrize("words", ["Both", "Staff words", "Pupil words"])
def test_each_strand_is_printed_on_a_sheet_of_its_own(person: Callable[..., Page], school: str, words: str) -> None:
    page = person(f"teacher@{school}.example", color_scheme="dark")
    page.goto(f"/schools/{school}/language/")
    with page.expect_navigation():  # a page that is half there would be printed as it is
        page.get_by_role("link", name=words, exact=True).click()
    sheets = [sheet.extract_text() for sheet in PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages]
    assert [[skill.name in sheet for skill in strand.skills] for sheet, strand in zip(sheets, starter().strands, strict=True)] == [
        [True] * len(strand.skills) for strand in starter().strands
    ]


def test_the_menu_leads_to_it_and_its_links_to_each_strand(person: Callable[..., Page]) -> None:
    page = person("keyworker@cedar.example", width=390)
    page.goto("/schools/cedar/language/")
    page.locator("details.switcher summary").click()
    expect(page.get_by_role("link", name="Target language")).to_have_attribute("aria-current", "page")
    page.locator("details.switcher summary").click()
    page.get_by_role("link", name="Confidence and aspirations").click()
    expect(page.get_by_role("heading", name="Confidence and aspirations")).to_be_in_viewport()


def test_without_script_the_words_can_be_chosen_all_the_same(person: Callable[..., Page]) -> None:
    page = person("teacher@ashdown.example", java_script_enabled=False)
    page.goto("/schools/ashdown/language/")
    page.get_by_role("link", name="Pupil words", exact=True).click()
    expect(page.get_by_role("columnheader", name="Staff words")).to_have_count(0)
    expect(page.get_by_role("button", name="Print")).to_have_count(0)
