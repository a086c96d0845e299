"""Journeys run in Chromium against a system started as README says; nothing in them touches a row directly."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.site import Site, start_site

PASSWORD = "demo-password-2026"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict:
    """Debian's Chromium; its sandbox needs a user other than root."""
    return {"executable_path": os.environ.get("CHROMIUM") or shutil.which("chromium"), "args": QUIET}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The embedded default with the demo in it, as a newcomer gets it."""
    running = start_site(tmp_path_factory.mktemp("site"))
    yield running
    running.stop()


@pytest.fixture(scope="session")
def signed_in(site: Site, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Sign in once a person and session, and return the file that holds the browser's state."""
    states: dict[str, Path] = {}

    def holds(state: Path) -> bool:
        """Handing the device to a pupil goes on under another key, so that a state kept from before is signed out."""
        context = browser.new_context(base_url=site.url, storage_state=state)
        answer = context.request.get("/")
        context.close()
        return answer.ok and "/signin/" not in answer.url

    def state_of(email: str) -> Path:
        if email not in states or not holds(states[email]):
            states[email] = tmp_path_factory.mktemp("states") / "state.json"
            context = browser.new_context(base_url=site.url)
            sign_in(context.new_page(), email)
            context.storage_state(path=states[email])
            context.close()
        return states[email]

    return state_of


@pytest.fixture
def person(site: Site, browser: Browser, signed_in: Callable[[str], Path]) -> Iterator[Callable[..., Page]]:
    """Open a browser as somebody: `person("senco@ashdown.example", width=390)`; fails on any script error or blocked request."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def open_as(email: str, width: int = 1280, **options: object) -> Page:
        context = browser.new_context(
            base_url=site.url,
            storage_state=str(signed_in(email)) if email else None,
            viewport={"width": width, "height": 900},
            **options,  # type: ignore[arg-type]
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if "Content Security Policy" in message.text else None)
        return page

    yield open_as
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def device(site: Site, browser: Browser) -> Iterator[BrowserContext]:
    """A device of its own that several people may use."""
    context = browser.new_context(base_url=site.url, viewport={"width": 768, "height": 1024})
    yield context
    context.close()


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    """Sign in as a person does, and say that the device is one's own."""
    page.goto("/signin/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()
    say_it_is_my_device(page)


def say_it_is_my_device(page: Page) -> None:
    """Answer the one question that a new device is asked."""
    page.get_by_label("No, only me").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("navigation").first).to_be_visible()
