"""Rules over the sources of the look: one place for colours, one drawing for each component."""

import inspect
import json
import re
from pathlib import Path

import pytest
from django.conf import settings

from config.ui import register
from tests.look.colours import TOKENS

ROOT = Path(settings.BASE_DIR)
COMPONENTS = ROOT / "templates" / "components"
GUIDE = ROOT / "templates" / "styleguide"
HEX = re.compile(r"(?<![&\w])(?<!href=\")#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3,4})\b(?![-\w])")
COLOUR_CALL = re.compile(r"\b(?:rgba?|hsla?|oklch)\(")


def sources(*patterns: str) -> list[Path]:
    found = [path for pattern in patterns for path in ROOT.glob(pattern)]
    return [path for path in found if "node_modules" not in path.parts and "build" not in path.parts and "letters" not in path.parts]


def raw_colours(text: str) -> list[str]:
    return HEX.findall(text) + COLOUR_CALL.findall(text)


@pytest.mark.parametrize(
    "path",
    [path for path in sources("static/scss/**/*.scss", "static/**/*.js", "static/**/*.svg", "templates/**/*.html") if path != TOKENS],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_no_colour_is_spelt_outside_the_tokens_file(path):
    assert raw_colours(path.read_text()) == []


@pytest.mark.parametrize("text", ["color: #3D2FA6;", "fill='#fff'", "box-shadow: 0 0 2px rgba(0, 0, 0, .5)"])
def test_a_raw_colour_would_be_seen(text):
    assert raw_colours(text)


@pytest.mark.parametrize("text", ['<a href="#add">', "{{ n }}&#8217;", "use#i-check", "#{$name}"])
def test_an_anchor_is_no_colour(text):
    assert raw_colours(text) == []


def parameters(tag: str) -> list[str]:
    """Return what a template may pass to a tag: not the context, not what stands between opening and end."""
    drawing = inspect.unwrap(register.tags[tag])
    function = inspect.getclosurevars(drawing).nonlocals.get("func", drawing)
    return [name for name in inspect.signature(function).parameters if name not in {"context", "content"}]


@pytest.mark.parametrize("tag", sorted(register.tags))
def test_a_component_has_at_most_six_parameters(tag):
    assert len(parameters(tag)) <= 6


@pytest.mark.parametrize("tag", sorted(register.tags))
def test_every_component_is_in_the_style_guide(tag):
    guide = "".join(path.read_text() for path in GUIDE.glob("*.html"))
    assert f"{{% {tag} " in guide or f"{{% {tag} %}}" in guide


def test_every_drawing_is_used():
    users = "".join(path.read_text() for path in [*sources("config/ui/*.py"), *sources("templates/**/*.html")])
    drawn = set(re.findall(r'draw\(\s*"(\w+)"', users)) | set(re.findall(r'components/(\w+)\.html"', users))
    assert {path.stem for path in COMPONENTS.glob("*.html")} == drawn


def icons_used() -> set[str]:
    pages = "".join(path.read_text() for path in sources("templates/**/*.html"))
    code = "".join(path.read_text() for path in sources("config/**/*.py"))
    return (
        set(re.findall(r'{% icon "([a-z-]+)"', pages))
        | set(re.findall(r'icon_name="([a-z-]+)"', pages + code))
        | set(re.findall(r'Link\([^)]*, "([a-z-]+)"\)', code))
    )


def test_every_icon_of_a_page_is_in_the_sprite():
    known = set(json.loads((ROOT / "static" / "build.json").read_text())["BOOTSTRAP_ICONS"])
    assert icons_used() - known == set()
    assert {"check", "print", "people"} <= icons_used()


def test_parameters_are_counted_as_a_page_would_pass_them():
    assert parameters("button") == ["words", "url", "kind", "icon_name", "css", "more"]
    assert parameters("tab") == ["label", "url"]
