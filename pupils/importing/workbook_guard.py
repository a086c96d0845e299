"""Checks a workbook as the zip archive that it is: first its directory, then the bytes that really come out."""

import io
import zipfile
import zlib
from collections.abc import Iterator

from pupils.importing.safety import RollFileRefused
from pupils.importing.xml_guard import MAX_ELEMENTS, XmlGuard

MAX_UNPACKED = 50 * 1024 * 1024
MAX_RATIO = 100
MAX_ENTRIES = 200
_PIECE = 64 * 1024
_XML_PARTS = (".xml", ".rels", ".vml")
_IS_ENCRYPTED = 0x1

_DAMAGED = "This workbook stops in the middle or is damaged. Save it again as an Excel workbook (.xlsx)."
_BOMB = "This workbook unpacks to far more than a roll holds, so it was not opened. Copy the pupils into a new workbook."
_MACROS = "This workbook holds macros, so it was not opened. Save it as an Excel workbook (.xlsx) without macros."


def check_workbook(data: bytes) -> None:
    """Refuse an archive that is damaged, too big once unpacked, encrypted, with macros, or no workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_directory(archive, len(data))
            _check_contents(archive, len(data))
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError, ValueError, OverflowError):
        raise RollFileRefused(_DAMAGED) from None


def _check_directory(archive: zipfile.ZipFile, packed: int) -> None:
    entries = archive.infolist()
    names = {entry.filename.casefold() for entry in entries}
    if len(entries) > MAX_ENTRIES:
        raise RollFileRefused(f"This workbook has more than {MAX_ENTRIES} parts, so it was not opened. Copy the pupils into a new one.")
    if any(entry.flag_bits & _IS_ENCRYPTED for entry in entries):
        raise RollFileRefused("This workbook has a password. Save it without one and try again.")
    _check_total(sum(entry.file_size for entry in entries), packed)
    if any("vbaproject" in name or "macrosheets/" in name for name in names):
        raise RollFileRefused(_MACROS)
    if not {"[content_types].xml", "xl/workbook.xml"} <= names:
        raise RollFileRefused("This is a zip archive, but not an Excel workbook (.xlsx).")


def _check_contents(archive: zipfile.ZipFile, packed: int) -> None:
    """A directory can lie, so the bytes are counted while they come out; each XML part passes the XML guard."""
    total, elements = 0, MAX_ELEMENTS
    for entry in archive.infolist():
        name = entry.filename.casefold()
        guard = XmlGuard(elements) if name.endswith(_XML_PARTS) else None
        for piece in _pieces(archive, entry):
            total += len(piece)
            _check_total(total, packed)
            _check_content_type(name, piece)
            if guard:
                guard.feed(piece)
        if guard:
            elements = guard.close()


def _pieces(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(entry) as stream:
        while piece := stream.read(_PIECE):
            yield piece


def _check_total(total: int, packed: int) -> None:
    if total > MAX_UNPACKED or total > MAX_RATIO * packed:
        raise RollFileRefused(_BOMB)


def _check_content_type(name: str, piece: bytes) -> None:
    if name == "[content_types].xml" and b"macroenabled" in piece.lower():
        raise RollFileRefused(_MACROS)
