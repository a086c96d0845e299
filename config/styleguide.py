"""Every component in every state on one page: for people who build pages, and for the tests that look at them."""

from datetime import date
from types import SimpleNamespace

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from config.ui.context import Link
from config.ui.steps import NOT_SEEN, STEPS, step_tag

THEMES = ("dreams", "horizons")
MODES = ("light", "dark", "auto")
SECTIONS = (
    ("Colour", "colour"),
    ("Type", "type"),
    ("Buttons", "buttons"),
    ("Inputs and errors", "inputs"),
    ("Tags and status lines", "tags"),
    ("Step tags and ladder", "steps"),
    ("Step picker", "picker"),
    ("Chips and faces", "chips"),
    ("Cards", "cards"),
    ("Profile and target", "pupil"),
    ("Tables", "tables"),
    ("Review grid", "grid"),
    ("Charts", "charts"),
    ("Banners", "banners"),
    ("Dialog", "dialogs"),
    ("Empty state", "empties"),
    ("Timeline", "timelines"),
    ("Tabs and pages", "places"),
)
SWATCHES = {
    "Surfaces and ink": (
        "bg",
        "surface",
        "raised",
        "card",
        "inset",
        "text",
        "muted",
        "brand",
        "brand-tint",
        "accent",
        "control-border",
        "line",
    ),
    "Meaning": ("error", "success", "info", "warn"),
}
PROFILE = (
    ("What people like about me", ("I am kind to little children.", "I tell very good jokes.", "I never give up on a puzzle.")),
    ("What matters to me", ("My nan and my cat, Biscuit.", "Trains. All trains.", "Knowing what comes next.")),
    ("How best to support me", ("Give me time before I answer.", "Use my visual card, not lots of words.")),
)
NEXT_ACTIONS = (("keep", "Keep"), ("next_step", "Next step"), ("change", "Change"), ("close", "Close"))
HELPS = ((1, "Visual card"), (2, "Time to think"), (3, "Quiet place"), (4, "Praise"))
BARS = (
    ("Communicating", (8, 19, 31, 27, 15), "about 325 targets, 96% judged"),
    ("Managing feelings", (12, 27, 33, 20, 8), "about 340 targets, 93% judged"),
    ("Confidence and aspirations", (0, 24, 30, 24, 22), "about 195 targets, 90% judged"),
)
MOVEMENTS = (
    ("Communicating", (12, 96, 217), "325 targets, six schools"),
    ("Managing feelings", (0, 31, 64), "95 targets, three schools"),
    ("Independence", (22, 41), "63 targets, three schools"),
)


class SampleForm(forms.Form):
    """Every kind of field, for its look alone."""

    words = forms.CharField(label="Target in the pupil’s words", help_text="Start with a doing word.", max_length=60)
    how = forms.CharField(label="How will we know?", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    due_on = forms.DateField(
        label="Review date",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Write the date as day, month, year, such as 11 12 2026"},
    )
    worker = forms.ChoiceField(label="Key worker", choices=[("", "Choose"), ("a", "Amira Khan"), ("b", "Daniel Brook")])
    shared = forms.ChoiceField(
        label="Do other people use this device?",
        choices=[("yes", "Yes, or I am not sure"), ("no", "No, only me")],
        widget=forms.RadioSelect,
    )
    letters = forms.MultipleChoiceField(
        label="Letter for the family",
        choices=[("large", "Large print, 18 point"), ("easy", "Easy Read")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agreed = forms.BooleanField(label="The family has seen this", help_text="On paper or at a meeting.")
    roll = forms.FileField(label="Roll file", help_text="CTF, CSV or XLSX.", required=False)


def _forms() -> dict[str, forms.Form]:
    filled = {"words": "Take turns in a game", "due_on": date(2026, 12, 11), "worker": "a", "shared": "yes", "letters": ["large"]}
    return {
        "fresh": SampleForm(initial=filled, prefix="fresh"),
        "wrong": SampleForm({"wrong-due_on": "32 12 2026", "wrong-shared": ""}, prefix="wrong"),
    }


def _frame(request: HttpRequest) -> dict[str, object]:
    """A made-up person at two schools, so that the header shows all its parts."""
    theme, mode = request.GET.get("theme", THEMES[0]), request.GET.get("mode", MODES[2])
    if theme not in THEMES or mode not in MODES:
        raise Http404
    here = request.path
    return {
        "theme": theme,
        "mode": mode,
        "looks": [(f"{name.upper()}, {shade}", f"?theme={name}&mode={shade}") for name in THEMES for shade in MODES],
        "user": SimpleNamespace(is_authenticated=True, name="Helen Marsh"),
        "place": "Millrace High School",
        "nav": [Link(label, f"{here}#{label}", label == "Pupils") for label in ("Pupils", "Reviews", "Dashboard")],
        "place_menu": [Link("Import", here, False, "upload"), Link("Staff", here, False, "people"), Link("Settings", here, False, "gear")],
        "places": [Link("Foxglove Road Primary", here, False, "building"), Link("Millrace High School", here, True, "building")],
    }


@login_not_required
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show the style guide where settings allow it: development and tests."""
    if not settings.STYLEGUIDE:
        raise Http404
    samples = {
        "sections": SECTIONS,
        "swatches": SWATCHES,
        "steps": (*STEPS, NOT_SEEN),
        "ladder_steps": STEPS,
        "profile_parts": PROFILE,
        "helps": HELPS,
        "next_actions": NEXT_ACTIONS,
        "bars": BARS,
        "movements": MOVEMENTS,
        "points": [("Spring", 1), ("Summer", 3), ("Autumn", 2)],
        "pages": Paginator(range(240), 20).page(5),
        "conflicts": [{"label": "This term", "name": "keep-now", "theirs": step_tag(2), "mine": step_tag(3)}],
        "texts": [{"label": "What matters", "name": "keep-text", "theirs": "Trains.", "mine": "Trains. All trains."}],
    }
    return render(request, "styleguide/page.html", {**_frame(request), **_forms(), **samples})
