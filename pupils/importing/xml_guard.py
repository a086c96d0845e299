"""Walks an XML document without building it, so that a hostile one costs nothing. No recursion: depth is only counted."""

from typing import Any
from xml.parsers import expat

from pupils.importing.safety import RollFileRefused

MAX_DEPTH = 32
MAX_ELEMENTS = 1_000_000
_DAMAGED = "This file stops in the middle or is damaged, near line {line}. Export it again."


class XmlGuard:
    """Feed it a document in pieces; it raises RollFileRefused at the first thing that no roll file has."""

    def __init__(self, elements: int = MAX_ELEMENTS) -> None:
        self._left = elements
        self._depth = 0
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.EntityDeclHandler = self._doctype

    def feed(self, piece: bytes) -> None:
        self._parse(piece, False)

    def close(self) -> int:
        """The document must be complete. Returns how many elements may still come in the same file."""
        self._parse(b"", True)
        return self._left

    def _parse(self, piece: bytes, is_last: bool) -> None:
        try:
            self._parser.Parse(piece, is_last)
        except expat.ExpatError as error:
            raise RollFileRefused(_DAMAGED.format(line=error.lineno)) from None
        except (ValueError, LookupError):
            raise RollFileRefused("This file names a way of writing text that we do not know. Export it as UTF-8.") from None

    def _start(self, _name: str, _attributes: dict[str, str]) -> None:
        self._depth += 1
        self._left -= 1
        if self._depth > MAX_DEPTH:
            raise RollFileRefused(f"This file is nested more than {MAX_DEPTH} levels deep, which no roll file is.")
        if self._left < 0:
            raise RollFileRefused("This file holds far more entries than a roll. Export the pupils of one school only.")

    def _end(self, _name: str) -> None:
        self._depth -= 1

    def _doctype(self, *_: Any) -> None:
        raise RollFileRefused("This file holds a DOCTYPE, which can hide an attack and which no roll file needs. Export it again.")


def check_xml(data: bytes) -> None:
    """Refuse a document that is damaged, too deep, too big or that declares a document type."""
    guard = XmlGuard()
    guard.feed(data)
    guard.close()
