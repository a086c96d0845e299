"""Whose file is it? A file belongs to a school when it comes from that school or is meant for it."""

from collections.abc import Iterator

from pupils.importing.records import FileHeader
from pupils.importing.safety import RollFileRefused


def plain_laestab(laestab: str) -> str:
    """Seven digits, whether written 838/7772 or 8387772."""
    return "".join(each for each in laestab if each.isdigit())


def check_belongs(header: FileHeader, laestab: str) -> Iterator[str]:
    """Refuse another school's file by naming that school; a header that does not say passes with a warning."""
    ours = plain_laestab(laestab)
    if not ours:
        yield "Your school has no LAESTAB number in its settings, so we could not check that this file is yours."
    elif ours in (header.source.laestab, header.destination.laestab):
        return
    elif header.destination.laestab:
        raise RollFileRefused(f"This file is for another school: {_named(header)}. Nothing was read from it.")
    elif header.source.laestab:
        yield f"This file comes from {header.source} and does not say for which school it is. Check that it is for you."
    else:
        yield "This file does not say which school it is for. Check that it is yours."


def _named(header: FileHeader) -> str:
    """A destination has a number only; where the file stays in its school, the header knows the name too."""
    return str(header.source if header.source.laestab == header.destination.laestab else header.destination)
