"""Charts are drawn on the server: shapes and words stay 16 px, numbers are always there, and each has a summary in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from config.ui.library import draw, register
from config.ui.steps import STEPS, Step, step_of

LEFT, RIGHT, TOP, RISE = 124, 322, 20, 36


def height_of(value: int) -> int:
    """Return where a step lies in the chart: the first step lowest, the last at the top."""
    return TOP + RISE * (len(STEPS) - 1 - value)


@dataclass(frozen=True)
class Mark:
    """One judgement in the chart: when, what, and where it is drawn."""

    label: str
    step: Step
    x: float
    y: int


def _marks(points: Sequence[tuple[str, int]]) -> list[Mark]:
    width = (RIGHT - LEFT) / max(len(points), 1)
    return [Mark(label, step_of(value), LEFT + width * (place + 0.5), height_of(value)) for place, (label, value) in enumerate(points)]


def _outline(marks: Sequence[Mark]) -> str:
    """Return the path of the stairs: flat under each mark, upright between them."""
    width = (RIGHT - LEFT) / max(len(marks), 1)
    return f"M{LEFT} {marks[0].y}" + "".join(f"V{mark.y}h{width:g}" for mark in marks)


@register.simple_tag
def stairs(name: str, points: Sequence[tuple[str, int]], start: int, aim: int) -> SafeString:
    """Draw a target's last judgements as stairs. Points are label and step, oldest first, at most three; "not seen" is left out."""
    marks = _marks(points)
    summary = [f"Start: {STEPS[start].word}.", *(f"{mark.label}: {mark.step.word}." for mark in marks), f"Aim: {STEPS[aim].word}."]
    rows = [{"word": step.word, "y": height_of(step.value or 0), "is_now": bool(marks) and marks[-1].step is step} for step in STEPS]
    outline = _outline(marks) if marks else ""
    return draw("stairs", name=name, marks=marks, rows=rows, aim=height_of(aim), outline=outline, summary=" ".join(summary))


@register.simple_tag
def stacked_bar(what: str, numbers: Sequence[int], note: str = "") -> SafeString:
    """Draw one bar of five steps in per cent; a word fits in a wide part, the number stands in every part above nothing."""
    segments: list[dict[str, object]] = []
    left = 0.0
    total = sum(numbers) or 1
    for step, number in zip(STEPS, numbers, strict=True):
        share = 100 * number / total
        segments.append({"step": step, "number": number, "x": left, "width": share, "middle": left + share / 2, "has_word": share >= 18})
        left += share
    summary = ", ".join(f"{step.word} {number}" for step, number in zip(STEPS, numbers, strict=True))
    return draw("stacked_bar", what=what, segments=segments, note=note, summary=summary)


SHADES = (40, 50, 60, 70)


def shade_of(share: int) -> int:
    """Return the shade of the ramp for a share in per cent: under 40, 40, 50, 60, 70 and more."""
    return sum(share >= edge for edge in SHADES)


@register.simple_tag
def heat_cell(moved: int, seen: int, what: str, url: str = "") -> SafeString:
    """Draw the share of pupils who moved on as a shaded cell with its figures."""
    share = round(100 * moved / seen)
    return draw("heat_cell", share=share, moved=moved, seen=seen, what=what, shade=shade_of(share), url=url)


@register.simple_tag
def heat_hidden(words: str, meaning: str = "", too_few: bool = False) -> SafeString:
    """Draw a cell without a figure: "fewer than 5", "c" with its meaning, or too few for a per cent."""
    return draw("heat_hidden", words=words, meaning=meaning, too_few=too_few)
