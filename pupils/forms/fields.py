from django import forms


class DayInput(forms.DateInput):
    """The device's own date box; it reads and sends ISO dates whatever the language of the page."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")
