"""What a device says of its unsent work."""

from datetime import datetime

from django import forms
from django.utils import timezone

from schools.outbox import MOST


class NeverSentForm(forms.Form):
    """When each piece was written that was removed unsent: milliseconds of the server's clock, with commas between."""

    written_at = forms.RegexField(regex=r"^\d{13}(,\d{13})*$", max_length=14 * MOST)

    def clean_written_at(self) -> list[datetime]:
        here = timezone.get_current_timezone()
        return [datetime.fromtimestamp(int(each) / 1000, here) for each in self.cleaned_data["written_at"].split(",")]
