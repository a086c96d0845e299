"""First languages: the codes met most in English schools with their words, and what counts as EAL.

Four-letter codes are varieties of the language in their first three letters, which is what we keep: CHIC is CHI.
"""

import re

_ENGLISH = frozenset({"ENG", "ENB"})
# Said instead of a language: refused, not obtained, unclassified. They tell nothing about EAL.
_UNSAID = frozenset({"REF", "NOT", "ZZZ"})
_CODE = re.compile(r"[A-Z]{3,4}")
_KEPT = 3

WORDS = {
    "ENG": "English", "ENB": "Believed to be English", "OTB": "Believed to be other than English", "OTH": "Other language",
    "AKA": "Akan (Twi, Fante)", "ALB": "Albanian", "AMR": "Amharic", "ARA": "Arabic", "BNG": "Bengali",
    "BSL": "British Sign Language", "BUL": "Bulgarian", "CHI": "Chinese", "CZE": "Czech",
    "DUT": "Dutch", "FRN": "French", "GER": "German", "GRE": "Greek", "GUJ": "Gujarati", "HIN": "Hindi", "HUN": "Hungarian",
    "IGB": "Igbo", "ITA": "Italian", "KUR": "Kurdish", "LIN": "Lingala", "LIT": "Lithuanian", "LTV": "Latvian", "MLY": "Malayalam",
    "NEP": "Nepali", "PAT": "Pashto", "PNJ": "Panjabi", "POL": "Polish", "POR": "Portuguese", "PRS": "Persian (Farsi)",
    "ROM": "Romanian", "RMN": "Romani", "RUS": "Russian", "SHL": "Sinhala", "SHO": "Shona", "SLO": "Slovak", "SOM": "Somali",
    "SPA": "Spanish", "SWA": "Swahili", "TAM": "Tamil", "TEL": "Telugu", "TGL": "Tagalog", "TIG": "Tigrinya", "TUR": "Turkish",
    "UKR": "Ukrainian", "URD": "Urdu", "VIE": "Vietnamese", "WEL": "Welsh", "YOR": "Yoruba",
    "REF": "Refused", "NOT": "Not obtained", "ZZZ": "Unclassified",
}  # fmt: skip
_BY_WORDS = {words.casefold(): code for code, words in WORDS.items()} | {
    "punjabi": "PNJ", "farsi": "PRS", "persian": "PRS", "mandarin": "CHI", "cantonese": "CHI", "sylheti": "BNG", "twi": "AKA",
}  # fmt: skip


def find(text: str) -> str | None:
    """The code for a language given by code or by name; any well-formed code passes, for the set is long."""
    plain = " ".join(text.split())
    if named := _BY_WORDS.get(plain.casefold()):
        return named
    return plain.upper()[:_KEPT] if _CODE.fullmatch(plain.upper()) and plain.isascii() else None


def is_eal(code: str) -> bool | None:
    """Whether a first language makes the pupil a learner of English as an additional language; None when it was not said."""
    return None if code in _UNSAID else code not in _ENGLISH


def words(code: str) -> str:
    """The language's name; an unknown code speaks for itself."""
    return WORDS.get(code, code)
