"""The way of a SENCO to the sheet of a meeting."""

from playwright.sync_api import Page, expect


def open_sheet(page: Page) -> None:
    """The sheet of the last review under way, which no other journey writes on. The page's clock is the test's from here on."""
    page.clock.install()
    page.goto("/schools/ashdown/reviews/")
    page.locator("main a[href*='/reviews/20']").first.click()
    page.goto(f"{page.url}?status=in_progress")
    page.locator("a.task").last.click()
    page.get_by_role("link", name="Sheet for the meeting with parents").click()
    expect(page.get_by_role("heading", name="How it is going")).to_be_visible()
