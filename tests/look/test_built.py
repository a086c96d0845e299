"""What `npm run build` leaves for the pages: small, in our colours, dark by device as well as by choice."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from config.ui.steps import NOT_SEEN, STEPS
from tests.look.colours import TOKENS

BUILT = Path(settings.BASE_DIR) / "static" / "build"
STAFF_PAGE_FONTS = {"dreams": ("atkinson-latin",), "horizons": ("atkinson-latin", "lexend-latin")}


@pytest.fixture(scope="module")
def css() -> str:
    return (BUILT / "app.css").read_text()


def block(css: str, selector: str) -> str:
    """Return the declarations behind a selector."""
    found = re.search(re.escape(selector) + r"\{([^}]*)\}", css)
    assert found, f"no {selector} in the style sheet"
    return found[1]


def test_every_colour_of_the_style_sheet_is_a_token(css):
    known = {colour.upper() for colour in re.findall(r"#[0-9A-Fa-f]{6}", TOKENS.read_text())} | {"#000", "#FFF"}
    assert {colour.upper() for colour in re.findall(r"#[0-9a-fA-F]{3,8}\b", css)} - known == set()


@pytest.mark.parametrize("theme", ["dreams", "horizons"])
def test_match_device_gives_the_same_dark_as_the_choice_of_dark(css, theme):
    media = re.search(r"@media\s*\(prefers-color-scheme:\s*dark\)\{\[data-theme=" + theme + r"\]\[data-mode=auto\]\{([^}]*)\}", css)
    assert media
    assert media[1] == block(css, f"[data-theme={theme}][data-mode=dark]")


@pytest.mark.parametrize("theme", ["dreams", "horizons"])
def test_fonts_of_a_staff_page_weigh_at_most_45_kb(theme):
    files = [BUILT / "fonts" / f"{name}.woff2" for name in STAFF_PAGE_FONTS[theme]]
    assert len(files) <= 2
    assert sum(file.stat().st_size for file in files) <= 45_000


def test_every_font_comes_with_its_licence():
    fonts = list((BUILT / "fonts").glob("*.woff2"))
    assert fonts
    assert [font.name for font in fonts if "Open Font License" not in font.with_name(f"{font.name}.LICENSE").read_text()[:4000]] == []


def test_fonts_of_the_style_sheet_are_there(css):
    named = set(re.findall(r"url\(\"?(fonts/[^)\"]+)\"?\)", css))
    assert named
    assert [name for name in named if not (BUILT / name).is_file()] == []


def test_nothing_is_fetched_from_another_host(css):
    assert re.findall(r"url\(\"?(?:https?:)?//", css) == []


def test_every_step_has_a_shape_of_its_own_and_no_two_are_alike():
    sprite = (BUILT / "sprite.svg").read_text()
    shapes = {step.shape: re.search(rf'<symbol id="{step.shape}"[^>]*>(.*?)</symbol>', sprite) for step in (*STEPS, NOT_SEEN)}
    assert all(shapes.values())
    assert len({found[1] for found in shapes.values() if found}) == len(shapes)


def test_paper_leaves_out_what_cannot_be_clicked(css):
    paper = css[css.index("@media print") :]
    for name in (".top", ".btn", ".page-tabs", ".foot"):
        assert name in paper
    assert "table-header-group" in paper
    assert "break-inside:avoid" in paper


def test_reduced_motion_stops_everything(css):
    rule = css[css.index("prefers-reduced-motion: reduce){*,") :] if "prefers-reduced-motion: reduce){*," in css else ""
    assert re.match(r"[^{]*\{[^{]*\{transition:none ?!important;animation:none ?!important\}", rule)
