"""Small parts: icon, monogram, tag, status line, button, count, progress."""

from collections.abc import Sequence
from functools import lru_cache

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from config.ui.library import draw, register
from pupils.names import with_initials

TAG_TONES = {"", "ready", "progress", "waiting", "error", "brand"}
STATE_ICONS = {"saved": "check", "unsaved": "cloud", "conflict": "people", "": ""}


@lru_cache(maxsize=512)
def shape(name: str, css: str) -> SafeString:
    """Point at one symbol of the sprite. Decoration: the words beside it carry the meaning."""
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>', css, static("build/sprite.svg"), name
    )


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """Draw an icon of static/build.json. Always beside words."""
    return shape(f"i-{name}", f"icon {css}".strip())


@register.simple_tag
def face(name: str) -> SafeString:
    """Draw a face: "well", "soso" or "hard". Always with its word."""
    return shape(f"face-{name}", "face")


@register.simple_tag
def picture(name: str) -> SafeString:
    """Draw a picture of pupil mode from static/icons: "say-music", "face-well". Always with its words."""
    return shape(name, "picture")


@register.simple_tag
def monogram(name: str, size: str = "") -> SafeString:
    """Draw the initials of a name in a disc; "l" is the large one of a page title."""
    initials = "".join(word[0] for word in name.split()[:2] if word[0].isalnum()).upper()
    css = "monogram monogram-l" if size == "l" else "monogram"
    return format_html('<span class="{}" aria-hidden="true">{}</span>', css, initials)


@register.simple_tag
def tag(words: str, tone: str = "") -> SafeString:
    """Draw the state of a thing: ready, progress, waiting, error, brand or plain. Never a button."""
    if tone not in TAG_TONES:
        raise ValueError(f"no tag tone {tone!r}")
    return format_html('<span class="tag{}">{}</span>', f" tag-{tone}" if tone else "", words)


@register.simple_tag
def state(kind: str, words: str) -> SafeString:
    """Draw the status line of a row: saved, unsaved, conflict or plain."""
    picture = icon(STATE_ICONS[kind]) if kind else ""
    return format_html('<span class="state{}">{}<span>{}</span></span>', f" state-{kind}" if kind else "", picture, words)


@register.simple_tag
def button(words: str, url: str = "", kind: str = "secondary", icon_name: str = "", css: str = "", more: str = "") -> SafeString:
    """Draw a link that looks like a button, or a submit button without a url; `more` is read aloud after the words."""
    return draw("button", words=words, url=url, kind=kind, icon_name=icon_name, css=css, more=more)


@register.simple_tag
def count(number: int | str, label: str, url: str = "", note: str = "") -> SafeString:
    """Draw one figure of a counts box; with a url it leads to the list that it counts."""
    return draw("count", number=number, label=label, url=url, note=note)


def per_cent(done: int, total: int) -> str:
    """Return the share as an SVG length; nothing of nothing is nothing."""
    return f"{100 * done / total:.1f}%" if total else "0%"


@register.simple_tag
def progress(done: int, total: int, what: str) -> SafeString:
    """Draw a bar with its words: "10 of 18 targets done"."""
    return draw("progress", width=per_cent(done, total), words=f"{done} of {total} {what}")


@register.simple_tag
def help_bar(words: str, done: int, total: int) -> SafeString:
    """Draw one line of "what helps": words, bar and figures."""
    return draw("help_bar", words=words, width=per_cent(done, total), done=done, total=total)


@register.simple_tag
def profile(title: str, parts: Sequence[tuple[str, Sequence[str]]], dream: str = "", note: str = "") -> SafeString:
    """Draw the one-page profile: headings with short lines, the pupil's dream in the pupil's voice, whose words they are."""
    return draw("profile", title=title, parts=parts, dream=dream, note=note)


@register.simple_tag
def conflict(
    title: str, rows: Sequence[object], note: str = "", history: str = "The other value stays in the history.", level: int = 2
) -> SafeString:
    """Draw the question after two people changed one field. Rows hold label, name, theirs, mine, and where it helps
    before and an error; nothing is chosen beforehand. `history` says what becomes of the other value.
    """
    return draw("conflict", title=title, rows=rows, note=note, history=history, level=level)


@register.filter
def without_names(text: str, names: Sequence[str]) -> str:
    """Cut these names to their initials, for a screen that others see; with no names the text stays."""
    return with_initials(text, names)
