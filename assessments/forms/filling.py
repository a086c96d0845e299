"""A filled-in sheet of a class, as it comes back."""

from typing import Any

from pupils.forms.imports import UploadForm


class SheetForm(UploadForm):
    def __init__(self, data: Any = None, files: Any = None, *, is_cut_off: bool = False) -> None:
        super().__init__(data, files, is_cut_off=is_cut_off)
        self.fields["file"].label = "The sheet, filled in"
        self.fields["file"].help_text = "The Excel workbook (.xlsx) that you downloaded here. You see what changes before it is put in."
        self.fields["file"].widget.attrs["accept"] = ".xlsx"
