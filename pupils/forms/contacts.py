"""An adult around a pupil as it is typed. What may go to that adult is said in plain words."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from pupils.forms.fields import DayInput
from pupils.forms.merging import MergingForm
from pupils.importing import codes
from pupils.models import Contact
from pupils.services.contacts import contact_problems
from pupils.words import LETTER_LANGUAGES


class ContactForm(MergingForm):
    relationship = forms.ChoiceField(choices=[("", "Choose one"), *((row.code, row.words) for row in codes.RELATIONSHIP.rows)])
    letter_language = forms.ChoiceField(label="Language of letters", choices=list(LETTER_LANGUAGES.items()))
    priority = forms.IntegerField(
        label="Place in the list", help_text="1 is asked first.", validators=[MinValueValidator(1), MaxValueValidator(99)]
    )

    class Meta:
        model = Contact
        fields = (
            "title", "forename", "surname", "relationship", "priority", "has_parental_responsibility",
            "may_receive", "letter_language", "letter_format",
            "no_contact", "order", "order_reference", "order_from", "order_to",
            "address", "postcode", "address_confidential", "phone", "email",
        )  # fmt: skip
        labels = {
            "forename": "First name",
            "may_receive": "This person receives",
            "letter_format": "Format of letters",
            "has_parental_responsibility": "Has parental responsibility",
            "no_contact": "No contact: nothing about the pupil goes to this person",
            "order": "Is there an order about this person?",
            "order_reference": "Reference of the order",
            "order_from": "Order begins",
            "order_to": "Order ends",
            "address_confidential": "This address is confidential: other contacts must never see it",
        }
        help_texts = {"order": "A recorded order that nobody has read holds every letter of this pupil back."}
        widgets = {
            "may_receive": forms.RadioSelect,
            "letter_format": forms.RadioSelect,
            "order": forms.RadioSelect,
            "order_from": DayInput(),
            "order_to": DayInput(),
            "address": forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
            "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        }

    def __init__(self, data: Any = None, *, instance: models.Model, is_first_ask: bool = False) -> None:
        super().__init__(data, instance=instance, is_first_ask=is_first_ask)
        self._keep_choice("relationship", codes.RELATIONSHIP.words(self.initial.get("relationship") or ""))
        self._keep_choice("letter_language", self.initial.get("letter_language") or "")

    def _keep_choice(self, name: str, words: str) -> None:
        """A code from elsewhere that is not in our list stays as it is until somebody chooses another."""
        field, stored = self.fields[name], self.initial.get(name) or ""
        if isinstance(field, forms.ChoiceField) and stored not in dict(field.choices):  # type: ignore[arg-type]
            field.choices = [*field.choices, (stored, words)]  # type: ignore[misc]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.keys() >= set(self.names):
            for name, words in contact_problems(cleaned).items():
                self.add_error(name, words)
        return cleaned
