"""Draw a piece of a template and read it without its line breaks."""

import re

from django.template import Context, Template


def flat(html: str) -> str:
    """Return HTML with every run of white space as one space, as a browser reads it."""
    return re.sub(r"\s+", " ", html)


def drawn(source: str, **values: object) -> str:
    return flat(Template(source).render(Context(values)))
