"""Reads a Common Transfer File. Tags count in any case, unknown ones are ignored, and the header decides, not the name."""

import io
from collections.abc import Iterator
from datetime import date
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import ParseError, iterparse

from pupils.importing.cells import tidy
from pupils.importing.ctf_pupil import read_pupil
from pupils.importing.records import FileHeader, FileSchool, RollFile, RollRow
from pupils.importing.safety import RollFileRefused
from pupils.importing.xml_guard import check_xml

_VERSIONS = range(19, 27)


def read_ctf(data: bytes, today: date) -> RollFile:
    """The pupils of a transfer file; refused when it is damaged, hostile or another kind of XML."""
    check_xml(data)
    header = FileHeader()
    rows: list[RollRow] = []
    for element in _elements(data):
        if element.tag == "header":
            header = _header(element)
        elif element.tag == "pupil":
            rows.append(_row(element, len(rows) + 1, today))
    if not rows:
        raise RollFileRefused("There is no pupil in this file. Choose at least one pupil when you export it.")
    return RollFile("ctf", header, tuple(rows), tuple(_warnings(header)))


def _elements(data: bytes) -> Iterator[Element]:
    """Each element once it is complete, with its tag in lower case and without a namespace."""
    is_first = True
    try:
        for event, element in iterparse(io.BytesIO(data), events=("start", "end"), forbid_dtd=True):
            if is_first:
                _check_root(element)
                is_first = False
            if event == "end":
                element.tag = _plain(element.tag)
                yield element
    except ParseError:
        raise RollFileRefused("This file is damaged. Export it again.") from None


def _plain(tag: str) -> str:
    return tag.rpartition("}")[2].lower()


def _check_root(root: Element) -> None:
    if _plain(root.tag) != "ctfile":
        raise RollFileRefused("This is an XML file, but not a Common Transfer File (CTF). Export a CTF from your system.")


def _row(element: Element, number: int, today: date) -> RollRow:
    row = read_pupil(element, number, today)
    element.clear()
    return row


def _header(element: Element) -> FileHeader:
    return FileHeader(
        source=_school(element.find("sourceschool")),
        destination=_school(element.find("destschool")),
        is_partial=tidy(element.findtext("documentqualifier")).casefold() != "full",
        version=tidy(element.findtext("ctfversion"))[:10],
    )


def _school(element: Element | None) -> FileSchool:
    """XXX/XXXX, LLL/LLLL and the like stand for an unknown school."""
    if element is None:
        return FileSchool()
    laestab = tidy(element.findtext("lea")) + tidy(element.findtext("estab"))
    is_number = len(laestab) == 7 and laestab.isascii() and laestab.isdigit()
    return FileSchool(laestab if is_number else None, tidy(element.findtext("schoolname"))[:100])


def _warnings(header: FileHeader) -> Iterator[str]:
    major = header.version.partition(".")[0]
    if not major.isdecimal() or int(major) not in _VERSIONS:
        yield f"This is CTF version {header.version or 'unknown'}; we know {_VERSIONS[0]} to {_VERSIONS[-1]}. Look at the rows with care."
    if header.is_partial:
        yield "This is a partial file: what it leaves out stays as it is."
