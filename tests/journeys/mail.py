"""The e-mails that the embedded default shows instead of sending."""

import re

from playwright.sync_api import Page


def link_in_mail(page: Page, email: str, start: str) -> str:
    """Return the path below `start` that the newest e-mail to somebody names."""
    page.goto("/demo/mail/")
    mail = page.get_by_role("listitem").filter(has_text=f"To {email}").filter(has_text=start).first
    found = re.search(rf"{start}[\w:-]+/", mail.inner_text())
    assert found
    return found[0]
