"""Kind hints beside a target's words while they are written. They stop nothing. Pure."""

import re
from collections.abc import Iterable, Iterator

from targets.verbs import has_verb

MOST_WORDS = 15
AVOIDED = frozenset(
    {
        *("never", "unable", "fail", "fails", "failing", "refuse", "refuses", "refusing", "struggle", "struggles", "struggling"),
        *("poor", "poorly", "naughty", "lazy", "weak", "disruptive", "behave", "behaviour"),
        *("appropriate", "appropriately", "provision", "attainment", "outcome", "strategy", "intervention", "emerging"),
    }
)  # what a pupil lacks, labels, and words that a family would have to ask about


def hints_on(wording: str, also_avoided: Iterable[str] = ()) -> Iterator[str]:
    """Yield what could be said better: too long, nothing to do, several things at once, a word that is better avoided."""
    words = words_in(wording)
    if len(words) > MOST_WORDS:
        yield f"{len(words)} words. Up to {MOST_WORDS} are easy to remember."
    if words and not has_verb(words):
        yield "It says no doing word. Start with what the pupil does: ask, try, tell, wait."
    if words.count("and") > 1:
        yield "It says “and” more than once. One thing at a time is easier to reach."
    for word in avoided_in(wording, also_avoided):
        yield f"It says “{word}”. Say what the pupil does instead."


def words_in(wording: str) -> list[str]:
    return re.findall(r"[\w’-]+", wording.casefold().replace("'", "’"))


def avoided_in(wording: str, also: Iterable[str]) -> list[str]:
    """The avoided words and phrases that stand in a wording as whole words, in the order of the alphabet."""
    text = f" {' '.join(words_in(wording))} "
    avoided = {*AVOIDED, *(" ".join(words_in(each)) for each in also)} - {""}
    return sorted(each for each in avoided if f" {each} " in text)


def listed(words: str) -> list[str]:
    """The words of a school's own list, as its settings hold it."""
    return [word.strip() for word in words.split(",") if word.strip()]
