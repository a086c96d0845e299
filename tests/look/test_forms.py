"""A form says what is wrong once at its top and once at the field, and a screen reader finds both."""

import re

import pytest
from django import forms

from tests.look.drawing import drawn

FORM = "<form>{{ form|crispy }}</form>"


class EveryKind(forms.Form):
    words = forms.CharField(label="Words", help_text="Start with a doing word.")
    worker = forms.ChoiceField(label="Key worker", choices=[("", "Choose"), ("a", "Amira Khan")])
    shared = forms.ChoiceField(label="Shared?", choices=[("y", "Yes"), ("n", "No")], widget=forms.RadioSelect)
    ways = forms.MultipleChoiceField(label="Ways", choices=[("l", "Large"), ("e", "Easy")], widget=forms.CheckboxSelectMultiple)
    agreed = forms.BooleanField(label="Agreed")
    roll = forms.FileField(label="Roll")
    note = forms.CharField(label="Note", required=False)

    def clean(self) -> None:
        raise forms.ValidationError("The two dates are the wrong way round")


@pytest.fixture
def wrong() -> str:
    return drawn(FORM, form=EveryKind({}))


def ids(html: str) -> list[str]:
    return re.findall(r'\sid="([^"]+)"', html)


def test_every_error_is_in_the_summary_with_its_field(wrong):
    links = re.findall(r'<a href="#([^"]+)">([^<]+)</a>', wrong)
    assert [words.split(":")[0] for _, words in links] == ["Words", "Key worker", "Shared?", "Ways", "Agreed", "Roll"]
    assert {anchor for anchor, _ in links} <= set(ids(wrong))


def test_an_error_of_the_whole_form_is_said_once(wrong):
    assert wrong.count("The two dates are the wrong way round") == 1


def test_the_summary_takes_the_focus(wrong):
    assert re.search(r'class="error-summary" role="alert" tabindex="-1" autofocus', wrong)


def test_every_description_that_is_pointed_at_exists(wrong):
    pointed_at = {name for names in re.findall(r'aria-describedby="([^"]+)"', wrong) for name in names.split()}
    assert {"id_words_helptext", "id_words_error", "id_shared_error", "id_ways_error"} <= pointed_at
    assert pointed_at <= set(ids(wrong))


def test_no_id_is_used_twice(wrong):
    assert len(ids(wrong)) == len(set(ids(wrong)))


def test_a_wrong_field_says_so_by_more_than_colour(wrong):
    assert wrong.count('class="invalid-feedback"') == 6
    assert wrong.count("#i-error") == 6
    assert wrong.count('aria-invalid="true"') >= 4


def test_radios_stand_in_a_named_group(wrong):
    assert re.search(r"<fieldset[^>]*>\s*<legend>Shared\?", wrong)


def test_what_may_stay_empty_is_marked_in_words(wrong):
    assert wrong.count("(optional)") == 1


def test_a_fresh_form_has_no_summary():
    assert "error-summary" not in drawn(FORM, form=EveryKind())


def test_what_was_typed_is_kept_and_escaped():
    html = drawn(FORM, form=EveryKind({"words": "<b>Join in</b>"}))
    assert 'value="&lt;b&gt;Join in&lt;/b&gt;"' in html
