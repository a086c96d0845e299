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

from tests.journeys.crawl import ROLES, Found, name_of
from tests.journeys.mail import link_in_mail
from tests.journeys.site import Site
from tests.test_every_view_is_guarded import patterns

SCHOOLS = {"dreams": "ashdown", "horizons": "cedar"}
OTHER = {"dreams": "horizons", "horizons": "dreams"}  # for a page that only one of them has today: a cycle that can be opened
MODES = ("light", "dark")
WIDTHS = (320, 768, 1280)
ROLL = b"Surname,Forename,Date of birth,SEN status\nAspen,Testing,04/05/2014,K\nBay,Testing,31/02/2014,K\n"
Way = tuple[str, str, int]
ALL_WAYS: list[Way] = list(product(SCHOOLS, MODES, WIDTHS))
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
    "/account/closed/", "/password/reset/sent/", "/password/reset/done/", "/styleguide/", "/display/", "/voice/none-at-all/1/", "/offline/",
)  # fmt: skip

STATUS = {"voice-page": 404}  # where an audited page is one that says why it opens nothing
WITH_A_FORM = (
    "account_login", "account_reset_password", "account_reset_password_from_key", "invitation", "device", "staff-invite",
    "partnership-invite", "school-settings", "school-cycles", "import-list", "contact-new",
)  # fmt: skip
SEND_IT_EMPTY = """() => {
    const form = document.querySelector("main form[method=post]");
    form.noValidate = true;
    for (const field of form.querySelectorAll("input:not([type=hidden]), select, textarea")) {
        if (["radio", "checkbox"].includes(field.type)) field.checked = false;
        else field.value = "";
    }
    form.requestSubmit();
}"""

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
                invite(context.new_page(), school)
                found.crawl(email, "/signout/", context.request)
            context.close()
        context = browser.new_context(base_url=site.url)
        for path in ("/signin/", *WITHOUT_A_LINK):
            found.crawl("", path, context.request)
        found.pages |= {name_of(path): ("", path) for path in live_links(context.new_page(), school)}
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


def invite(page: Page, school: str) -> None:
    page.goto(f"/schools/{school}/staff/invite/")
    page.get_by_label("Their school e-mail").fill(f"new@{school}.example")
    page.get_by_label("Teacher", exact=True).check()
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_text(f"new@{school}.example").first).to_be_visible()


def live_links(page: Page, school: str) -> list[str]:
    """The ways in that open: to a new account, and to a new password."""
    page.goto("/password/reset/")
    page.get_by_label("E-mail").fill(f"governor@{school}.example")
    page.get_by_role("main").get_by_role("button").click()
    expect(page).to_have_url(re.compile("/reset/sent/"))
    people = ((f"new@{school}.example", "/invitation/"), (f"governor@{school}.example", "/password/reset/"))
    return [link_in_mail(page, email, start) for email, start in people]


def way_for(name: str) -> Way:
    """Choose one way to look at a page; another commit looks at it another way."""
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=settings.BASE_DIR, capture_output=True, text=True, check=False).stdout
    return ALL_WAYS[zlib.crc32(f"{name} {head}".encode()) % len(ALL_WAYS)]


def violations(page: Page) -> list[str]:
    page.wait_for_load_state()  # an address is there before its document
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


def go(open_as: Callable[..., Page], found: dict[str, Found], name: str, programme: str, mode: str, width: int) -> Page:
    """Open a page one way, and see that it is the page that was meant: no door on the way, no dead link."""
    email, path = found[programme].pages.get(name) or found[OTHER[programme]].pages[name]
    page = open_as(email, width=width, color_scheme=mode)
    answer = page.goto(path)
    assert answer
    assert (name_of(page.url), answer.status) == (name, STATUS.get(name, 200)), f"{path} led to {page.url}"
    return page


def complaints(page: Page, way: Way) -> list[str]:
    """Say what is wrong with one page looked at one way."""
    wide = page.evaluate("document.documentElement.scrollWidth")
    sideways = [f"scrolls sideways: {wide} px"] if wide > way[2] else []
    said = [f"{name_of(page.url)} {way}: {what}" for what in [*sideways, *violations(page)]]
    page.context.close()
    return said


@pytest.mark.browser
@pytest.mark.parametrize("name", PAGES)
def test_page_has_no_violations(found: dict[str, Found], person: Callable[..., Page], name: str) -> None:
    way = way_for(name)
    assert complaints(go(person, found, name, *way), way) == []


@pytest.mark.browser
@pytest.mark.parametrize("name", WITH_A_FORM)
def test_a_form_that_was_sent_empty_has_no_violations(found: dict[str, Found], person: Callable[..., Page], name: str) -> None:
    way = way_for(name)
    page = go(person, found, name, *way)
    page.evaluate(SEND_IT_EMPTY)
    expect(page.locator("main").locator(".is-invalid, .error-summary").first).to_be_visible()
    assert complaints(page, way) == []


@pytest.mark.audit
@pytest.mark.parametrize("way", ALL_WAYS, ids=lambda way: "-".join(map(str, way)))
@pytest.mark.parametrize("name", PAGES)
def test_page_has_no_violations_in_any_way(
    found: dict[str, Found], person: Callable[..., Page], name: str, way: tuple[str, str, int]
) -> None:
    assert complaints(go(person, found, name, *way), way) == []


@pytest.mark.browser
def test_a_violation_is_found(person: Callable[..., Page]) -> None:
    page = person("")
    page.goto("/signin/")
    page.evaluate("document.querySelector('input[type=email], input[name=login]').labels[0].remove()")
    assert any("label" in said for said in violations(page))


@pytest.mark.browser
def test_a_page_that_was_not_reached_is_found(found: dict[str, Found], person: Callable[..., Page]) -> None:
    """A door instead of a page would have no violation either."""
    signed_out = {programme: Found({"staff-list": ("", of.pages["staff-list"][1])}) for programme, of in found.items()}
    with pytest.raises(AssertionError, match="led to"):
        go(person, signed_out, "staff-list", *ALL_WAYS[0])
