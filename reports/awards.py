"""The drawings of certificates: rising steps for DREAMS, a rising sun for HORIZONS. Pure functions from values to SVG text."""

from math import cos, pi, sin

from django.utils.safestring import SafeString

from reports.drawing import LAST, PAPER, Palette, box, frame, shape

GRID, COLUMN, RISE, FOOT = 17, 15, 20, 150
SIGN, NEXT_TO_A_COLUMN, BIG_SIGN, ON_THE_SUN = 4.6, 7.0, 11.7, 14.8
SUN_X, SUN_Y, SUN, RAYS = 136.5, 96.0, 62.0, 11
LONG, SHORT = 86.0, 76.0


def award(look: str, step: int, palette: Palette) -> SafeString:
    """The picture of a certificate for the step that was reached."""
    return (_stair if look == "dreams" else _sunrise)(step, palette)


def _stair(step: int, palette: Palette) -> SafeString:
    """Five steps; the one that was reached is solid and bears its sign, those above it are still to come."""
    drawn = "".join(_column(place, step, palette) for place in range(LAST + 1))
    what = "a star" if step == LAST else "its sign"
    return frame(92, 151, f"Five steps, with {what} above number {step + 1}", drawn, "art")


def _column(place: int, step: int, palette: Palette) -> str:
    x, top = 1 + GRID * place, FOOT - 16 - RISE * place
    if place == step:
        bar = box(x, top, COLUMN, FOOT - top, palette.brand, palette.brand, 0.6)
        size, above = (BIG_SIGN, 26) if place == LAST else (NEXT_TO_A_COLUMN, 10)
        return bar + shape(place, x + COLUMN / 2, top - above, size, palette.accent, 0.8)
    fill, edge = (palette.tint, palette.brand) if place < step else (PAPER, palette.quiet)
    bar = box(x, top, COLUMN, FOOT - top, fill, edge, 0.6)
    return bar + (shape(place, x + COLUMN / 2, top - 8, SIGN, palette.brand, 0.8) if place < step else "")


def _sunrise(step: int, palette: Palette) -> SafeString:
    """Half a sun over land, with the sign of the step in it."""
    rays = "".join(_ray(place) for place in range(RAYS))
    drawn = (
        f'<path d="{rays}" stroke="{palette.accent}" stroke-width="2.4" stroke-linecap="round"/>'
        f'<path d="M82.5,96 a54,54 0 0 1 108,0" fill="{palette.tint}" stroke="{palette.accent}" stroke-width="1.6"/>'
        f"{shape(step, SUN_X, 70, ON_THE_SUN, palette.accent, 1.2)}"
        f'<path d="M0,97 H273" stroke="{palette.brand}" stroke-width="1.8"/>'
        f'<path d="M24,102 H249" stroke="{palette.brand}" stroke-width="1.1"/>'
        f'<path d="M60,106 H213" stroke="{palette.brand}" stroke-width="0.7"/>'
    )
    what = "a star" if step == LAST else "a sign"
    return frame(273, 108, f"A sun with {what} in it, rising over land", drawn, "art")


def _ray(place: int) -> str:
    turn, end = pi * (place + 1) / (RAYS + 1), SHORT if place % 2 else LONG
    return f"M{SUN_X + SUN * cos(turn):.2f},{SUN_Y - SUN * sin(turn):.2f} L{SUN_X + end * cos(turn):.2f},{SUN_Y - end * sin(turn):.2f}"
