"""Does a pupil's target say something to do? A list of the doing words of school days, and where they stand. Pure."""

from collections.abc import Sequence
from itertools import pairwise

_DOING = """
    accept act add agree aim answer apologise apply arrive ask attend be become begin believe belong bounce breathe bring brush build
    buy calm care carry catch change chat check choose clap clean clear climb close clothe collect colour come communicate compare
    complete concentrate control cook cope copy count cross cut cycle dance dare decide describe dig discuss do draw dress drink
    drive earn eat encourage end engage enjoy enter explain explore express face fall feed feel fetch fill find finish fix focus follow
    forgive gather get give go greet grow guess hand handle hang have hear help hide hold hop hug ignore imagine include invite join
    jump keep kick knock know lead learn leave lend let lie lift like line listen live look lose love make manage map mark match
    mean measure meet mind mix move name need notice offer open order organise own pack paint park pass pause pay phone pick plan
    play point pour practise praise prepare press pretend print produce promise pull push put raise reach read record recognise
    regulate relax remember remind repeat reply rest revise ride ring roll run save say see sell send set settle share show sign sing
    sit sleep slow smile solve sort speak spell spend spot stand start stay step stick stop study swap swim switch take talk taste
    tell thank think throw tidy tie touch trace travel trust try turn understand use visit wait wake walk want wash watch wave wear
    welcome whisper win wipe wonder work worry write
"""
_BEFORE = """
    i i’ll i’m we you they to and or can could will would might may must shall should please not never always often sometimes also just
    then still now let me him her them help adult
"""
DOING, BEFORE_A_DOING_WORD = frozenset(_DOING.split()), frozenset(_BEFORE.split())
IRREGULAR = {
    "am": "be", "is": "be", "are": "be", "was": "be", "were": "be", "did": "do", "does": "do", "done": "do", "had": "have", "has": "have",
    "chose": "choose", "said": "say", "told": "tell", "went": "go", "goes": "go", "made": "make", "took": "take", "thought": "think",
    "felt": "feel", "knew": "know", "kept": "keep", "found": "find", "gave": "give", "got": "get", "came": "come", "ran": "run",
    "sat": "sit", "saw": "see", "spoke": "speak", "wrote": "write", "began": "begin", "can’t": "be", "cannot": "be", "don’t": "do",
}  # fmt: skip
ENDINGS = (("ies", "y"), ("ied", "y"), ("es", ""), ("s", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"))


def is_doing_word(word: str) -> bool:
    """Whether a word is a form of one on the list: asks, asked, asking, stopping."""
    if IRREGULAR.get(word, word) in DOING:
        return True
    stems = [word.removesuffix(ending) + more for ending, more in ENDINGS if word.endswith(ending)]
    return any(stem in DOING or is_doubled(stem) and stem[:-1] in DOING for stem in stems)


def is_doubled(stem: str) -> bool:
    """stopp, as stopping leaves it; but not see."""
    return len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "aeiou"


def has_verb(words: Sequence[str]) -> bool:
    """Whether something is done: a doing word stands first, or after a word such as I, to, and, will."""
    if not words:
        return False
    after = (word for before, word in pairwise(words) if before in BEFORE_A_DOING_WORD)
    return is_doing_word(words[0]) or any(is_doing_word(word) for word in after)
