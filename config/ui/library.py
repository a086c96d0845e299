"""The one tag library of the templates. Built in, so no page loads it."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()


def draw(component: str, **values: object) -> SafeString:
    """Render templates/components/<component>.html with these values and nothing else."""
    return render_to_string(f"components/{component}.html", values)
