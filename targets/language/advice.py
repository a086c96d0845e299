"""Kind hints for whoever writes a target language. They stop nothing: schools decide about their own words."""

import re
from collections.abc import Iterator
from itertools import pairwise

from targets.language.content import Content, SkillWords
from targets.language.reading import Problem

MOST_WORDS = {"staff": 25, "early": 8, "primary": 14, "secondary": 18}
AVOIDED = frozenset(
    {
        *("never", "not", "no", "only", "unable", "cannot", "can’t", "won’t", "don’t", "doesn’t", "isn’t", "hasn’t", "didn’t"),
        *("fail", "fails", "failed", "failing", "refuse", "refuses", "refused", "struggle", "struggles", "struggling"),
        *("poor", "poorly", "bad", "badly", "naughty", "lazy", "low", "weak", "wrong", "difficult", "disruptive"),
        *("problem", "problems", "trouble"),
    }
)


def advice(content: Content) -> Iterator[Problem]:
    """Yield what could be said better: too many words, a word that says what a pupil lacks, two steps that read the same."""
    for strand_index, strand in enumerate(content.strands):
        for skill_index, skill in enumerate(strand.skills):
            yield from _of_skill(skill, f"strands[{strand_index}].skills[{skill_index}]")


def _of_skill(skill: SkillWords, path: str) -> Iterator[Problem]:
    for voice, most in MOST_WORDS.items():
        member = voice if voice == "staff" else f"pupil.{voice}"
        wordings = [getattr(step, voice) for step in skill.steps]
        for index, wording in enumerate(wordings):
            yield from (Problem(f"{path}.steps[{index}].{member}", hint) for hint in _of_wording(wording, most))
        for index, (below, above) in enumerate(pairwise(wordings), start=1):
            if below.casefold() == above.casefold():
                yield Problem(f"{path}.steps[{index}].{member}", "says the same as the step below it.")


def _of_wording(wording: str, most: int) -> Iterator[str]:
    words = wording.split()
    if len(words) > most:
        yield f"has {len(words)} words; {most} or fewer are easier to remember."
    for word in sorted(set(re.findall(r"[a-z’]+", wording.casefold().replace("'", "’"))) & AVOIDED):
        yield f"says “{word}”. Say what the pupil does instead."
