"""Letters, certificates and the cross-school report as PDF. Plain values in, bytes out; slow, so never inside a school's scope.

The documents' own data name nobody: titles are general, and there is no author. Printing twice gives the same bytes.
"""

from collections.abc import Iterator
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from weasyprint import Document

from reports import lengths, wording
from reports.awards import award
from reports.content import CertificateContent, LetterContent, ReportContent
from reports.drawing import Ladder, aim_sign, mark, qr, sign
from reports.press import Press, press
from reports.sheets import report_context

MOST_PAGES = 2
TARGETS_BESIDE_THE_REST = 3
LAYOUTS = ("", "flowing", "flowing tight")
SMALL_RISE, RISE = 2.0, 2.9
WINDOW_LINES, WINDOW_LETTERS = 5, 38
SHORT_HEADING, SHORT_WORDS = 26, 60


class LetterTooLong(Exception):
    """The letter does not fit on two pages, however tightly it is set."""


def render_letter(letter: LetterContent) -> bytes:
    """Print a letter on at most two pages, in its programme's look. Raises LetterTooLong."""
    machine = press()
    context = letter_context(letter, machine)
    for layout in LAYOUTS:
        document = machine.lay_out(render_to_string("letters/letter.html", context | {"layout": layout}))
        if len(document.pages) <= MOST_PAGES:
            return machine.print(document)
    raise LetterTooLong


def render_report(report: ReportContent) -> bytes:
    """Print the cross-school report: cover, a sheet for each school, how we count."""
    machine = press()
    document: Document = machine.lay_out(render_to_string("letters/report.html", report_context(report, machine)))
    return machine.print(document)


def render_certificate(certificate: CertificateContent) -> bytes:
    """Print a certificate on one sheet on its side; a long name or target in smaller letters."""
    machine, look = press(), certificate.brand.look
    palette = machine.palettes[look]
    said = {name: getattr(wording, f"certificate_{name}")(certificate) for name in ("heading", "way", "helped", "proud")}
    is_long = len(said["heading"]) > SHORT_HEADING or len(certificate.words) > SHORT_WORDS
    context = {
        "certificate": certificate,
        "wording": said,
        "layout": "long" if is_long else "",
        "art": award(look, certificate.step, palette),
        "mark": mark(look, palette),
        "dated": f"{certificate.dated.day} {certificate.dated:%B %Y}",
    }
    return machine.print(machine.lay_out(render_to_string("letters/certificate.html", context)))


def letter_context(letter: LetterContent, machine: Press) -> dict[str, Any]:
    """Everything that the letter's template prints: words from `wording`, drawings from `drawing`."""
    palette, said = machine.palettes[letter.brand.look], lengths.said(letter)
    is_many = len(said.targets) > TARGETS_BESIDE_THE_REST
    return {
        "letter": letter,
        "wording": said,
        "targets": list(zip(said.targets, _ladders(letter, machine, SMALL_RISE if is_many else RISE), strict=False)),
        "is_long_address": len(letter.recipient) > WINDOW_LINES or max(map(len, letter.recipient)) > WINDOW_LETTERS,
        "is_many": is_many,
        "mark": mark(letter.brand.look, palette),
        "key": [(sign(step, palette, letter.steps), words) for step, words in enumerate(letter.steps)] + [(aim_sign(palette), lengths.AIM)],
        "dated": f"{letter.dated.day} {letter.dated:%B %Y}",
        "qr": qr(letter.twin_url, 34, "QR code: opens this letter on the web, where you can listen to it") if letter.twin_url else "",
    }


def _ladders(letter: LetterContent, machine: Press, rise: float) -> Iterator[SafeString]:
    for target in letter.targets:
        yield Ladder(target.start, target.now, target.aim, machine.palettes[letter.brand.look], letter.steps, rise).draw()
