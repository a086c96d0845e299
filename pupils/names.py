"""Names as people type them: without accents, in any case, with or without an apostrophe. Pure."""

import re
import unicodedata
from collections.abc import Iterable

# Letters that Unicode does not take apart into a plain letter and an accent.
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"})
_APOSTROPHES = re.compile(r"['’‘ʼ`´]")
_NOT_IN_WORDS = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """Zoë → zoe, Łukasz → lukasz, STRAẞE → strasse."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).translate(_PLAIN)


def words_of(text: str) -> list[str]:
    """The words of a name or of a search; an apostrophe joins: O'Brien → obrien."""
    return _NOT_IN_WORDS.sub(" ", _APOSTROPHES.sub("", fold(text))).split()


def search_key(names: Iterable[str]) -> str:
    """Every word of these names once, each after a space, so that " p" finds a word that begins with p."""
    given = list(names)
    parted = [_APOSTROPHES.sub(" ", name) for name in given]
    words = dict.fromkeys(word for name in (*given, *parted) for word in words_of(name))
    return "".join(f" {word}" for word in words)


def initials_of(names: Iterable[str]) -> str:
    """Ravi Patel → R.P."""
    return "".join(f"{name[0].upper()}." for name in names if name)


def with_initials(text: str, names: Iterable[str]) -> str:
    """The text with each of these names, where it stands as a word of its own, cut to its initial.

    Only as it is written: a pupil called Will does not take the "will" out of a sentence.
    """
    words = sorted({word for name in names for word in name.split()} - {""}, key=len, reverse=True)
    if not words:
        return text
    return re.sub(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)\.?", lambda found: f"{found[0][0]}.", text)
