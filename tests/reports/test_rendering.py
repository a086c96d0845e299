"""Printed papers: the words that go in are the words that come out, on the pages they belong to."""

import re
from dataclasses import replace

import pytest

from reports import lengths
from reports.content import Sender, TargetLine
from reports.rendering import LetterTooLong, render_letter, render_report
from reports.suppression import MARK
from tests.reports.papers import DREAMS, HORIZONS, LETTER, SCHOOLS, STRANDS, letter, reader, report, words

BRANDS = [DREAMS, HORIZONS]
MARKUP = "<b>Ravi</b> & <i>co</i> {{ x }} {% y %}"


def pages(pdf: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in reader(pdf).pages]


@pytest.mark.parametrize("brand", BRANDS, ids=lambda brand: brand.name)
def test_a_letter_says_what_it_was_given(brand):
    printed = words(render_letter(letter(brand=brand)))
    for line in (*lengths.lines(LETTER, lengths.said(LETTER)), *LETTER.recipient, "Ashdown School", "4 December 2026", brand.name):
        assert line in printed


@pytest.mark.parametrize("how_many", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("brand", BRANDS, ids=lambda brand: brand.name)
def test_a_letter_is_two_pages_long(brand, how_many):
    assert len(pages(render_letter(letter(how_many, brand=brand)))) == 2


@pytest.mark.parametrize(("how_many", "page"), [(1, 0), (3, 0), (4, 1), (5, 1)])
def test_with_four_targets_what_the_pupil_says_moves_to_the_second_page(how_many, page):
    printed = pages(render_letter(letter(how_many)))
    assert "What Ravi says" in printed[page]
    assert "What Ravi says" not in printed[1 - page]


def test_the_reply_slip_is_torn_off_at_the_fold():
    """198 mm down the sheet, whatever stands above it."""
    for how_many in (1, 3, 4):
        rows = []
        page = reader(render_letter(letter(how_many))).pages[1]
        page.extract_text(visitor_text=lambda text, cm, tm, *_, rows=rows: rows.append((cm[5] + cm[3] * tm[5], text)))
        height = next(y for y, text in rows if text.startswith("Is there"))
        from_top = (float(page.mediabox.height) - height) / 72 * 25.4
        assert 198 < from_top < 210


def test_the_longest_letter_that_can_be_typed_fits_on_two_pages():
    longest = TargetLine("word " * 32, 1, 2, 1, 3)
    full = letter(5, pupil_says="word " * 60, at_home="word " * 60, happens_next=("word " * 20,) * 2)
    assert len(pages(render_letter(replace(full, targets=(longest,) * 5)))) <= 2


def test_one_word_without_end_is_broken_not_cut():
    pdf = render_letter(replace(LETTER, targets=(TargetLine("w" * 160, 1, 1, 2, 3),), pupil_says="v" * 300))
    printed = words(pdf).replace(" ", "")
    assert "w" * 160 in printed
    assert "v" * 300 in printed


def test_a_letter_that_cannot_fit_is_refused():
    with pytest.raises(LetterTooLong):
        render_letter(letter(happens_next=("word " * 400,) * 4))


def test_a_letter_without_a_target_or_with_six_is_refused():
    for targets in ((), LETTER.targets * 2):
        with pytest.raises(ValueError, match="one to five"):
            replace(LETTER, targets=targets)


def test_a_long_address_is_printed_whole_inside_the_window():
    """The window of the envelope shows 20 to 98 mm across and 57 to 79 mm down."""
    address = (
        "Mr Aleksander Konstantinopoulos-Featherstonehaugh",
        "Flat 12b, The Old Corn Exchange",
        "Upper Market Street",
        "Fenside, Thornbeck",
        "TB3 9QX",
    )
    page = reader(render_letter(letter(recipient=address))).pages[0]
    places = []
    page.extract_text(visitor_text=lambda text, cm, tm, *_: places.append((cm[4] + cm[0] * tm[4], cm[5] + cm[3] * tm[5], text.strip())))
    heights = [(float(page.mediabox.height) - y) / 72 * 25.4 for _, y, text in places if text and any(text in line for line in address)]
    assert len(heights) >= len(address)
    assert min(heights) > 57
    assert max(heights) < 79


def test_markup_in_every_field_stays_text():
    target = TargetLine(MARKUP, 1, 1, 2, 3, sentence=MARKUP)
    odd = replace(
        LETTER,
        sender=Sender(MARKUP, (MARKUP,), MARKUP),
        brand=replace(DREAMS, name=MARKUP),
        recipient=(MARKUP, MARKUP),
        first_name=MARKUP,
        review=MARKUP,
        targets=(target,),
        talk=replace(LETTER.talk, name=MARKUP, role=MARKUP, phone=MARKUP, email=MARKUP),
        pupil_says=MARKUP,
        at_home=MARKUP,
        happens_next=(MARKUP,),
    )
    printed = words(render_letter(odd)).replace(" ", "")
    assert printed.count(MARKUP.replace(" ", "")) >= 15
    assert "&lt;" not in printed
    assert "&amp;" not in printed


def test_letters_of_other_alphabets_are_drawn_by_our_own_fonts():
    pdf = render_letter(letter(first_name="Žofia Łęcka", recipient=("Đorđe Öztürk", "Ștefan Şahin")))
    printed = words(pdf)
    assert "Žofia Łęcka" in printed
    assert "Đorđe Öztürk" in printed
    fonts = {str(font["/BaseFont"]).split("+")[1] for page in reader(pdf).pages for font in fonts_of(page)}
    assert {name.partition("-")[0] for name in fonts} <= {"Atkinson", "Lexend"}


def fonts_of(page) -> list:
    return [font.get_object() for font in page["/Resources"]["/Font"].values()]


@pytest.mark.parametrize("pdf", [lambda: render_letter(LETTER), lambda: render_report(report())], ids=["letter", "report"])
def test_a_paper_is_tagged_says_its_language_and_names_nobody_in_its_own_data(pdf):
    document = reader(pdf())
    root = document.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert set(document.metadata) <= {"/Title", "/Producer"}
    assert document.metadata.title in ("Review letter", "Cross-school progress report")
    assert "/EmbeddedFiles" not in root.get("/Names", {})


def test_a_drawing_says_in_words_what_it_shows():
    pdf = render_letter(letter(1))
    figures = [
        element.get("/Alt") for element in elements(reader(pdf).trailer["/Root"]["/StructTreeRoot"]) if element.get("/S") == "/Figure"
    ]
    assert "Ladder of five steps. Start: Started. Now: Almost. Aim: Done it." in figures


def elements(branch):
    """Every element of the structure tree."""
    yield branch
    kids = branch.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        if hasattr(kid.get_object(), "get"):
            yield from elements(kid.get_object())


def test_printing_twice_gives_the_same_bytes():
    assert render_letter(LETTER) == render_letter(LETTER)


def test_a_letter_with_a_twin_on_the_web_shows_a_square_to_scan():
    assert "Scan to read" in words(render_letter(letter(twin_url="https://progress.example/l/abcdefghijklmnopqrstuv/")))
    assert "Scan to read" not in words(render_letter(LETTER))


def test_a_letter_to_the_pupil_speaks_to_the_pupil():
    printed = words(render_letter(letter(is_to_pupil=True, recipient=("Ravi Pillai",))))
    assert "How you are doing" in printed
    assert "What you say" in printed
    assert "For Ravi" in printed


# -- the report


def test_the_report_has_a_cover_a_sheet_for_each_school_and_how_we_count():
    printed = pages(render_report(report()))
    assert len(printed) == 6
    assert "How far have pupils come?" in printed[0]
    assert [name for (name, *_), page in zip(SCHOOLS, printed[1:], strict=False) if page.startswith(name)] == [name for name, *_ in SCHOOLS]
    assert printed[-1].startswith("How we count")


def test_the_report_lists_schools_by_name_and_each_under_its_programme():
    shuffled = report(schools=tuple(reversed(report().schools)))
    printed = pages(render_report(shuffled))
    assert [page.split(" School")[0] for page in printed[1:5]] == ["Ashdown", "Birchwood", "Cedar", "Deepdale"]
    assert "DREAMS" in printed[1]
    assert "HORIZONS" in printed[3]


def test_a_school_with_a_long_name_keeps_its_sheet_to_one_page():
    content = report()
    long = replace(content.schools[2], name="Cedar Primary and Nursery School with Resource Base")
    assert len(pages(render_report(replace(content, schools=(*content.schools[:2], long, content.schools[3]))))) == 6


def test_the_report_prints_only_what_was_published():
    """Every number of a school's sheet is a shown cell, a rate of two of them, or a count of work."""
    content = report()
    sheet = pages(render_report(content))[4]
    assert f"{MARK} of {MARK}" in sheet
    assert "Small numbers are hidden" in sheet
    assert "3 of 3" not in sheet


def test_a_partnership_of_two_schools_gets_no_totals():
    content = report()
    two = replace(content, schools=content.schools[:2], published=replace(content.published, overall={}, totals={}))
    cover = pages(render_report(two))[0]
    assert "pupils moved on" not in cover
    assert re.search(r"2\s*schools have published figures", cover)


def test_strand_names_of_a_partnership_stay_text():
    odd = tuple((key, MARKUP) for key, _ in STRANDS)
    assert MARKUP.replace(" ", "") in words(render_report(report(strands=odd))).replace(" ", "")
