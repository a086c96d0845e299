"""Target languages made for tests: a small one by hand, and any that the rules allow."""

import json
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from targets.language import Content, SkillWords, StrandWords, Wording, write
from targets.language.content import LONGEST_KEY, LONGEST_NAME, LONGEST_WORDING, STEPS

Change = Callable[[dict[str, Any]], object]


def wording(words: str) -> Wording:
    return Wording(f"Staff see {words}.", f"I do {words}.", f"I do {words} in class.", f"I do {words} in most lessons.")


def skill(key: str) -> SkillWords:
    return SkillWords(key, key.title(), tuple(wording(f"{key} {step}") for step in range(STEPS)))


def small(*keys: str, strand: str = "communicating") -> Content:
    """A language of one strand with a skill for each key."""
    return Content((StrandWords(strand, "Communicating", tuple(skill(key) for key in keys or ("asking", "telling"))),))


def changed(change: Change) -> bytes:
    """The file of the small language after somebody's change by hand."""
    document = json.loads(write(small()))
    change(document)
    return json.dumps(document).encode()


def texts(longest: int) -> st.SearchStrategy[str]:
    """Any text of one line, from all of Unicode."""
    letters = st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"))
    return st.text(letters, min_size=1, max_size=longest).filter(lambda text: text == text.strip())


KEYS = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+){0,3}", fullmatch=True).filter(lambda key: len(key) <= LONGEST_KEY)
WORDINGS = st.builds(Wording, **{voice: texts(longest) for voice, longest in LONGEST_WORDING.items()})


@st.composite
def contents(draw: Callable[[st.SearchStrategy[Any]], Any]) -> Content:
    """Any target language, small enough to be drawn often."""
    skill_keys = iter(draw(st.lists(KEYS, unique=True, min_size=6, max_size=6)))
    strands = []
    for key in draw(st.lists(KEYS, unique=True, min_size=1, max_size=3)):
        skills = tuple(_skill(draw, next(skill_keys)) for _ in range(draw(st.integers(0, 2))))
        strands.append(StrandWords(key, draw(texts(LONGEST_NAME)), skills))
    return Content(tuple(strands))


def _skill(draw: Callable[[st.SearchStrategy[Any]], Any], key: str) -> SkillWords:
    return SkillWords(key, draw(texts(LONGEST_NAME)), tuple(draw(WORDINGS) for _ in range(STEPS)))
