"""What Django's forms need beside the crispy templates: one summary of everything that must be put right."""

from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

from config.ui.library import draw, register


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
