"""The slices of a school's figures: one fact of the day at a time, by which pupils or targets are told apart.

They serve the school itself and never leave it. Nothing is read here.
"""

from collections.abc import Callable, Mapping

from pupils.importing import codes
from pupils.models import Pupil
from pupils.words import year_rank, year_words
from targets.models import Target

Slice = tuple[str, str]  # its name and one of its values

KIND = "kind"
FACTS = {"year": "nc_year", "provision": "provision", "need": "primary_need", "premium": "has_pupil_premium", "eal": "is_eal", "sex": "sex"}
TITLES = {
    "year": "Year",
    "provision": "SEN provision",
    "need": "Main need",
    "premium": "Pupil premium",
    "eal": "English as an additional language",
    "sex": "Sex",
    KIND: "Kind of target",
}
NOTHING_RECORDED = "Not recorded"


def slices_of(facts: Mapping[str, object]) -> tuple[Slice, ...]:
    """Where a pupil belongs on one day, by the names of a review's columns: exactly one value of each slice."""
    return tuple((name, _stored(facts[fact])) for name, fact in FACTS.items())


def _stored(value: object) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def words_of(where: Slice) -> str:
    """A slice's value as pages say it."""
    name, value = where
    return _WORDS[name](value) if value else NOTHING_RECORDED


def rank_of(where: Slice) -> tuple[int, int, str]:
    """The order of a page: slice by slice, years as a school counts them, yes before no, what is not recorded last."""
    name, value = where
    place = year_rank(value) if name == "year" else {"no": 1, "": 2}.get(value, 0)
    return list(TITLES).index(name), place, words_of(where)


_WORDS: dict[str, Callable[[str], str]] = {
    "year": year_words,
    "provision": codes.PROVISION.words,
    "need": codes.NEED.words,
    "premium": str.capitalize,
    "eal": str.capitalize,
    "sex": lambda value: dict(Pupil.Sex.choices).get(value, value),
    KIND: lambda value: dict(Target.Kind.choices).get(value, value),
}
