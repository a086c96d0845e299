"""The whole loop as five people do it: the office's roll in October, target, one-to-one, review, dashboard, report, and the letter.

On PostgreSQL with all four fences where the suite has it, else on the embedded default; a real worker makes the papers.
"""

import io
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.journeys.conftest import sign_in
from tests.journeys.site import Site, drop_database, postgresql_environment, start_site

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]  # two starts of a whole system, each with its demo

OFFICE, SENCO, KEY_WORKER, HEAD = (f"{role}@birchwood.example" for role in ("office", "senco", "keyworker", "head"))
LEAD = "lead@partnership.example"
OCTOBER, NOVEMBER = "2026-10-05 09:00:00", "2026-11-23 09:00:00"
AUTUMN = "2026-1"
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


def test_five_people_go_round_the_loop_from_the_roll_to_the_letter(environment: dict[str, str], tmp_path: Path, visit) -> None:
    october = start_site(tmp_path, at=OCTOBER, **environment)
    try:
        if "DATABASE_URL" in environment:
            october.manage("seed_demo")
        address = begin_in_october(october, visit)
    finally:
        october.stop()
    november = start_site(tmp_path, at=NOVEMBER, **environment)
    try:
        meet_one_to_one(visit(november, KEY_WORKER), address)
        review(visit(november, SENCO), address)
        see_the_dashboard(visit(november, HEAD))
        report = words_of(ask_for_the_report(visit(november, LEAD)))
        letter = words_of(print_the_letter(visit(november, OFFICE)))
    finally:
        november.stop()
    assert_all_in(report, "Birchwood", "DREAMS", "HORIZONS")
    assert "Rob" not in report
    assert_all_in(letter, "Rob", WORDS, "From Started to Getting there", "Mrs Hazel Alder")
    assert "Rowan" not in letter, "the court order says no contact"


def begin_in_october(site: Site, visit) -> str:
    """The office brings the pupil in and names the key worker; the SENCO sets the target. Returns the pupil's address."""
    office = visit(site, OFFICE)
    import_the_roll(office)
    senco = visit(site, SENCO)
    address = set_a_target(senco)
    read_the_court_order(senco, address)
    assign_a_key_worker(office, address)
    return address


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


def assign_a_key_worker(page: Page, address: str) -> None:
    page.goto(f"{address}key-workers/")
    page.get_by_label("Who").select_option(label="Precious Moyo")
    page.get_by_role("button", name="Add the key worker").click()
    expect(page.get_by_text("Now", exact=True).first).to_be_visible()


def meet_one_to_one(page: Page, address: str) -> None:
    """Find the pupil among today's, and note the step that was seen."""
    page.goto(f"{address}one-to-one/")
    page.get_by_role("group", name=WORDS).locator("label", has_text="Getting there").click()
    page.get_by_role("button", name="Save").first.click()
    expect(page).to_have_url(re.compile("/today/"))


def review(page: Page, address: str) -> None:
    """Open the autumn cycle, judge by what the key worker saw, complete, and approve the letter that the worker made."""
    page.goto("/schools/birchwood/reviews/")
    page.get_by_role("link", name="Open this cycle").first.click()
    page.get_by_role("button", name="Open").click()
    page.goto(f"{address}targets/")
    page.get_by_role("link", name="Judge the targets").click()
    page.get_by_role("region", name=WORDS).locator("label", has_text="Getting there").click()
    page.get_by_role("button", name="Save the draft").click()
    page.get_by_role("button", name="Complete this review").click()
    expect(page.get_by_role("link", name="Download PDF").first).to_be_visible(timeout=WORKER_SECONDS * 1000)
    page.goto(f"/schools/birchwood/reviews/{AUTUMN}/letters/")
    expect(page.get_by_role("heading", name="Rob A., to Mrs Hazel Alder")).to_be_visible()
    page.keyboard.press("a")
    expect(page.get_by_text("1 of 1 approved")).to_be_visible()


def see_the_dashboard(page: Page) -> None:
    """The school's own figures hold the one pupil whose review is completed, once the worker has counted."""
    told = page.get_by_text("1 of 1 pupils moved on at least one step")
    until = time.monotonic() + WORKER_SECONDS
    page.goto("/schools/birchwood/dashboard/")
    while not told.count() and time.monotonic() < until:
        page.reload()
    expect(told).to_be_visible()


def ask_for_the_report(page: Page) -> bytes:
    """Ask for the report of the finished summer term and wait until the worker has made it."""
    page.goto("/partnerships/demo/dashboard/")
    page.get_by_role("button", name="Make the progress report").click()
    expect(page.get_by_role("link", name="Download the report (PDF)").first).to_be_visible(timeout=WORKER_SECONDS * 1000)
    return download(page, "Download the report (PDF)")


def print_the_letter(page: Page) -> bytes:
    """All approved letters of the class as one file: here there is one."""
    page.goto("/schools/birchwood/letters/")
    return download(page, "All classes")


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
