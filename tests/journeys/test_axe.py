"""Every page against the accessibility rules: programme, mode and width rotate with the commit; `make audit-pages` runs all."""

import re
import subprocess
import zlib
from collections.abc import Callable
from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.crawl import ROLES, Found
from tests.journeys.site import Site
from tests.test_every_view_is_guarded import patterns

SCHOOLS = {"dreams": "ashdown", "horizons": "cedar"}
OTHER = {"dreams": "horizons", "horizons": "dreams"}  # for a page that only one of them has today: a cycle that can be opened
MODES = ("light", "dark")
WIDTHS = (320, 768, 1280)
ROLL = b"Surname,Forename,Date of birth,SEN status\nAspen,Testing,04/05/2014,K\nBay,Testing,31/02/2014,K\n"
ALL_WAYS = list(product(SCHOOLS, MODES, WIDTHS))
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],
}

NO_PAGE = {
    **dict.fromkeys(("health-live", "health-ready", "session-stay", "grid-presence", "review-said"), "answers a machine"),
    **dict.fromkeys(("outbox-session", "outbox-never-sent"), "answers a machine"),
    "service-worker": "answers with a script",
    **dict.fromkeys(("letter-file", "letter-print", "cycle-letters-print", "report-file"), "answers with a PDF"),
    **dict.fromkeys(("dashboard-csv", "partnership-csv"), "answers with a table as a file"),
    **dict.fromkeys(("moderation-agree", "partnership-round-close"), "takes a form, then leads on"),
    **dict.fromkeys(
        ("import-discard", "key-worker-end", "staff-end", "letters-again", "letter-approve", "one-to-one-undo"),
        "takes a form, then leads on",
    ),
    **dict.fromkeys(
        ("invitation-again", "invitation-withdraw", "report-ask", "review-complete", "review-resume"), "takes a form, then leads on"
    ),
    **dict.fromkeys(("target-undo", "proposal-withdraw"), "takes a form, then leads on"),
    "target-hints": "answers with a part of the form of a target",
    **dict.fromkeys(("partnership-invitation-again", "partnership-invitation-withdraw"), "takes a form, then leads on"),
    **dict.fromkeys(("outcomes-put-in", "measure-stop"), "takes a form, then leads on"),
    "review-sheet": "answers with a workbook",
    "review-put-in": "takes a form, then says what was put in",
    "home": "leads to the person's own home",
    "take-back": "leads home, but for a device that is with a pupil; the journey of pupil mode looks at it",
}  # reviewed: addresses that answer with no page
WITHOUT_A_LINK = (
    "/account/closed/", "/password/reset/sent/", "/password/reset/done/", "/password/reset/MQ-none-at-all/", "/invitation/none-at-all/",
    "/styleguide/", "/display/", "/voice/none-at-all/1/", "/offline/",
)  # fmt: skip

PAGES = sorted({pattern.name for _, pattern in patterns() if pattern.name} - NO_PAGE.keys())


@pytest.fixture(scope="session")
def found(site: Site, browser: Browser, signed_in: Callable) -> dict[str, Found]:
    """What each programme's people find by following links, once there is an import and a one-to-one of today to find."""
    by_programme = {}
    for programme, school in SCHOOLS.items():
        by_programme[programme] = found = Found()
        people = [*(f"{role}@{school}.example" for role in ROLES), "lead@partnership.example", "senco@birchwood.example"]
        people.append("keyworker@birchwood.example")  # where no review is open
        for email in people:
            context = browser.new_context(base_url=site.url, storage_state=str(signed_in(email)))
            leave_traces(context, email)
            found.crawl(email, "/", context.request)
            if email == people[0]:
                found.crawl(email, "/signout/", context.request)
            context.close()
        context = browser.new_context(base_url=site.url)
        for path in ("/signin/", *WITHOUT_A_LINK):
            found.crawl("", path, context.request)
        context.close()
    return by_programme


def leave_traces(context: BrowserContext, email: str) -> None:
    """Stage a roll as a SENCO, and record a one-to-one as a key worker."""
    page, (role, school) = context.new_page(), email.split("@")
    if role == "senco":
        page.goto(f"/schools/{school.removesuffix('.example')}/imports/")
        page.set_input_files("input[type=file]", files=[{"name": "roll.csv", "mimeType": "text/csv", "buffer": ROLL}])
        page.get_by_role("button", name="Check the file").click()
        expect(page.get_by_role("heading", name="Check the import")).to_be_visible()
    if role == "keyworker":
        page.goto(f"/schools/{school.removesuffix('.example')}/today/")
        page.get_by_role("link", name="Record").first.click()
        page.locator("label.picker-tile").first.click()
        page.get_by_role("button", name="Save").click()
        expect(page).to_have_url(re.compile("saved="))
    page.wait_for_load_state()  # Chromium never answers a page that is closed while it goes elsewhere
    page.close()


def way_for(name: str) -> tuple[str, str, int]:
    """Choose one way to look at a page; another commit looks at it another way."""
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=settings.BASE_DIR, capture_output=True, text=True, check=False).stdout
    return ALL_WAYS[zlib.crc32(f"{name} {head}".encode()) % len(ALL_WAYS)]


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


def complaints(open_as: Callable[..., Page], found: dict[str, Found], name: str, programme: str, mode: str, width: int) -> list[str]:
    """Say what is wrong with one page looked at one way."""
    email, path = found[programme].pages.get(name) or found[OTHER[programme]].pages[name]
    page = open_as(email, width=width, color_scheme=mode)
    page.goto(path)
    wide = page.evaluate("document.documentElement.scrollWidth")
    sideways = [f"scrolls sideways: {wide} px"] if wide > width else []
    said = [f"{name} {programme} {mode} {width}: {what}" for what in [*sideways, *violations(page)]]
    page.context.close()
    return said


@pytest.mark.browser
@pytest.mark.parametrize("name", PAGES)
def test_page_has_no_violations(found: dict[str, Found], person: Callable[..., Page], name: str) -> None:
    assert complaints(person, found, name, *way_for(name)) == []


@pytest.mark.audit
@pytest.mark.parametrize("way", ALL_WAYS, ids=lambda way: "-".join(map(str, way)))
@pytest.mark.parametrize("name", PAGES)
def test_page_has_no_violations_in_any_way(found: dict[str, Found], person: Callable[..., Page], name: str, way: tuple) -> None:
    assert complaints(person, found, name, *way) == []


@pytest.mark.browser
def test_a_violation_is_found(person: Callable[..., Page]) -> None:
    page = person("")
    page.goto("/signin/")
    page.evaluate("document.querySelector('input[type=email], input[name=login]').labels[0].remove()")
    assert any("label" in said for said in violations(page))
