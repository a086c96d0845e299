"""Tags with something between them: {% card "Title" %} … {% endcard %}."""

from django.utils.safestring import SafeString
from django.utils.text import slugify

from config.ui.library import draw, register
from config.ui.parts import per_cent

ALERT_ICONS = {"success": "check", "info": "info", "warning": "warning", "danger": "error"}


@register.simple_block_tag
def card(content: SafeString, title: str = "", level: int = 2, css: str = "") -> SafeString:
    """Draw a panel, with a heading that names it for screen readers."""
    return draw("card", content=content, title=title, level=level, css=css, id=f"card-{slugify(title)}")


@register.simple_block_tag
def section(content: SafeString, title: str, lead: str = "", css: str = "stack") -> SafeString:
    """Draw a part of a page under its second-level heading."""
    return draw("section", content=content, title=title, lead=lead, css=css, id=f"part-{slugify(title)}")


@register.simple_block_tag
def hero(content: SafeString, title: str, crumbs: str = "", lead: str = "", person: str = "") -> SafeString:
    """Draw the head of a page: way here, title, one line, scene; `person` adds a monogram."""
    return draw("hero", content=SafeString(content.strip()), title=title, crumbs=crumbs, lead=lead, person=person)


@register.simple_block_tag
def alert(content: SafeString, tone: str = "info", icon_name: str = "", action: str = "", url: str = "") -> SafeString:
    """Draw a banner that stays until the matter is over: info, success, warning or danger."""
    return draw("alert", content=content, tone=tone, icon_name=icon_name or ALERT_ICONS[tone], action=action, url=url)


@register.simple_block_tag
def inset(content: SafeString) -> SafeString:
    """Draw a quiet aside."""
    return draw("inset", content=content)


@register.simple_block_tag
def table_region(content: SafeString, label: str) -> SafeString:
    """Draw the region in which a wide table scrolls, reachable by keyboard and named."""
    return draw("table_region", content=content, label=label)


@register.simple_block_tag
def empty(content: SafeString, title: str, scene: bool = True) -> SafeString:
    """Draw an empty state: why there is nothing, and what to do next."""
    return draw("empty", content=content, title=title, scene=scene)


@register.simple_block_tag
def dialog(content: SafeString, name: str, title: str, is_open: bool = False, is_cover: bool = False) -> SafeString:
    """Draw a native dialog, for time-outs and signing out alone; a script opens it above the page. A cover hides the page whole."""
    return draw("dialog", content=content, name=name, title=title, is_open=is_open, is_cover=is_cover)


@register.simple_block_tag
def counts(content: SafeString, label: str = "") -> SafeString:
    """Draw the box around {% count %}."""
    return draw("counts", content=content, label=label)


@register.simple_block_tag
def tabs(content: SafeString, label: str, page: bool = False) -> SafeString:
    """Draw the row around {% tab %}; `page` spans the page below its hero."""
    return draw("tabs", content=content, label=label, page=page)


@register.simple_block_tag
def tasks(content: SafeString) -> SafeString:
    """Draw the list around {% task %}."""
    return draw("tasks", content=content)


@register.simple_block_tag
def task(content: SafeString, name: str, url: str, note: str = "", done: int = 0, total: int = 0, beside: str = "") -> SafeString:
    """Draw one row of a task list, a link as a whole; with a total it has a bar of the targets done. Actions stand beside it."""
    words = f"{done} of {total} targets done" if total else ""
    return draw("task", content=content, name=name, url=url, note=note, width=per_cent(done, total), words=words, beside=beside)


@register.simple_block_tag
def beside(content: SafeString) -> SafeString:
    """Draw what can be done with a row of a task list without opening it: {% beside as actions %} … {% endbeside %}."""
    return draw("beside", content=content) if content.strip() else content


@register.simple_block_tag
def timeline(content: SafeString) -> SafeString:
    """Draw the line around {% event %}, newest first."""
    return draw("timeline", content=content)


@register.simple_block_tag
def event(content: SafeString, title: str, when: str = "", icon_name: str = "chat", level: int = 3) -> SafeString:
    """Draw one thing that happened."""
    return draw("event", content=content, title=title, when=when, icon_name=icon_name, level=level)


@register.simple_block_tag
def fold(content: SafeString, title: str, is_open: bool = False) -> SafeString:
    """Draw a part that can be folded away; the browser opens it without a script."""
    return draw("fold", content=content, title=title, is_open=is_open)


@register.simple_block_tag
def target_card(content: SafeString, words: str, strand: str, kind: str = "", how: str = "") -> SafeString:
    """Draw one target: strand, the pupil's words, how we will know; ladder, chart and actions stand between the tags."""
    return draw("target_card", content=content, words=words, strand=strand, kind=kind, how=how, id=f"target-{slugify(words)}")
