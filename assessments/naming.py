"""Is there a name in a text that would leave the school? Pure."""

from collections.abc import Iterable

from pupils.names import fold, words_of

SHORTEST = 2


def names_in(text: str, names: Iterable[str]) -> list[str]:
    """The names that a text holds, as they are on the roll; accents, capitals and apostrophes do not hide them.

    Any word of a name counts, since a first name alone can tell who is meant. A pupil called Will is found in "he will" too:
    the person who releases a text reads one word more, which is better than one name too few.
    """
    words = {form for word in words_of(text) for form in (word, word.removesuffix("s"))}
    words |= set(words_of(fold(text).replace("'", " ").replace("’", " ")))
    found = {name for name in names if any(len(word) >= SHORTEST and word in words for word in words_of(name))}
    return sorted(found, key=fold)
