"""The renderer can reach nothing: no socket, no file but its own, nothing attached, whatever stands in a letter."""

import sys
from contextlib import contextmanager
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from weasyprint import HTML

from reports.content import Brand, Sender, Talk, TargetLine
from reports.press import RendererClosed, press
from reports.rendering import letter_context
from tests.reports.papers import LETTER, reader

PAYLOADS = 300
WATCHED = ("open", "socket.connect", "socket.getaddrinfo", "urllib.Request", "subprocess.Popen", "os.system")
heard: list[tuple[str, str]] | None = None


def hear(event: str, args: tuple) -> None:
    if heard is not None and event in WATCHED:
        heard.append((event, str(args[1] if event == "socket.connect" else args[0])))


sys.addaudithook(hear)  # cannot be taken out again: it is silent outside `listening`


@contextmanager
def listening():
    """Everything that Python opens, connects to or starts meanwhile."""
    global heard
    heard = found = []
    try:
        yield found
    finally:
        heard = None


def strays(found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """What was touched outside the project's own templates and built files, Python's own code and the renderer's fonts."""
    own = (str(settings.BASE_DIR / "templates"), str(settings.BASE_DIR / "static"), sys.prefix, sys.base_prefix)
    return [(event, what) for event, what in found if event != "open" or not (what.startswith(own) or "weasyprint-" in what)]


SCHEMES = (
    "file://{file}",
    "{file}",
    "http://127.0.0.1:9/x",
    "//127.0.0.1:9/x",
    "ftp://127.0.0.1/x",
    "data:text/plain,secret",
    "/etc/hostname",
)
WRAPPERS = (
    '<img src="{url}">',
    '"><img src={url}>',
    "<link rel=attachment href='{url}'>",
    '<link rel="stylesheet" href="{url}">',
    "<style>@import '{url}';</style>",
    "<style>body{{background:url({url})}}</style>",
    '<p style="background:url({url})">x</p>',
    '<object data="{url}"></object>',
    '<embed src="{url}">',
    '<iframe src="{url}"></iframe>',
    '<a rel="attachment" href="{url}">x</a>',
    '<svg><image href="{url}"/></svg>',
    '<svg xmlns:xlink="http://www.w3.org/1999/xlink"><use xlink:href="{url}#a"/></svg>',
    '</text><image xlink:href="{url}"/>',
    '<base href="{url}">',
    '<input type=image src="{url}">',
    "</title><img srcset='{url} 2x'>",
    "@import url({url});",
    "url({url})",
    "</style><img src='{url}'>",
    '<?xml-stylesheet href="{url}"?>',
    '<!DOCTYPE x [<!ENTITY e SYSTEM "{url}">]>&e;',
    "{{% include '{url}' %}}",
    "{{{{ settings.SECRET_KEY }}}} {url}",
    "<!-- --><img src={url}><!--",
    "]]><img src={url}>",
    "<meta http-equiv=refresh content='0;url={url}'>",
    "<video poster='{url}' src='{url}'></video>",
    "&lt;img src={url}&gt;",
    "<math><mglyph src='{url}'/></math>",
    "javascript:fetch('{url}')",
    "\\22 ><img src={url}>",
    "%3Cimg src={url}%3E",
    "<image src={url}>",
    "<picture><source srcset={url}><img></picture>",
    "<link rel=icon href={url}>",
    "<script src={url}></script>",
    "<font-face src={url}/>",
    "<filter><feImage href='{url}'/></filter>",
    "<html manifest={url}>",
    "<body background={url}>",
    "<table background={url}><td background={url}>",
    "<object data='{url}' type='image/svg+xml'>",
)


def payloads(canary: Path) -> list[str]:
    urls = [scheme.format(file=canary) for scheme in SCHEMES]
    return [wrapper.format(url=url) for url, wrapper in product(urls, WRAPPERS)][:PAYLOADS]


def letter_of(texts: list[str]):
    """A letter that holds the texts in its fields, and a twin's address that is one of them."""
    given = (texts * 20)[:20]
    targets = tuple(TargetLine(given[n], 1, 1, 2, 3, sentence=given[n + 1]) for n in (0, 2))
    return replace(
        LETTER,
        sender=Sender(given[4], (given[5],), given[6]),
        brand=Brand("dreams", given[7]),
        recipient=(given[8], given[9]),
        first_name=given[10],
        review=given[11],
        targets=targets,
        talk=Talk(given[12], given[13], given[14], given[15]),
        pupil_says=given[16],
        at_home=given[17],
        happens_next=(given[18],),
        twin_url=given[19][:80],
    )


def print_letter(texts: list[str]) -> bytes:
    """As render_letter, but however many pages it takes."""
    machine = press()
    return machine.print(machine.lay_out(render_to_string("letters/letter.html", letter_context(letter_of(texts), machine))))


@pytest.fixture
def canary(tmp_path):
    """A file that no letter may hold, and fonts warm: the first letter reads what the process keeps."""
    print_letter(["warm"])
    path = tmp_path / "canary.txt"
    path.write_text("CANARY 7f3a")
    return path


def test_there_are_300_payloads(canary):
    assert len(set(payloads(canary))) == PAYLOADS


@pytest.mark.parametrize("part", range(3))
def test_no_payload_opens_a_socket_or_a_file_or_attaches_anything(canary, part):
    mine = payloads(canary)[part::3]
    for first in range(0, len(mine), 20):
        with listening() as found:
            pdf = print_letter(mine[first : first + 20])
        assert strays(found) == []
        assert b"CANARY" not in pdf
        document = reader(pdf)
        assert list(document.attachments) == []
        assert [page for page in document.pages if "/Annots" in page] == []


# -- raw HTML, as if a template had forgotten to escape: the fetcher alone has to hold

URLS = ("file://{file}", "http://127.0.0.1:9/x", "data:text/plain,secret", "fonts/../../secret", "fonts/unknown.woff2")
RAW = (
    '<img src="{url}">',
    '<link rel="stylesheet" href="{url}">',
    "<style>@import url({url});</style>",
    '<p style="background:url({url})">x</p>',
    '<object data="{url}">x</object>',
    '<svg width="9" height="9"><image href="{url}" width="9" height="9"/></svg>',
    '<link rel="attachment" href="{url}">',
    '<a rel="attachment" href="{url}">x</a>',
)


@pytest.mark.parametrize("url", URLS)
@pytest.mark.parametrize("html", RAW)
def test_unescaped_html_is_stopped_before_it_reaches_anything(canary, html, url):
    with listening() as found, pytest.raises(RendererClosed):
        print_raw(html.format(url=url.format(file=canary)))
    assert strays(found) == []


def print_raw(html: str) -> bytes:
    machine = press()
    return machine.print(machine.lay_out(f"<html lang=en><title>x</title>{html}</html>"))


@pytest.mark.parametrize(("url", "event"), [("file://{file}", "open"), ("http://127.0.0.1:9/x", "socket.connect")])
def test_control_the_usual_fetcher_reaches_both(canary, url, event):
    with listening() as found:
        HTML(string=RAW[0].format(url=url.format(file=canary))).write_pdf()
    assert event in {name for name, _ in strays(found)}


def test_control_the_usual_fetcher_attaches_the_file(canary):
    pdf = HTML(string=RAW[6].format(url=f"file://{canary}")).write_pdf()
    assert list(reader(pdf).attachments) == ["canary.txt"]


def test_the_fonts_are_all_that_it_serves():
    fetcher = press().fetcher
    assert fetcher.fetch("https://paper.invalid/fonts/print-lexend-600.woff2").read(4) == b"wOF2"
    with pytest.raises(BaseException, match="^$"):
        fetcher.fetch("https://paper.invalid/print.css")
