"""Steps are shown by shape and word together; the colour only helps."""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString

from config.ui.library import draw, register
from config.ui.parts import icon, shape
from targets import models as targets


@dataclass(frozen=True)
class Step:
    """One step of the ladder, or "not seen": its place, its letter, its word and the name of its shape."""

    value: int | None
    key: str
    word: str
    shape: str

    @property
    def css(self) -> str:
        return self.shape

    @property
    def short(self) -> str:
        """The word without its time, for tiles and tables."""
        return self.word.removesuffix(" this time")


DRAWN = 256  # a table draws the same few steps over and over
STEPS = tuple(Step(rung.value, key, str(rung.label), f"step-{rung.value}") for rung, key in zip(targets.Step, "NSGAD", strict=True))
NOT_SEEN = Step(None, "X", "Not seen this time", "step-x")
_BY_NAME = {name: step for step in (*STEPS, NOT_SEEN) for name in (step.value, str(step.value), step.key, step.key.lower())}


def step_of(value: int | str | None) -> Step:
    """Find a step by its number, its letter, or nothing at all for "not seen"."""
    return NOT_SEEN if value == "" else _BY_NAME[value]


@register.simple_tag
def step_shape(value: int | str | None, css: str = "step-icon") -> SafeString:
    """Draw the shape alone; a word must stand beside it."""
    return shape(step_of(value).shape, css)


@register.simple_tag
@lru_cache(maxsize=DRAWN)
def step_tag(value: int | str | None, word: str = "") -> SafeString:
    """Draw a step as a pill: shape and word, which may be a programme's own."""
    step = step_of(value)
    return format_html('<span class="step-tag {}">{}{}</span>', step.css, shape(step.shape, "step-icon"), word or step.short)


@register.simple_tag
@lru_cache(maxsize=DRAWN)
def step_word(value: int | str | None) -> SafeString:
    """Draw a step inside running text or a table cell: shape and word."""
    step = step_of(value)
    return format_html('<span class="step-word {}">{}{}</span>', step.css, shape(step.shape, "step-icon"), step.short)


def _ladder_stop(here: int, start: int, now: int | None, aim: int) -> dict[str, object]:
    """Say how one stair is drawn and what stands under it."""
    step = STEPS[here]
    reached = -1 if now is None else now
    word = "Now" if here == now else "Aim" if here == aim else "Start" if here == start else ""
    classes = [step.css]
    classes += ["is-walked"] if start <= here < reached else []
    classes += ["is-now"] if here == now else []
    classes += ["is-aim"] if here == aim else []
    return {"step": step, "css": " ".join(classes), "under": word}


def _steps(count: int) -> str:
    return "one step" if count == 1 else f"{('no', 'one', 'two', 'three', 'four')[count]} steps"


def _way(start: int, now: int) -> str:
    """Say how far it is from the start. A step back is said plainly and kindly."""
    if now < start:
        return f"{_steps(start - now)} back from the start. That can happen."
    return "this is where it began." if now == start else f"{_steps(now - start)} from the start."


def ladder_words(start: int, now: int | None, aim: int) -> str:
    """Say in words what the stairs show."""
    if now is None:
        return "not seen this time."
    left = aim - now
    rest = "The aim is reached." if left <= 0 else f"{_steps(left).capitalize()} to the aim."
    return f"{_way(start, now)} {rest}"


@register.simple_tag
def ladder(start: int, now: int | None, aim: int) -> SafeString:
    """Draw five stairs with start, now and aim, and the sentence below."""
    stops = [_ladder_stop(here, start, now, aim) for here in range(len(STEPS))]
    return draw("ladder", stops=stops, start=STEPS[start], now=step_of(now), words=ladder_words(start, now, aim))


@register.simple_tag
@lru_cache(maxsize=DRAWN)
def steps_from(start: int | None, then: int | None) -> SafeString:
    """Draw where a target began and where it stood last term, with the words for readers who cannot see the shapes."""
    return draw("steps_from", start=step_of(start), then=step_of(then))


TRENDS = {"up": "going up", "down": "going down", "flat": "about the same"}


@register.simple_tag
@lru_cache(maxsize=DRAWN)
def sightings(mostly: int | None, trend: str) -> SafeString:
    """Draw the step that one-to-ones saw most, and which way it goes."""
    way = format_html('{}<span class="visually-hidden">{}</span>', icon(trend), TRENDS[trend]) if trend else ""
    return format_html('<span class="ev">{} {}</span>', step_word(mostly), way)


CODE_CELL = """<span class="code-cell"><input class="code{}" id="{}" name="{}" maxlength="1" autocomplete="off" autocapitalize="off"
 aria-labelledby="{}" aria-describedby="{}{}-word"{} value="{}">{}</span>"""


@register.simple_tag
def code_cell(
    name: str, value: int | str | None, labelled_by: str, suggestion: int | None = None, error: str = "", described_by: str = ""
) -> SafeString:
    """Draw a one-character cell of the review grid: the code, and beside it shape and word, or the suggestion of the evidence.

    With an error the cell holds what was typed, whatever it is.
    """
    invalid, mark = (SafeString(" is-invalid"), SafeString(' aria-invalid="true"')) if error else ("", "")
    code, beside = (value, _refused(name, error)) if error else _beside(name, value, suggestion)
    return format_html(CODE_CELL, invalid, name, name, labelled_by, described_by and f"{described_by} ", name, mark, code, beside)


def _refused(name: str, error: str) -> SafeString:
    return format_html('<span class="invalid-feedback" id="{}-word">{}<span>{}</span></span>', name, icon("error"), error)


def _beside(name: str, value: int | str | None, suggestion: int | None) -> tuple[int | str | None, SafeString]:
    """The code as it is typed, and what stands beside it."""
    if value == "":
        hint = "" if suggestion is None else f"= {step_of(suggestion).short}"
        return "", format_html('<span class="hint" id="{}-word">{}</span>', name, hint)
    step = step_of(value)
    word = format_html('<span class="step-word {}" id="{}-word">{}{}</span>', step.css, name, step_shape(step.key), step.short)
    return step.key if step is NOT_SEEN else step.value, word
