"""An empty database becomes a school with staff and a roll, through the commands of README and pages only."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import say_it_is_my_device
from tests.journeys.mail import link_in_mail
from tests.journeys.site import Site, start_site

pytestmark = pytest.mark.browser

PASSWORD = "grows-like-a-willow-2026"
FILES = Path(__file__).parent.parent / "pupils" / "files"


@pytest.fixture
def empty_site(tmp_path: Path) -> Iterator[Site]:
    """A system with a database of its own, which holds nothing."""
    running = start_site(tmp_path, DATABASE_URL=f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    yield running
    running.stop()


@pytest.fixture
def newcomer(empty_site: Site, browser: Browser) -> Iterator[Callable[[], Page]]:
    """A browser of somebody new."""
    contexts = []

    def open_page() -> Page:
        contexts.append(browser.new_context(base_url=empty_site.url))
        return contexts[-1].new_page()

    yield open_page
    for context in contexts:
        context.close()


def test_an_empty_database_becomes_a_school(empty_site: Site, newcomer: Callable[[], Page]) -> None:
    empty_site.manage(
        "create_partnership", "Elmfield Partnership", "--slug", "elmfield", "--kind", "trust", "--lead-email", "lead@trust.example"
    )
    empty_site.manage("start_language", "--partnership", "elmfield")
    empty_site.manage(
        "create_school", "Elm Academy", "--slug", "elm", "--partnership", "elmfield", "--phase", "secondary", "--laestab", "838/7772"
    )
    lead = accept(newcomer(), "lead@trust.example", "Dana Lead")
    invite_head(lead, "head@elm.example")
    head = accept(newcomer(), "head@elm.example", "Hana Head")
    invite(head, "senco@elm.example", "SENCO")
    senco = accept(newcomer(), "senco@elm.example", "Sol Senco")
    invite(senco, "adult@elm.example", "Key worker")
    import_roll(senco)
    key_worker = accept(newcomer(), "adult@elm.example", "Kit Adult")
    assign(senco, "Kit Adult")
    key_worker.goto("/schools/elm/pupils/")
    expect(key_worker.get_by_role("link", name="Rob A.")).to_be_visible()
    expect(key_worker.get_by_role("link", name="Fern B.")).to_have_count(0)


def accept(page: Page, email: str, name: str) -> Page:
    """Follow the invitation out of the e-mail that the embedded default shows, and become somebody who can sign in."""
    page.goto(link_in_mail(page, email, "/invitation/"))
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Accept and sign in").click()
    say_it_is_my_device(page)
    return page


def invite_head(page: Page, email: str) -> None:
    page.goto("/partnerships/elmfield/staff/")
    page.get_by_role("link", name="Invite").first.click()
    page.get_by_label("School", exact=True).select_option("elm")
    page.get_by_label("Their school e-mail").fill(email)
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_text(email).first).to_be_visible()


def invite(page: Page, email: str, role: str) -> None:
    page.goto("/schools/elm/staff/")
    page.get_by_role("link", name="Invite somebody").click()
    page.get_by_label("Their school e-mail").fill(email)
    page.get_by_label(role, exact=True).check()
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_text(email).first).to_be_visible()


def import_roll(page: Page) -> None:
    page.goto("/schools/elm/imports/")
    page.set_input_files("input[type=file]", FILES / "ctf_full_v26.xml")
    page.get_by_role("button", name="Check the file").click()
    page.get_by_role("button", name="Apply the import").click()
    expect(page.get_by_role("heading", name="What changed", level=1)).to_be_visible()


def assign(page: Page, name: str) -> None:
    """Make somebody the key worker of one of the new pupils."""
    page.goto("/schools/elm/pupils/")
    page.get_by_role("link", name="Rob A.").click()
    page.get_by_role("link", name="Change key workers").click()
    choice = page.get_by_label("Who")
    choice.select_option(choice.locator("option", has_text=name).get_attribute("value"))
    page.get_by_role("button", name="Add the key worker").click()
    expect(page.get_by_role("main").get_by_text(name).first).to_be_visible()
