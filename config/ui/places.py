"""Where am I, and where can I go: breadcrumb, tabs, pages of a list, order of a table."""

from collections.abc import Iterator

from django.core.paginator import Page
from django.http import HttpRequest
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from config.ui.library import draw, register


def _pairs(labels_and_urls: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    return zip(labels_and_urls[::2], labels_and_urls[1::2], strict=True)


@register.simple_tag
def breadcrumb(*labels_and_urls: str) -> SafeString:
    """Draw the way here: label, url, label, url, and last the label of this page."""
    *above, here = labels_and_urls
    return draw("breadcrumb", above=list(_pairs(tuple(above))), here=here)


@register.simple_tag(takes_context=True)
def tab(context: Context, label: str, url: str) -> SafeString:
    """Draw a link of a row of tabs; the tab of this very address is the current one."""
    request: HttpRequest | None = context.get("request")
    here = request is not None and request.path == url.split("?")[0].split("#")[0]
    return format_html('<a href="{}"{}>{}</a>', url, SafeString(' aria-current="page"') if here else "", label)


def _with(request: HttpRequest, **changes: str) -> str:
    """Return this page's query with some values changed, so that filters and order survive."""
    query = request.GET.copy()
    for name, value in changes.items():
        query[name] = value
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def pagination(context: Context, page: Page, label: str = "Pages", name: str = "page") -> SafeString:
    """Draw real links to the other pages of a list; nothing when there is only one."""
    request: HttpRequest = context["request"]
    paginator = page.paginator
    numbers = paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    links = [(number, _with(request, **{name: str(number)}) if isinstance(number, int) else "") for number in numbers]
    return draw(
        "pagination",
        page=page,
        links=links,
        label=label,
        before=_with(request, **{name: str(page.number - 1)}),
        after=_with(request, **{name: str(page.number + 1)}),
    )


@register.simple_tag(takes_context=True)
def sort_heading(context: Context, words: str, key: str, css: str = "") -> SafeString:
    """Draw a column heading that puts the table in its order: ?order=key, then ?order=-key."""
    request: HttpRequest = context["request"]
    order = request.GET.get("order", "")
    direction = "ascending" if order == key else "descending" if order == f"-{key}" else ""
    url = _with(request, order=f"-{key}" if direction == "ascending" else key)
    return draw("sort_heading", words=words, url=url, direction=direction, css=css)
