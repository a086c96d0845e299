"""Code sets of the English school system, as dated data: sets change, and old files keep their old codes.

`read_as` names the code that took a withdrawn one's place. `also` lists other spellings met in exports.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Code:
    """One code with its words, the dates between which it was in use, and what it is read as since."""

    code: str
    words: str
    also: tuple[str, ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None
    read_as: str = ""
    area: str = ""

    @property
    def current(self) -> str:
        """The code to store."""
        return self.read_as or self.code

    def was_in_use(self, on: date) -> bool:
        return (self.starts_on is None or self.starts_on <= on) and (self.ends_on is None or on <= self.ends_on)


def _key(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.casefold())


class CodeSet:
    """Finds a code by its letters ("K"), its words ("SEN support") or both ("K - SEN support")."""

    def __init__(self, name: str, rows: Iterable[Code]) -> None:
        self.name = name
        self.rows = tuple(rows)
        self._by_code = {row.code.casefold(): row for row in self.rows}
        self._by_words = {_key(spelling): row for row in self.rows for spelling in (row.words, *row.also)}

    def find(self, text: str) -> Code | None:
        plain = text.strip().casefold()
        head = re.split(r"[\s:(–-]", plain, maxsplit=1)[0]
        return self._by_code.get(plain) or self._by_words.get(_key(plain)) or self._with_words(head, plain)

    def _with_words(self, head: str, plain: str) -> Code | None:
        """ "K - SEN support": the code counts only when the words behind it are the code's own, or the code is set apart."""
        row = self._by_code.get(head)
        if row is None:
            return None
        rest = _key(plain[len(head) :])
        is_set_apart = re.match(r"\s*[:(–-]", plain[len(head) :]) is not None
        return row if is_set_apart or self._by_words.get(rest) is row else None

    def words(self, code: str) -> str:
        """The words for a stored code; an unknown code speaks for itself."""
        row = self._by_code.get(code.casefold())
        return row.words if row else code

    def in_use(self, on: date) -> tuple[Code, ...]:
        return tuple(row for row in self.rows if row.was_in_use(on) and not row.read_as)

    def listed(self) -> str:
        """The codes to offer in a message."""
        return ", ".join(row.code for row in self.rows if not row.read_as)


PROVISION = CodeSet(
    "SEN provision",
    (
        Code("N", "No special educational need", also=("No SEN", "None", "No Special Educational Needs", "Not SEN")),
        Code("K", "SEN support", also=("SEN Support", "Support"), starts_on=date(2014, 9, 1)),
        Code(
            "E",
            "Education, health and care plan",
            also=("EHCP", "EHC plan", "EHC", "Education, Health and Care", "Education Health Care Plan"),
            starts_on=date(2014, 9, 1),
        ),
        Code("A", "School action", also=("School Action or Early Years Action",), ends_on=date(2015, 8, 31), read_as="K"),
        Code("P", "School action plus", also=("School Action Plus or EYA Plus",), ends_on=date(2015, 8, 31), read_as="K"),
        Code("S", "Statement", also=("Statemented",), ends_on=date(2018, 3, 31), read_as="E"),
    ),
)

COMMUNICATION = "Communication and interaction"
COGNITION = "Cognition and learning"
SOCIAL = "Social, emotional and mental health"
SENSORY = "Sensory and/or physical"

NEED = CodeSet(
    "SEN type",
    (
        Code("SLCN", "Speech, language and communication needs", area=COMMUNICATION),
        Code(
            "ASD",
            "Autistic spectrum disorder",
            also=("Autism", "Autism spectrum disorder", "Autism spectrum condition", "ASC"),
            area=COMMUNICATION,
        ),
        Code("SPLD", "Specific learning difficulty", also=("Specific learning difficulties",), area=COGNITION),
        Code("MLD", "Moderate learning difficulty", also=("Moderate learning difficulties",), area=COGNITION),
        Code("SLD", "Severe learning difficulty", also=("Severe learning difficulties",), area=COGNITION),
        Code(
            "PMLD",
            "Profound and multiple learning difficulty",
            also=("Profound and multiple learning difficulties", "Profound & multiple learning difficulty"),
            area=COGNITION,
        ),
        Code(
            "SEMH",
            "Social, emotional and mental health",
            also=("Social, emotional and mental health needs", "Social, emotional & mental health"),
            starts_on=date(2014, 9, 1),
            area=SOCIAL,
        ),
        Code(
            "BESD",
            "Behaviour, emotional and social difficulties",
            also=("Behavioural, emotional and social difficulties",),
            ends_on=date(2015, 8, 31),
            read_as="SEMH",
            area=SOCIAL,
        ),
        Code("HI", "Hearing impairment", area=SENSORY),
        Code("VI", "Vision impairment", also=("Visual impairment",), area=SENSORY),
        Code("MSI", "Multi-sensory impairment", area=SENSORY),
        Code("PD", "Physical disability", also=("Physical disabilities",), area=SENSORY),
        Code("OTH", "Other difficulty or disability", also=("Other difficulty/disability", "Other")),
        Code("NSA", "SEN support but no specialist assessment of type of need", also=("No specialist assessment",)),
        Code("DS", "Down syndrome", also=("Down’s syndrome", "Downs syndrome"), starts_on=date(2025, 1, 1)),
    ),
)

SEX = CodeSet("sex", (Code("M", "Male", also=("Boy",)), Code("F", "Female", also=("Girl",)), Code("U", "Unknown")))

# P, F and O stand in files of other providers: known, but no enrolment of this school.
ENROLMENT = CodeSet(
    "enrolment status",
    (
        Code("C", "Single registration", also=("Current", "Current single registration", "Single")),
        Code("M", "Main of two registrations", also=("Current main", "Main", "Dual main", "Main – dual registration")),
        Code("S", "Subsidiary of two registrations", also=("Current subsidiary", "Subsidiary", "Dual subsidiary")),
        Code("G", "Guest", also=("Guest pupil",)),
    ),
)
ENROLMENT_ELSEWHERE = frozenset({"P", "F", "O"})

RELATIONSHIP = CodeSet(
    "relationship",
    (
        Code("PAM", "Mother", also=("Mum", "Parent (mother)")),
        Code("PAF", "Father", also=("Dad", "Parent (father)")),
        Code("STM", "Step-mother", also=("Stepmother",)),
        Code("STF", "Step-father", also=("Stepfather",)),
        Code("FOM", "Foster mother"),
        Code("FOF", "Foster father"),
        Code("CAR", "Carer", also=("Foster carer", "Guardian")),
        Code("PAR", "Parent", also=("Parent/carer",)),
        Code("REL", "Other relative", also=("Grandparent", "Grandmother", "Grandfather", "Aunt", "Uncle", "Sister", "Brother")),
        Code("FAM", "Other family member"),
        Code("SWR", "Social worker"),
        Code("CHM", "Childminder"),
        Code("DOC", "Doctor", also=("GP",)),
        Code("TCR", "Teacher"),
        Code("RLG", "Religious or spiritual contact"),
        Code("HTC", "Home tutor"),
        Code("OTH", "Other contact", also=("Other",)),
    ),
)

NC_YEARS = ("N1", "N2", "R", *(str(year) for year in range(1, 15)), "X")
NC_YEAR_RANK = {year: rank for rank, year in enumerate(NC_YEARS)}
_YEAR = re.compile(r"(?:(?:national curriculum|nc|curriculum)\s*)?(?:year|yr|y)?(?:\s*group)?\s*0?(\d{1,2})", re.ASCII)
_NAMED_YEARS = {
    "reception": "R", "r": "R", "yr": "R", "year r": "R", "rec": "R", "year reception": "R", "0": "R", "year 0": "R",
    "n1": "N1", "nursery 1": "N1", "year n1": "N1", "nursery first year": "N1", "nursery year 1": "N1",
    "n2": "N2", "nursery 2": "N2", "year n2": "N2", "nursery second year": "N2", "nursery year 2": "N2",
    "x": "X", "year x": "X", "not applicable": "X", "ungraded": "X",
}  # fmt: skip


def find_nc_year(text: str) -> str | None:
    """N1, N2, R, 1 to 14 or X out of "Year 7", "Y07", "Reception" and the like."""
    plain = " ".join(text.casefold().split())
    if named := _NAMED_YEARS.get(plain):
        return named
    match = _YEAR.fullmatch(plain)
    return match[1] if match and match[1] in NC_YEAR_RANK else None
