"""Finds every page by following its links, as each of the demo's people; a page that no link leads to is missed on purpose."""

import re
from collections import deque
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import APIRequestContext

LINK = re.compile(r'<a\b[^>]*?\bhref="([^"#]+)"')
ROLES = ("senco", "keyworker", "teacher", "head", "office", "governor")
LEAVES = {"account_logout"}


@dataclass
class Found:
    """The first address found for each named page, and who may open it."""

    pages: dict[str, tuple[str, str]] = field(default_factory=dict)

    def crawl(self, email: str, start: str, request: APIRequestContext) -> None:
        """Follow links from one page on, visiting each named page once."""
        queue, seen = deque([start]), {start}
        while queue:
            path = queue.popleft()
            name = name_of(path)
            if name in self.pages or name in LEAVES:
                continue
            response = request.get(path)
            if not response.ok or "text/html" not in response.headers.get("content-type", ""):
                continue
            landed = urlsplit(response.url).path
            self.pages.setdefault(name_of(landed) or name, (email, landed))
            for link in links_in(response.text(), landed):
                if link not in seen:
                    seen.add(link)
                    queue.append(link)


def links_in(html: str, base: str) -> list[str]:
    """Return the internal links of a page, query strings left off: a filter is the same page."""
    joined = (urlsplit(urljoin(base, unescape(link))) for link in LINK.findall(html))
    return [part.path for part in joined if not part.netloc and name_of(part.path)]


def name_of(path: str) -> str:
    """Return the name of an address, or nothing where there is no such page."""
    try:
        return resolve(path).url_name or ""
    except Resolver404:
        return ""
