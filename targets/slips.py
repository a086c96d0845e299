"""Slips of paper for a one-to-one without a device: initials, targets, shapes to circle, and a way to the form."""

from dataclasses import dataclass

import segno

from targets.today import Line

A_PAGE = 4


@dataclass(frozen=True)
class Slip:
    """One pupil's slip. The whole name is not on it: the QR code leads to the form, behind sign-in."""

    line: Line
    url: str

    @property
    def initials(self) -> str:
        return "".join(word[0] for word in self.line.pupil.short_name.split())

    @property
    def code(self) -> "Code":
        return code_of(self.url)


@dataclass(frozen=True)
class Code:
    """A QR code as one path, and the side of its square with the quiet zone of four modules."""

    path: str
    side: int


def code_of(url: str) -> Code:
    rows = list(segno.make(url, error="m", micro=False).matrix)
    path = "".join(f"M{x + 4},{y + 4}h1v1h-1z" for y, row in enumerate(rows) for x, on in enumerate(row) if on)
    return Code(path, len(rows) + 8)
