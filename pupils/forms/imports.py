"""The two forms of an import: a file, and what was decided in its preview."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from pupils.importing.safety import MAX_BYTES, RollFileRefused, check_size

_CUT_OFF = f"This file is larger than {MAX_BYTES // 1024 // 1024} MB, the largest that we read. A roll is much smaller."


class UploadForm(forms.Form):
    """A roll file. What is in it is looked at by the service; here only its size is."""

    file = forms.FileField(
        label="Roll file",
        help_text="A CTF (.xml), a table (.csv) or an Excel workbook (.xlsx) from your school's system, at most 20 MB.",
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xml,.csv,.txt,.tsv,.xlsx"}),
        error_messages={"required": "Choose a file first."},
    )

    def __init__(self, data: Any = None, files: Any = None, *, is_cut_off: bool = False) -> None:
        super().__init__(data, files)
        if is_cut_off:
            self.fields["file"].error_messages["required"] = _CUT_OFF

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        try:
            check_size(file.size or 0)
        except RollFileRefused as refusal:
            raise forms.ValidationError(str(refusal)) from None
        return file


class RowNumbers(forms.Field):
    """Numbers of rows of this file, as check boxes send them; numbers of no row are refused."""

    widget = forms.MultipleHiddenInput

    def __init__(self) -> None:
        super().__init__(required=False)
        self.possible: frozenset[int] = frozenset()

    def clean(self, value: Any) -> frozenset[int]:
        texts: Iterable[str] = value or ()
        numbers = frozenset(int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 10)
        if len(numbers) != len(set(texts)) or not numbers <= self.possible:
            raise forms.ValidationError("These rows are not in the file. Open the preview again.")
        return numbers


class PreviewForm(forms.Form):
    """The ticks of one page of a preview, and whether to apply or to look at another page."""

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    shown = RowNumbers()
    leave_out = RowNumbers()
    keep = RowNumbers()
    leave_problems_out = forms.BooleanField(label="Rows with problems", required=False)
    go = forms.RegexField(r"^(apply|[1-9][0-9]{0,4})$", error_messages={"invalid": "Choose what to do."})

    def __init__(self, data: Any = None, *, rows: Iterable[int]) -> None:
        super().__init__(data)
        possible = frozenset(rows)
        for name in ("shown", "leave_out", "keep"):
            self.fields[name].possible = possible  # type: ignore[attr-defined]
