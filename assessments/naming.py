"""Is there a name, or a day such as that of a birth, in a text that would leave the school? Pure."""

import re
from collections.abc import Iterable

from pupils.names import fold, words_of

SHORTEST = 2
MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
MONTH = f"(?:{'|'.join(MONTHS)}|{'|'.join(month[:3] for month in MONTHS)}|sept)"
NTH = r"\d{1,2}(?:st|nd|rd|th)?"
YEAR = r"(?:19|20)\d\d"
DAY = re.compile(
    rf"\b(?:\d{{1,4}}([./-])\d{{1,2}}\1\d{{2,4}}|{NTH}(?: of)? {MONTH}\.?,? {YEAR}|{MONTH}\.? (?:{NTH},? )?{YEAR})\b", re.IGNORECASE
)


def names_in(text: str, names: Iterable[str]) -> list[str]:
    """The names that a text holds, as they are on the roll; accents, capitals and apostrophes do not hide them.

    Any word of a name counts, since a first name alone can tell who is meant. A pupil called Will is found in "he will" too:
    the person who releases a text reads one word more, which is better than one name too few.
    """
    words = {form for word in words_of(text) for form in (word, word.removesuffix("s"))}
    words |= set(words_of(fold(text).replace("'", " ").replace("’", " ")))
    found = {name for name in names if any(len(word) >= SHORTEST and word in words for word in words_of(name))}
    return sorted(found, key=fold)


def days_in(text: str) -> list[str]:
    """The days that a text holds with their year, as they are written: 03/04/2014, 2014-04-03, 3rd of April 2014, April 2014.

    Any such day counts, since nobody can see from outside whether it is a day of birth; a day without its year tells nobody's age.
    """
    return [found.group() for found in DAY.finditer(" ".join(text.split()))]
