"""The main job as one SENCO does it, from an imported roll in October to the letter and the cross-school report in December.

On PostgreSQL with all four fences where the suite has it, else on the embedded default; a real worker makes the papers.
"""

import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.journeys.conftest import sign_in
from tests.journeys.site import Site, drop_database, postgresql_environment, start_site

pytestmark = pytest.mark.browser

SENCO, HEAD = "senco@birchwood.example", "head@birchwood.example"
OCTOBER, NOVEMBER = "2026-10-05 09:00:00", "2026-11-23 09:00:00"
WORDS = "I ask for help when I am stuck"
ROLL = Path(__file__).parent.parent / "pupils" / "files" / "ctf_full_v26.xml"
WORKER_SECONDS = 90


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Where both halves of the journey keep their data."""
    name = f"journey_{os.getpid()}"
    if not settings.TEST_DATABASE_URL:
        yield {"VAR_DIR": str(tmp_path)}
        return
    yield {"VAR_DIR": str(tmp_path), **postgresql_environment(name)}
    drop_database(name)


@pytest.fixture
def visit(browser: Browser) -> Iterator:
    """Open the site as somebody, in a browser of their own."""
    contexts = []

    def open_as(site: Site, email: str) -> Page:
        contexts.append(browser.new_context(base_url=site.url, viewport={"width": 1280, "height": 900}))
        page = contexts[-1].new_page()
        sign_in(page, email)
        return page

    yield open_as
    for context in contexts:
        context.close()


def test_from_the_roll_to_the_letter_and_the_report(environment: dict[str, str], tmp_path: Path, visit) -> None:
    october = start_site(tmp_path, at=OCTOBER, **environment)
    try:
        if "DATABASE_URL" in environment:
            october.manage("seed_demo")
        page = visit(october, SENCO)
        import_the_roll(page)
        address = set_a_target(page)
        read_the_court_order(page, address)
    finally:
        october.stop()
    november = start_site(tmp_path, at=NOVEMBER, **environment)
    try:
        page = visit(november, SENCO)
        complete_the_review(page, address)
        letter = words_of(download(page, "Download PDF"))
        assert_all_in(letter, "Rob", WORDS, "Getting there")
        assert_all_in(letter, "Mrs Hazel Alder")
        assert "Rowan" not in letter, "the court order says no contact"
        report = words_of(ask_for_the_report(visit(november, HEAD)))
        assert_all_in(report, "Birchwood", "DREAMS", "HORIZONS")
        assert "Rob" not in report
    finally:
        november.stop()


def import_the_roll(page: Page) -> None:
    """Bring a Common Transfer File in: staged, looked at, applied."""
    roll = ROLL.read_text().replace("<Estab>7772</Estab>", "<Estab>7773</Estab>").encode()
    page.goto("/schools/birchwood/imports/")
    page.set_input_files("input[type=file]", files=[{"name": "roll.xml", "mimeType": "text/xml", "buffer": roll}])
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_role("heading", name="Check the import")).to_be_visible()
    page.get_by_role("button", name="Apply the import").click()
    expect(page.get_by_role("heading", name="What changed", level=1)).to_be_visible()


def set_a_target(page: Page) -> str:
    """Find the new pupil, set a target, and return the address of the pupil's page."""
    page.goto("/schools/birchwood/pupils/")
    page.get_by_role("searchbox").fill("rob alder")
    page.get_by_role("link", name="Rob A.").click()
    address = page.url.split("localhost")[1].split("/", 1)[1]
    page.get_by_role("link", name="Targets").click()
    page.get_by_role("link", name="Set a target").click()
    page.get_by_role("link", name="In the pupil’s own words in Communicating").click()
    page.get_by_label("The target in the pupil’s words").fill(WORDS)
    page.get_by_label("Today: Started").check()
    page.get_by_label("Aim: Almost").check()
    page.get_by_role("button", name="Set this target").click()
    expect(page.get_by_role("heading", name=WORDS)).to_be_visible()
    return f"/{address}"


def read_the_court_order(page: Page, address: str) -> None:
    """Say what the father's order means; until somebody did, it holds every letter of the pupil back."""
    page.goto(f"{address}contacts/")
    page.get_by_role("link", name="Change Mr Rowan Alder").click()
    page.get_by_label("Order read, the boxes below follow it").check()
    page.get_by_label("No contact: nothing about the pupil goes to this person").check()
    page.get_by_label("No letters").check()
    page.get_by_role("button", name="Save the contact").click()
    expect(page.get_by_role("heading", name="Contacts").first).to_be_visible()


def complete_the_review(page: Page, address: str) -> None:
    """Open the autumn cycle, judge the target, complete, and wait for the worker's letter."""
    page.goto("/schools/birchwood/reviews/")
    page.get_by_role("link", name="Open this cycle").first.click()
    page.get_by_role("button", name="Open").click()
    page.goto(f"{address}targets/")
    page.get_by_role("link", name="Judge the targets").click()
    page.get_by_role("region", name=WORDS).locator("label", has_text="Getting there").click()
    page.get_by_role("button", name="Save the draft").click()
    page.get_by_role("button", name="Complete this review").click()
    expect(page.get_by_role("link", name="Download PDF").first).to_be_visible(timeout=WORKER_SECONDS * 1000)


def ask_for_the_report(page: Page) -> bytes:
    """Ask for the report of the finished summer term and wait until the worker has made it."""
    page.goto("/partnerships/demo/dashboard/")
    page.get_by_role("button", name="Make the progress report").click()
    expect(page.get_by_role("link", name="Download the report (PDF)").first).to_be_visible(timeout=WORKER_SECONDS * 1000)
    return download(page, "Download the report (PDF)")


def download(page: Page, link: str) -> bytes:
    """Fetch the file behind a link as the signed-in person."""
    address = page.get_by_role("link", name=link).first.get_attribute("href")
    response = page.request.get(address or "")
    assert response.headers["content-type"] == "application/pdf"
    return response.body()


def assert_all_in(text: str, *words: str) -> None:
    assert [word for word in words if word not in text] == []


def words_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())
