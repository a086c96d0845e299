"""What Django's forms need beside the crispy templates: one summary of everything that must be put right."""

from datetime import date

from django.forms import BaseForm, ChoiceField, DateField
from django.forms.boundfield import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString

from config.ui.choices import options
from config.ui.library import draw, register
from config.ui.parts import icon


def field_anchor(field: BoundField) -> str:
    """Return the id that a summary link must jump to: the control, or the first of its options."""
    if field.field.widget.use_fieldset:
        return f"{field.auto_id}_0"
    return field.id_for_label


@register.simple_tag
def error_summary(form: BaseForm, title: str = "There is a problem", focus: bool = True) -> SafeString:
    """List every error of a form at its top, each with a link to its field; it takes the focus. Nothing while the form is fine."""
    if not form.errors:
        return SafeString("")
    rows = [{"words": words} for words in form.non_field_errors()]
    rows += [{"words": words, "label": field.label, "anchor": field_anchor(field)} for field in form for words in field.errors]
    return draw("error_summary", title=title, rows=rows, focus=focus)


SMALL = """<div class="field"><label class="form-label" id="{name}-l" for="{name}">{label}</label>{control}{error}</div>"""
NAMED = """id="{name}" name="{name}" aria-labelledby="n-{person} {name}-l\""""
SELECT = f'<select class="form-select" {NAMED}>{{inside}}</select>'
DAY = f'<input class="form-control" type="date" value="{{inside}}" {NAMED}>'
LINES = f'<textarea class="form-control" rows="2" data-letters="300" {NAMED}>{{inside}}</textarea>'


@register.simple_tag
def small_field(field: BoundField, person: str) -> SafeString:
    """Draw a field of a pupil among many pupils, named by the pupil and its label; `person` ends the id of the pupil's name."""
    name, value = field.html_name, field.value()
    inside: object = "" if value is None else value
    if isinstance(field.field, ChoiceField):
        shape, inside = SELECT, options(field.field.choices, value)  # type: ignore[arg-type]
    elif isinstance(field.field, DateField):
        shape, inside = DAY, value.isoformat() if isinstance(value, date) else inside
    else:
        shape = LINES
    error = format_html('<p class="invalid-feedback">{}<span>{}</span></p>', icon("error"), field.errors[0]) if field.errors else ""
    control = format_html(shape, name=name, person=person, inside=inside)
    return format_html(SMALL, name=name, label=field.label, control=control, error=error)
