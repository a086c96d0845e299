"""Charts are drawn on the server: shapes and words stay 16 px, numbers are always there, and each has a summary in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from config.ui.library import draw, register
from config.ui.steps import STEPS, Step, step_of
from reports.suppression import RATE_NEEDS

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
def heat_cell(moved: int, seen: int, what: str, url: str = "", note: str = "") -> SafeString:
    """Draw how many pupils moved on as a shaded cell with its share; under ten pupils the numbers alone, unshaded.

    The note says what was left out of it: "incomplete, 4 not seen".
    """
    share = round(100 * moved / seen) if seen >= RATE_NEEDS else None
    shade = "few" if share is None else shade_of(share)
    return draw("heat_cell", share=share, moved=moved, seen=seen, what=what, shade=shade, url=url, note=note)


@register.simple_tag
def heat_hidden(words: str, meaning: str = "", too_few: bool = False) -> SafeString:
    """Draw a cell without a figure: "fewer than 5", "c" with its meaning, or too few for a per cent."""
    return draw("heat_hidden", words=words, meaning=meaning, too_few=too_few)


@dataclass(frozen=True)
class Way:
    """One way in which targets move: its word, its sign, and its shade of the ramp."""

    word: str
    sign: str
    shade: int


WAYS = (Way("Gone back", "↓", 0), Way("Same", "=", 1), Way("Moved on", "↑", 3))
JOINED = (Way("Same or gone back", "=↓", 1), WAYS[-1])  # where the two apart would give a small number away


@register.simple_tag
def movement_bar(what: str, numbers: Sequence[int], note: str = "") -> SafeString:
    """Draw how many targets went back, stayed and moved on; of two numbers the first are those that stayed or went back together."""
    ways = WAYS if len(numbers) == len(WAYS) else JOINED
    total = sum(numbers) or 1
    parts: list[dict[str, object]] = []
    left = 0.0
    for way, number in zip(ways, numbers, strict=True):
        share = 100 * number / total
        parts.append({"way": way, "number": number, "x": left, "width": share, "middle": left + share / 2, "has_word": share >= 18})
        left += share
    summary = ", ".join(f"{way.word.lower()} {number}" for way, number in zip(ways, numbers, strict=True))
    return draw("movement_bar", what=what, parts=parts, note=note, summary=summary)


@register.simple_tag
def chart_legend(kind: str) -> SafeString:
    """Draw the key of a chart: "steps", "movement", "heat", or "published" for a heat table with hidden numbers."""
    return draw("chart_legend", kind=kind, steps=STEPS, ways=WAYS)
