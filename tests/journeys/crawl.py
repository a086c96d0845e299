"""Finds every page by following its links, as each of the demo's people; a page that no link leads to is missed on purpose."""

import re
from collections import Counter, deque
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import APIRequestContext

LINK = re.compile(r'<a\b[^>]*?\bhref="([^"#]+)"')
ROLES = ("senco", "keyworker", "head", "office", "governor")
VISITS = 3


@dataclass
class Found:
    """The first address found for each named page, and who may open it."""

    pages: dict[str, tuple[str, str]] = field(default_factory=dict)

    def crawl(self, email: str, start: str, request: APIRequestContext) -> None:
        """Follow links from one page on, visiting each named page a few times: an open cycle is another page than a past one."""
        queue, seen, visits = deque([start]), {start}, Counter[str]()
        while queue:
            path = queue.popleft()
            visits[name_of(path)] += 1
            if visits[name_of(path)] > VISITS:
                continue
            response = request.get(path)
            if not (response.ok or path == start) or "text/html" not in response.headers.get("content-type", ""):
                continue
            landed = urlsplit(response.url).path
            self.pages.setdefault(name_of(landed), (email, path if name_of(landed) == name_of(path) else landed))
            fresh = [link for link in links_in(response.text(), landed) if link not in seen]
            seen.update(fresh)
            queue.extend(fresh)


def links_in(html: str, base: str) -> list[str]:
    """Return the internal links of a page, in their order."""
    joined = (urlsplit(urljoin(base, unescape(link))) for link in LINK.findall(html))
    return [f"{part.path}?{part.query}".rstrip("?") for part in joined if not part.netloc and name_of(part.path)]


def name_of(path: str) -> str:
    """Return the name of an address, or nothing where there is no such page."""
    try:
        return resolve(urlsplit(path).path).url_name or ""
    except Resolver404:
        return ""
