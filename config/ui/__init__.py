"""The vocabulary of the templates: every tag that draws HTML, and the context that every page gets."""

from config.ui import blocks, charts, choices, forms, parts, places, steps
from config.ui.context import page_context
from config.ui.library import register

__all__ = ["blocks", "charts", "choices", "forms", "page_context", "parts", "places", "register", "steps"]
