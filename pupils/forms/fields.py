from typing import Any

from django import forms


class DayInput(forms.DateInput):
    """The device's own date box; it reads and sends ISO dates whatever the language of the page."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class CountedField(forms.CharField):
    """Words of a certain length, counted as the page counts them. What is longer is sent back whole, never cut by the browser."""

    def __init__(self, *, most: int, named: str = "This", **options: Any) -> None:
        self.most, self.named = most, named
        super().__init__(required=False, **options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"data-letters": self.most}

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value) > self.most:
            raise forms.ValidationError(f"{self.named} has {len(value)} characters. It holds {self.most}.")
