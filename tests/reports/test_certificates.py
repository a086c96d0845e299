"""Certificates as PDF: the words that go in come out, on one sheet on its side, tagged; and what may stand on one."""

from dataclasses import replace
from datetime import date

import pytest

from reports import awards
from reports.content import CertificateContent
from reports.press import RendererClosed, press
from reports.rendering import render_certificate
from reports.wording import certificate_helped, certificate_way
from tests.reports.papers import DREAMS, HORIZONS, reader, words

RAVI = CertificateContent(
    school="Ashdown School",
    brand=DREAMS,
    name="Ravi",
    first_name="Ravi",
    words="Ask for help when I am stuck",
    start=1,
    step=4,
    set_on=date(2026, 9, 8),
    dated=date(2026, 11, 20),
    helped=("Time to think", "Praise"),
    key_worker="Amira Khan",
)
LONGEST = replace(RAVI, name="Wolfeschlegelsteinhausen " * 4 + "Ó", words="I can wait for my turn " * 7)
MARKUP = "<b>Ravi</b> {{ x }} <img src='file:///etc/passwd'>"


@pytest.mark.parametrize(
    ("brand", "lines"),
    [
        (DREAMS, ["Ravi did it.", "From Started in September to Done it in November.", "Ravi: I am proud of this"]),
        (HORIZONS, ["Well done, Ravi!", "You have done it. We are proud of you."]),
    ],
    ids=["DREAMS", "HORIZONS"],
)
def test_a_certificate_says_what_it_was_given(brand, lines):
    printed = words(render_certificate(replace(RAVI, brand=brand)))
    shared = ["“Ask for help when I am stuck”", "What helped: time to think and praise.", "Amira Khan, key worker", "20 November 2026"]
    for line in (*lines, *shared, "Ashdown School", brand.name):
        assert line in printed


@pytest.mark.parametrize("brand", [DREAMS, HORIZONS], ids=lambda brand: brand.name)
@pytest.mark.parametrize("content", [RAVI, LONGEST], ids=["usual", "longest"])
def test_it_is_one_sheet_of_a4_on_its_side_whatever_stands_on_it(brand, content):
    [page] = reader(render_certificate(replace(content, brand=brand))).pages
    assert [round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] == [297, 210]


@pytest.mark.parametrize("brand", [DREAMS, HORIZONS], ids=lambda brand: brand.name)
def test_the_longest_name_and_target_stay_above_the_lines_to_sign(brand):
    rows: list[tuple[float, str]] = []
    [page] = reader(render_certificate(replace(LONGEST, brand=brand))).pages
    page.extract_text(visitor_text=lambda text, cm, tm, *_: rows.append((cm[5] + cm[3] * tm[5], text.strip())))
    lowest = min(y for y, text in rows if "What helped" in text or "praise." in text)
    highest = max(y for y, text in rows if "Amira Khan, key worker" in text)
    assert lowest > highest


def test_it_is_tagged_has_a_language_and_its_picture_has_words():
    pdf = render_certificate(RAVI)
    root = reader(pdf).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - pypdf's own kind of true
    assert root["/Lang"] == "en-GB"
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    figures = [part.get("/Alt") for part in all_parts(root["/StructTreeRoot"]) if part.get("/S") == "/Figure"]
    assert figures == ["Five steps, with a star above number 5", "Mark of the programme"]


def all_parts(part):
    """Every element of a structure tree."""
    kids = part.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        found = kid.get_object()
        if hasattr(found, "get"):
            yield found
            yield from all_parts(found)


def test_the_files_own_data_name_nobody():
    found = reader(render_certificate(RAVI)).metadata
    assert found is not None
    assert found.title == "Certificate"
    assert not found.author


def test_markup_in_a_name_or_target_stays_words_and_opens_nothing():
    printed = words(render_certificate(replace(RAVI, words=MARKUP, name=MARKUP)))
    assert printed.count("{{ x }}") == 2
    assert "passwd" in printed


def test_the_press_would_refuse_a_picture_from_elsewhere():
    with pytest.raises(RendererClosed):
        press().lay_out("<img src='file:///etc/passwd'>")


@pytest.mark.parametrize(("look", "said"), [("dreams", "Five steps, with a star above number 5"), ("horizons", "A sun with a star in it")])
def test_the_star_is_for_the_top_step_alone(look, said):
    palette = press().palettes[look]
    assert said in awards.award(look, 4, palette)
    assert "star" not in awards.award(look, 3, palette)


def test_the_way_names_a_month_once_and_an_aim_below_the_top_as_it_is():
    assert certificate_way(replace(RAVI, set_on=date(2026, 11, 2))) == "From Started to Done it in November."
    assert certificate_way(replace(RAVI, step=3)) == "From Started in September to Almost in November."
    assert certificate_way(replace(RAVI, step=3, brand=HORIZONS)) == "You have reached your aim. We are proud of you."
    assert certificate_helped(replace(RAVI, helped=())) == ""
