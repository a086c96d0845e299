"""The unique pupil number: one check letter, local authority, establishment, year and serial.

The letters I, O and S never occur. A temporary number ends in a letter.
"""

import re

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_WEIGHTS = range(2, 14)
_PERMANENT = re.compile(r"[A-HJ-NP-RT-Z][0-9]{12}")
_TEMPORARY = re.compile(r"[A-HJ-NP-RT-Z][0-9]{11}[A-HJ-NP-RT-Z]")

# Authorities change, so an unknown one is worth a warning and no more. Ranges are inclusive.
_AUTHORITY_RANGES = (
    (201, 213), (301, 320), (330, 336), (340, 344), (350, 359), (370, 373), (380, 384), (390, 394), (420, 420),
    (660, 681), (800, 803), (805, 808), (810, 813), (815, 816), (820, 823), (825, 826), (830, 831), (835, 841),
    (845, 846), (850, 852), (855, 857), (860, 861), (865, 896), (908, 909), (916, 916), (919, 919), (921, 921),
    (925, 926), (928, 929), (931, 931), (933, 933), (935, 943),
)  # fmt: skip


def normalise(text: str) -> str:
    """Upper case, without spaces of any kind."""
    return "".join(text.split()).upper()


def has_shape(upn: str) -> bool:
    """Whether a normalised number could be a UPN at all, permanent or temporary."""
    return bool(_PERMANENT.fullmatch(upn) or _TEMPORARY.fullmatch(upn))


def is_temporary(upn: str) -> bool:
    """Temporary numbers end in a letter; a permanent one follows later."""
    return bool(_TEMPORARY.fullmatch(upn))


def check_letter(rest: str) -> str:
    """The letter that belongs in front of characters 2 to 13; a letter among them counts its place in the alphabet."""
    values = (int(each) if each.isdigit() else LETTERS.index(each) for each in rest)
    return LETTERS[sum(weight * value for weight, value in zip(_WEIGHTS, values, strict=True)) % 23]


def problem(upn: str) -> str | None:
    """What is wrong with a normalised number, in words that help to mend it; None when it is right."""
    if not has_shape(upn):
        return _shape_problem(upn)
    right = check_letter(upn[1:])
    if upn[0] != right:
        return f"The check letter of this UPN should be {right}, not {upn[0]}. Check the number for a typing slip."
    return None


def authority_warning(upn: str) -> str | None:
    """A word of caution about a well-formed number whose local authority is not in our list."""
    authority = int(upn[1:4])
    if any(first <= authority <= last for first, last in _AUTHORITY_RANGES):
        return None
    return f"The UPN names local authority {authority:03}, which we do not know. It is imported as it is."


def _shape_problem(upn: str) -> str:
    if len(upn) != 13:
        return f"A UPN has 13 characters; this one has {len(upn)}."
    if set(upn) & set("IOS"):
        return "A UPN never holds the letters I, O or S. Is it a 1, a 0 or a 5?"
    return "A UPN is one letter and 12 digits; a temporary one ends in a letter instead of the last digit."
