"""The vocabulary of every template."""

from django import template
from django.http import HttpRequest

register = template.Library()


def page_context(request: HttpRequest) -> dict:
    return {}
