"""The closed renderer: turns our own HTML into tagged PDF, and can reach nothing but our own printed style sheet and fonts.

One font configuration and one parsed style sheet serve a whole process: quicker, and memory stays flat.
"""

import atexit
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from threading import Lock
from types import MappingProxyType

from django.contrib.staticfiles import finders
from weasyprint import CSS, HTML, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from reports.drawing import Palette

BASE = "https://paper.invalid/"  # a name that exists nowhere; style sheet and fonts are addressed below it
VARIANT = "pdf/ua-1"
RAMP_STEPS = range(5)


class RendererClosed(Exception):
    """A paper asked for a file that it may not have. Its own words are kept out of the message."""


class NotBuilt(Exception):
    """The printed style sheet is missing: npm run build makes it."""


class ClosedFetcher(URLFetcher):
    """Serves the named files from memory. Anything else, in whatever scheme, stops the rendering."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=[], allow_redirects=False)
        self._files = MappingProxyType(dict(files))
        self.has_refused = False

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        body = self._files.get(url.removeprefix(BASE)) if url.startswith(BASE) else None
        if body is None:
            self.has_refused = True
            raise FatalURLFetchingError
        return URLFetcherResponse(url, body=body, headers={"Content-Type": "font/woff2"})


class Press:
    """Everything that printing needs, read once: style sheet, fonts, and the colours for drawings."""

    def __init__(self, folder: Path) -> None:
        style = (folder / "print.css").read_text(encoding="utf-8")
        self.fetcher = ClosedFetcher({f"fonts/{font.name}": font.read_bytes() for font in (folder / "fonts").glob("*.woff2")})
        self.fonts = FontConfiguration()
        self.style = CSS(string=style, base_url=BASE, url_fetcher=self.fetcher, font_config=self.fonts)
        self.palettes = {look: _palette(style, look) for look in ("dreams", "horizons", "partnership")}
        self.ramp = [_colour(style, "ramp", f"ramp-{step}") for step in RAMP_STEPS]
        self.ramp_inks = [_colour(style, "ramp", f"ramp-ink-{step}") for step in RAMP_STEPS]
        self._lock = Lock()

    def lay_out(self, html: str) -> Document:
        """Lay out pages. Raises RendererClosed when the HTML asks for any file but our fonts."""
        with self._closed():
            document = HTML(string=html, base_url=BASE, url_fetcher=self.fetcher)
            return document.render(stylesheets=[self.style], font_config=self.fonts, pdf_variant=VARIANT, pdf_tags=True)

    def print(self, document: Document) -> bytes:
        """Write the PDF. Raises RendererClosed, as above."""
        with self._closed():
            return bytes(document.write_pdf(pdf_variant=VARIANT, pdf_tags=True))

    @contextmanager
    def _closed(self) -> Iterator[None]:
        """One paper at a time. A refusal counts even where the renderer goes on without the file, as it does inside a drawing."""
        with self._lock:
            self.fetcher.has_refused = False
            with suppress(FatalURLFetchingError):
                yield
            if self.fetcher.has_refused:
                raise RendererClosed


@cache
def press() -> Press:
    """The press of this process. It goes before the interpreter does, so that its copies of the fonts are cleared away."""
    atexit.register(press.cache_clear)
    style = finders.find("build/print.css")
    if style is None:
        raise NotBuilt("static/build/print.css is missing: run npm run build")
    return Press(Path(str(style)).parent)


def _palette(style: str, look: str) -> Palette:
    return Palette(**{name: _colour(style, look, name) for name in ("ink", "brand", "tint", "quiet", "accent")})


def _colour(style: str, block: str, name: str) -> str:
    """A colour of the printed style sheet, where the only list of colours is compiled into."""
    found = re.search(rf"\.{block}\s*{{[^}}]*--{name}:\s*([^;}}]+)", style)
    if found is None:
        raise NotBuilt(f"the printed style sheet has no colour {name} for {block}")
    return found[1].strip()
