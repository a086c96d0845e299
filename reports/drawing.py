"""Drawn parts of printed papers: ladder, bars, marks, QR code. Pure functions from values to SVG text.

Colours are attributes, because the page's style sheet ends at an inline drawing; they come from the printed style sheet by
way of `Palette`. The `<title>` is the alternative text of the PDF figure. Lengths are millimetres. Every text is escaped.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, pi, sin

import segno
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

STEPS = ("Not started", "Started", "Getting there", "Almost", "Done it")
LAST = len(STEPS) - 1
FONT = "Atkinson Hyperlegible Next, Verdana, sans-serif"
PAPER = "white"


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one programme on paper."""

    ink: str
    brand: str
    tint: str
    quiet: str
    accent: str


def frame(width: float, height: float, title: str, body: str, css: str = "", box: str = "") -> SafeString:
    """A drawing of a known size; the title is what it says to somebody who cannot see it."""
    drawing = (
        f'<svg class="{css}" width="{width}mm" height="{height}mm" viewBox="{box or f"0 0 {width} {height}"}" role="img" '
        f'xmlns="http://www.w3.org/2000/svg"><title>{escape(title)}</title>{body}</svg>'
    )
    return mark_safe(drawing)  # noqa: S308  every text in it went through escape()


def text(x: float, y: float, words: str, size: float, colour: str, *, weight: int = 400, anchor: str = "middle") -> str:
    return (
        f'<text x="{x:.2f}" y="{y:.2f}" font-family="{FONT}" font-size="{size}" font-weight="{weight}" '
        f'text-anchor="{anchor}" fill="{colour}">{escape(words)}</text>'
    )


def box(x: float, y: float, width: float, height: float, fill: str, stroke: str, line: float) -> str:
    at = f'x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}"'
    return f'<rect {at} fill="{fill}" stroke="{stroke}" stroke-width="{line}"/>'


# ---------------------------------------------------------------------------------------------------------------- signs


def star(x: float, y: float, radius: float, fill: str, stroke: str, line: float) -> str:
    """Five points, the first one up."""
    turns = [(radius if corner % 2 == 0 else radius * 0.45, corner * pi / 5) for corner in range(10)]
    points = " ".join(f"{x + r * sin(turn):.2f},{y - r * cos(turn):.2f}" for r, turn in turns)
    return f'<polygon points="{points}" fill="{fill}" stroke="{stroke}" stroke-width="{line}" stroke-linejoin="round"/>'


def shape(step: int, x: float, y: float, r: float, colour: str, line: float, *, solid: bool = True) -> str:
    """The sign of a step: empty, quarter, half and three-quarter circle, star."""
    if step == LAST:
        return star(x, y, r * 1.28, colour if solid else PAPER, colour, line)
    ring = f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{r:.2f}" fill="{PAPER}" stroke="{colour}" stroke-width="{line}"/>'
    if step == 0:
        return ring
    turn = step * pi / 2
    arc = f"A{r:.2f},{r:.2f} 0 {1 if step > 2 else 0} 1 {x + r * sin(turn):.2f},{y - r * cos(turn):.2f}"
    return f'{ring}<path d="M{x:.2f},{y:.2f} V{y - r:.2f} {arc} Z" fill="{colour}"/>'


def flag(x: float, foot: float, height: float, colour: str) -> str:
    """The sign of the aim: a pole with a pennant."""
    top = foot - height
    pole = f'<path d="M{x:.2f},{foot:.2f} V{top:.2f}" stroke="{colour}" stroke-width="0.55"/>'
    tip, below = f"{height * 0.42:.2f},{height * 0.2:.2f}", f"{x:.2f},{top + height * 0.4:.2f}"
    return f'{pole}<path d="M{x:.2f},{top:.2f} l{tip} L{below} Z" fill="{colour}"/>'


def sign(step: int, palette: Palette, words: Sequence[str] = STEPS, size: float = 5.6) -> SafeString:
    """One step's sign for a key."""
    return frame(size, size, words[step], shape(step, size / 2, size / 2, size * 0.36, palette.ink, 0.4), "sign")


def aim_sign(palette: Palette, size: float = 5.6) -> SafeString:
    return frame(size, size, "Aim", flag(size * 0.35, size * 0.92, size * 0.84, palette.accent), "sign")


# --------------------------------------------------------------------------------------------------------------- ladder

LADDER_WIDTH, COLUMN, LABEL = 80.0, 16.0, 4.3


@dataclass(frozen=True, slots=True)
class Ladder:
    """Five stairs, left to right: solid = now, tinted = on the way, outlined = not reached; a flag on the aim."""

    start: int
    now: int | None
    aim: int
    palette: Palette
    words: Sequence[str] = STEPS
    rise: float = 2.9

    @property
    def here(self) -> int:
        """Where it stands: a target that was not seen is drawn at its start."""
        return self.start if self.now is None else self.now

    @property
    def base(self) -> float:
        return 15.4 + 4 * self.rise

    def title(self) -> str:
        """What the picture says in words."""
        start, aim = self.words[self.start], self.words[self.aim]
        if self.now is None:
            where = f"Start: {start}. Not seen this time."
        elif self.now == self.start:
            where = f"Start and now: {start}."
        else:
            where = f"Start: {start}. Now: {self.words[self.now]}."
        return f"Ladder of five steps. {where} Aim: {aim}."

    def draw(self) -> SafeString:
        parts = [f'<path d="M0,{self.base:.2f} H{LADDER_WIDTH}" stroke="{self.palette.quiet}" stroke-width="0.4"/>']
        parts += [self._stair(step) for step in range(5)]
        parts += [self._way()] if self.here != self.start else []
        parts += [self._sign(step) for step in range(5)]
        parts.append(flag(self._x(self.aim) + 5.2, self._top(self.aim), 8.2, self.palette.accent))
        parts += [self._label(step, words, weight) for step, words, weight in self._labels()]
        return frame(LADDER_WIDTH, round(self.base + LABEL + 2, 1), self.title(), "".join(parts), "ladder")

    def _x(self, step: int) -> float:
        return COLUMN * (step + 0.5)

    def _top(self, step: int) -> float:
        return self.base - 2.6 - self.rise * step

    def _is_passed(self, step: int) -> bool:
        return min(self.start, self.here) <= step <= max(self.start, self.here)

    def _stair(self, step: int) -> str:
        fill, stroke, line = (self.palette.tint, self.palette.brand, 0.5) if self._is_passed(step) else (PAPER, self.palette.quiet, 0.3)
        if step == self.now:
            fill = self.palette.brand
        return box(self._x(step) - COLUMN / 2 + 1.1, self._top(step), COLUMN - 2.2, self.base - self._top(step), fill, stroke, line)

    def _sign(self, step: int) -> str:
        passed = self._is_passed(step)
        colour = self.palette.brand if passed else self.palette.quiet
        size, line = (3.7, 0.7) if passed else (2.7, 0.35)
        return shape(step, self._x(step), self._top(step) - 5.2, size, colour, line, solid=passed)

    def _way(self) -> str:
        """The line that joins the signs from start to now."""
        ends = [f"{self._x(step):.2f},{self._top(step) - 5.2:.2f}" for step in (self.start, self.here)]
        return f'<path d="M{ends[0]} L{ends[1]}" stroke="{self.palette.brand}" stroke-width="0.9"/>'

    def _labels(self) -> list[tuple[int, str, int]]:
        if self.now is None:
            return [(self.start, "Start", 400)]
        if self.now == self.start:
            return [(self.now, "Start and now", 700)]
        return [(self.start, "Start", 400), (self.now, "Now", 700)]

    def _label(self, step: int, words: str, weight: int) -> str:
        anchor, x = "middle", self._x(step)
        if len(words) > 9 and step in (0, LAST):
            anchor, x = ("start", 0.0) if step == 0 else ("end", LADDER_WIDTH)
        return text(x, self.base + 0.6 + LABEL, words, LABEL, self.palette.ink, weight=weight, anchor=anchor)


# ----------------------------------------------------------------------------------------------------------------- bars


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a bar. A joined part stands for several names with one number, and is hatched."""

    name: str
    count: int
    fill: str
    ink: str
    is_joined: bool = False


def bar(parts: Sequence[Part], label: str, edge: str, width: float = 80.0, height: float = 7.4) -> SafeString:
    """Parts of a whole with their numbers, each outlined so that a pale print shows it."""
    total = sum(part.count for part in parts)
    drawn, said, x = [], [], 0.0
    for part in parts:
        if part.count:
            share = width * part.count / total
            drawn.append(_part(part, x, share, height, edge))
            said.append(f"{part.name} {part.count}")
            x += share
    return frame(width, height, f"{label}: {', '.join(said)}; {total} targets.", "".join(drawn), "bar")


def swatch(part: Part, edge: str) -> SafeString:
    """One part of a bar for its key."""
    body = box(0.3, 0.3, 6.4, 3.9, part.fill, edge, 0.35) + (_hatching(0.3, 6.4, 4.5, edge) if part.is_joined else "")
    return frame(7, 4.5, part.name, body, "sign")


def _part(part: Part, x: float, share: float, height: float, edge: str) -> str:
    drawn = box(x, 0.2, share, height - 0.4, part.fill, edge, 0.35)
    if part.is_joined:
        drawn += _hatching(x, share, height, edge) + box(x + share / 2 - 4.2, 1.6, 8.4, height - 3.2, PAPER, PAPER, 0)
    return drawn + text(x + share / 2, height / 2 + 1.35, str(part.count), 3.7, part.ink, weight=600)


def _hatching(x: float, share: float, height: float, colour: str) -> str:
    """Slanting lines, cut at the edges of the part."""
    inner, lines = height - 0.4, []
    for offset in range(int((share + inner) / 1.6)):
        left, right = x + offset * 1.6 - inner, x + offset * 1.6
        x1, x2 = max(left, x), min(right, x + share)
        y1, y2 = height - 0.2 - (x1 - left), 0.2 + (right - x2)
        lines.append(f"M{x1:.2f},{y1:.2f} L{x2:.2f},{y2:.2f}" if x2 > x1 else "")
    return f'<path d="{"".join(lines)}" stroke="{colour}" stroke-width="0.2" fill="none"/>'


def stairs(ramp: Sequence[str], edge: str, inks: Sequence[str], words: Sequence[str] = STEPS) -> SafeString:
    """The ladder over the whole width of a cover."""
    parts = [f'<path d="M0,62 H174" stroke="{edge}" stroke-width="0.5"/>']
    for step, (left, _) in enumerate(pairwise(34.8 * place for place in range(6))):
        top = 54 - 9 * step
        parts.append(box(left + 1.2, top, 32.4, 62 - top, ramp[step], edge, 0.4))
        parts.append(shape(step, left + 17.4, top - 7, 4.6, edge, 0.8))
        parts.append(text(left + 17.4, 59.2, words[step], 4.1, inks[step], weight=600))
    return frame(174, 63, f"The ladder of five steps: {', '.join(words)}", "".join(parts), "stairs")


# ------------------------------------------------------------------------------------------------------- marks and QR code


def qr(url: str, size: float, title: str) -> SafeString:
    """A QR code as one path, with its quiet zone of four modules."""
    rows = list(segno.make(url, error="m", micro=False).matrix)
    side = len(rows) + 8
    path = "".join(f"M{x + 4},{y + 4}h1v1h-1z" for y, row in enumerate(rows) for x, on in enumerate(row) if on)
    body = f'<rect width="{side}" height="{side}" fill="{PAPER}"/><path d="{path}" fill="black"/>'
    return frame(size, size, title, body, "qr", f"0 0 {side} {side}")


def mark(look: str, palette: Palette, height: float = 11.0) -> SafeString:
    """The mark of a programme's look, beside its name."""
    body = (_dreams if look == "dreams" else _horizons)(palette)
    return frame(round(height * 1.4, 1), height, "Mark of the programme", body, "mark", "0 0 28 20")


def _dreams(palette: Palette) -> str:
    """Four rising blocks and a star."""
    blocks = [box(1 + 5 * place, 17.4 - 3 * place, 3.9, 2.6 + 3 * place, palette.brand, palette.brand, 0) for place in range(4)]
    return "".join(blocks) + star(23.4, 4.8, 4.0, palette.accent, palette.accent, 0.2)


def _horizons(palette: Palette) -> str:
    """Half a sun on two lines of land."""
    turns = [pi * place / 6 for place in range(1, 6)]
    rays = "".join(f"M{14 + 9.4 * cos(t):.2f},{14 - 9.4 * sin(t):.2f} L{14 + 12.2 * cos(t):.2f},{14 - 12.2 * sin(t):.2f}" for t in turns)
    return (
        f'<path d="M7,14 a7,7 0 0 1 14,0 z" fill="{palette.accent}"/>'
        f'<path d="{rays}" stroke="{palette.accent}" stroke-width="1.5" stroke-linecap="round"/>'
        f'<path d="M1,14.6 H27 M6,18.4 H22" stroke="{palette.brand}" stroke-width="1.8" stroke-linecap="round"/>'
    )
