"""The gate that every uploaded file passes before anything parses it. All refusals are RollFileRefused, in plain words."""

import re
from enum import StrEnum
from pathlib import PurePath

MAX_BYTES = 20 * 1024 * 1024
_ENDINGS = {".xml": "xml", ".csv": "text", ".txt": "text", ".tsv": "text", ".xlsx": "workbook"}
_MACRO_ENDINGS = {".xlsm", ".xltm", ".xlam", ".xlsb"}
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_BINARY = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")

_ACCEPTED = "We read CTF files (.xml), tables (.csv) and Excel workbooks (.xlsx)."


class RollFileRefused(Exception):
    """The file cannot be used at all; the text says why and what to do."""


class Kind(StrEnum):
    """What a file really is, whatever its name says."""

    XML = "xml"
    TEXT = "text"
    WORKBOOK = "workbook"


_WORDS = {Kind.XML: "an XML file", Kind.TEXT: "a text table", Kind.WORKBOOK: "an Excel workbook"}


def check_size(size: int) -> None:
    """Refuse an empty file or one above the cap, before a byte of it is parsed."""
    if size == 0:
        raise RollFileRefused("This file is empty. Export it again and choose the new file.")
    if size > MAX_BYTES:
        raise RollFileRefused(
            f"This file is {size / 1024 / 1024:.0f} MB. The largest that we read is {MAX_BYTES // 1024 // 1024} MB. "
            "A roll is much smaller: leave out photographs and assessments when you export it."
        )


def kind_of(name: str, data: bytes) -> Kind:
    """What the bytes are; refused when that is not what the name's ending says."""
    ending = PurePath(name).suffix.casefold()
    if ending in _MACRO_ENDINGS:
        raise RollFileRefused("A workbook that can hold macros is not accepted. Save it as an Excel workbook (.xlsx) and try again.")
    if ending not in _ENDINGS:
        raise RollFileRefused(f"We cannot read a file with this ending. {_ACCEPTED}")
    kind = _sniff(data)
    if kind != _ENDINGS[ending]:
        raise RollFileRefused(f"The name of this file ends in {ending}, but it is {_WORDS[kind]}. Export it again; do not rename it.")
    return kind


def _sniff(data: bytes) -> Kind:
    if data.startswith(b"PK\x03\x04"):
        return Kind.WORKBOOK
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise RollFileRefused("This is an old Excel file, or a workbook with a password. Save it as .xlsx without a password.")
    if data.startswith(b"%PDF"):
        raise RollFileRefused(f"This is a PDF. {_ACCEPTED}")
    start = _without_bom(data[:1024])
    if re.match(rb"<(!doctype\s+html|html)\b", start, re.IGNORECASE):
        raise RollFileRefused(f"This is a web page, not an export. {_ACCEPTED}")
    return Kind.XML if start.startswith(b"<") else Kind.TEXT


def _without_bom(start: bytes) -> bytes:
    if start.startswith(_BOMS):
        start = start.replace(b"\x00", b"")
    for bom in _BOMS:
        start = start.removeprefix(bom)
    return start.lstrip()


def decode(data: bytes) -> str:
    """The text of a table: UTF-8 with or without a byte order mark, else windows-1252; anything binary is refused."""
    if data.startswith(_BOMS[1:]):
        raise RollFileRefused("This table is saved as Unicode (UTF-16). Save it as “CSV UTF-8” and try again.")
    for encoding in ("utf-8-sig", "windows-1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _BINARY.search(text):
            return text
    raise RollFileRefused("This file is not text: it holds bytes that no table has. Export it again as CSV.")
