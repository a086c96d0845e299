"""Damages a good file in a way that a seed decides, so that a failure can be looked at again."""

import io
import random
import zipfile
from collections.abc import Callable

_JUNK = (
    b"\x00",
    b"\xff\xfe",
    b"<",
    b">",
    b"&",
    b"&#x0;",
    b'"',
    b"'",
    b";",
    b"\t",
    b"\r",
    b"=cmd()",
    b"]]>",
    b"<!--",
    b"9" * 300,
    b"\xc3\x28",
)


def mutate(data: bytes, seed: int) -> bytes:
    """One to four injuries to the bytes themselves."""
    dice = random.Random(seed)  # noqa: S311 - the same damage every time is the point
    for _ in range(dice.randint(1, 4)):
        data = dice.choice(_INJURIES)(data, dice)
    return data


def mutate_workbook(data: bytes, seed: int) -> bytes:
    """Half of the time the archive is injured, else one part inside an intact archive."""
    if seed % 2:
        return mutate(data, seed)
    dice, out = random.Random(seed), io.BytesIO()  # noqa: S311
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        hit = dice.choice(source.namelist())
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, mutate(part, seed) if name == hit else part)
    return out.getvalue()


def _cut(data: bytes, dice: random.Random) -> bytes:
    return data[: dice.randrange(len(data) + 1)]


def _remove(data: bytes, dice: random.Random) -> bytes:
    start = dice.randrange(len(data) + 1)
    return data[:start] + data[start + dice.randint(1, 60) :]


def _repeat(data: bytes, dice: random.Random) -> bytes:
    start = dice.randrange(len(data) + 1)
    piece = data[start : start + dice.randint(1, 400)]
    return data[:start] + piece * dice.randint(2, 5) + data[start:]


def _insert(data: bytes, dice: random.Random) -> bytes:
    start = dice.randrange(len(data) + 1)
    return data[:start] + dice.choice(_JUNK) + data[start:]


def _flip(data: bytes, dice: random.Random) -> bytes:
    flipped = bytearray(data)
    for _ in range(dice.randint(1, 8)):
        if flipped:
            flipped[dice.randrange(len(flipped))] = dice.randrange(256)
    return bytes(flipped)


def _swap(data: bytes, dice: random.Random) -> bytes:
    first, second = sorted((dice.randrange(len(data) + 1), dice.randrange(len(data) + 1)))
    return data[second:] + data[first:second] + data[:first]


_INJURIES: tuple[Callable[[bytes, random.Random], bytes], ...] = (_cut, _remove, _repeat, _insert, _flip, _swap)
