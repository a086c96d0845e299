"""Colours as the pages get them: read out of the tokens file, measured by the formula of WCAG 2."""

import re
from pathlib import Path

from django.conf import settings

TOKENS = Path(settings.BASE_DIR) / "static" / "scss" / "_tokens.scss"


def token_maps() -> dict[str, dict[str, str]]:
    """Return each Sass map of the tokens file as name -> colour; what is not a plain colour is left out."""
    maps = re.findall(r"\$([a-z-]+): \((.*?)\n\);", TOKENS.read_text(), re.S)
    return {name: dict(re.findall(r"([a-z0-9-]+): (#[0-9A-F]{6})", body)) for name, body in maps}


def looks() -> dict[str, dict[str, str]]:
    """Return the four looks, steps and ramp included."""
    maps = token_maps()
    return {
        f"{programme}-{mode}": maps[f"{programme}-{mode}"] | maps[f"steps-{mode}"]
        for programme in ("dreams", "horizons")
        for mode in ("light", "dark")
    }


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
