"""Every page against the accessibility rules: programme, mode and width rotate with the commit; `make audit-pages` runs all."""

import subprocess
import zlib
from collections.abc import Callable
from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, Page

from tests.journeys.crawl import ROLES, Found
from tests.journeys.site import Site
from tests.test_every_view_is_guarded import patterns

SCHOOLS = {"dreams": "ashdown", "horizons": "cedar"}
MODES = ("light", "dark")
WIDTHS = (320, 768, 1280)
ALL_WAYS = list(product(SCHOOLS, MODES, WIDTHS))
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],
}

NO_PAGE = {
    "health-live": "answers a machine",
    "health-ready": "answers a machine",
}  # reviewed: addresses that answer with no page, or with one that only a form leads to

PAGES = sorted({pattern.name for _, pattern in patterns() if pattern.name} - NO_PAGE.keys())


@pytest.fixture(scope="session")
def found(site: Site, browser: Browser, signed_in: Callable) -> dict[str, Found]:
    """What each programme's people find by following links."""
    by_programme = {}
    for programme, school in SCHOOLS.items():
        by_programme[programme] = found = Found()
        for email in [*(f"{role}@{school}.example" for role in ROLES), "lead@partnership.example", ""]:
            context = browser.new_context(base_url=site.url, storage_state=str(signed_in(email)) if email else None)
            found.crawl(email, "/" if email else "/signin/", context.request)
            context.close()
    return by_programme


def way_for(name: str) -> tuple[str, str, int]:
    """Choose one way to look at a page; another commit looks at it another way."""
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=settings.BASE_DIR, capture_output=True, text=True, check=False).stdout
    return ALL_WAYS[zlib.crc32(f"{name} {head}".encode()) % len(ALL_WAYS)]


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


def complaints(open_as: Callable[..., Page], found: dict[str, Found], name: str, programme: str, mode: str, width: int) -> list[str]:
    """Say what is wrong with one page looked at one way."""
    email, path = found[programme].pages[name]
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
