"""Real radios and check boxes drawn as tiles, chips and faces. They post like any other field."""

from collections.abc import Iterable
from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from config.ui.library import draw, register
from config.ui.steps import NOT_SEEN, STEPS, Step, step_word

FEELINGS = (("well", "Going well"), ("soso", "So-so"), ("hard", "Hard for me"))


@register.simple_tag
def step_picker(name: str, legend: str, chosen: object = "", last: object = "", hidden_legend: bool = False, error: str = "") -> SafeString:
    """Draw one target's steps as radios. Nothing is chosen beforehand; last time's step has a dashed edge."""
    tiles = [_tile(step, chosen, last) for step in (*STEPS, NOT_SEEN)]
    return draw("step_picker", name=name, legend=legend, tiles=tiles, hidden_legend=hidden_legend, error=error)


@register.simple_tag
def with_last_time(words: str, last: object) -> SafeString:
    """Draw the question of a picker, with the step of last time at the end of its line."""
    shown = "" if last is None else format_html('<span class="last-time">Last time: {}</span>', step_word(last))
    return format_html('<span class="q-line"><span>{}</span>{}</span>', words, shown)


@register.simple_tag
def stair_picker(name: str, legend: str, chosen: object = "", error: str = "") -> SafeString:
    """Draw the five steps as radios, for a start or an aim: nobody can aim at "not seen"."""
    tiles = [_tile(step, chosen) for step in STEPS]
    return draw("step_picker", name=name, legend=legend, tiles=tiles, error=error)


def _tile(step: Step, chosen: object, last: object = "") -> dict[str, object]:
    return {
        "step": step,
        "value": "x" if step is NOT_SEEN else step.value,
        "is_chosen": _names(chosen, step),
        "is_last": _names(last, step),
    }


def _names(value: object, step: Step) -> bool:
    """Say whether a value means this step; what somebody else's page sent may mean none."""
    return value in (step.value, str(step.value), step.key, step.key.lower())


@register.simple_tag
def options(choices: Iterable[tuple[str, str]], chosen: object = "") -> SafeString:
    """Draw what stands between the ends of a select."""
    return _options(tuple(choices), "" if chosen is None else str(chosen))


@lru_cache(maxsize=256)
def _options(choices: tuple[tuple[str, str], ...], chosen: str) -> SafeString:
    selected = {str(value): SafeString(" selected") for value, _ in choices if str(value) == chosen}
    return format_html_join(
        "", '<option value="{}"{}>{}</option>', ((value, selected.get(str(value), ""), words) for value, words in choices)
    )


@register.simple_tag
def chips(name: str, legend: str, options: Iterable[tuple[object, str]], chosen: Iterable[object] = (), at_first: int = 0) -> SafeString:
    """Draw a set of check boxes as chips. Options are value and words; with `at_first` those after it are folded away."""
    picked = {str(value) for value in chosen}
    rows = [
        {"number": number, "value": value, "words": words, "is_chosen": str(value) in picked}
        for number, (value, words) in enumerate(options, start=1)
    ]
    rest = rows[at_first:] if at_first else []
    is_open = any(row["is_chosen"] for row in rest)
    return draw("chips", name=name, legend=legend, rows=rows[: at_first or None], rest=rest, is_open=is_open)


@register.simple_tag
def faces(name: str, legend: str, chosen: str = "") -> SafeString:
    """Draw how a pupil says it is going: three faces, each with its word."""
    rows = [{"value": value, "words": words, "is_chosen": value == chosen} for value, words in FEELINGS]
    return draw("faces", name=name, legend=legend, rows=rows)
