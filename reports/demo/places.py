"""The partnership, its two programmes and its four schools."""

from dataclasses import dataclass
from datetime import date

from schools.models import Partnership, PartnershipSchool, Programme, School

SLUG = "demo"


@dataclass(frozen=True, slots=True)
class Place:
    """A demo school: its row, and what decides who its pupils are."""

    slug: str
    name: str
    phase: School.Phase
    kind: School.Kind
    look: Programme.Look
    laestab: str
    urn: str
    street: str
    postcode: str
    phone: str
    key_workers_set_targets: bool
    pupils_by_year: dict[str, int]
    classes: dict[str, tuple[str, ...]]
    leavers: int = 2

    @property
    def domain(self) -> str:
        return f"{self.slug}.example"


def years(*counts: int, first: int) -> dict[str, int]:
    names = {-2: "N1", -1: "N2", 0: "R"}
    return {names.get(year, str(year)): count for year, count in enumerate(counts, start=first)}


def forms(years: range, houses: str) -> dict[str, tuple[str, ...]]:
    return {str(year): tuple(f"{year}{house}" for house in houses) for year in years}


TREES = {
    "N1": ("Acorn",), "N2": ("Acorn",), "R": ("R Willow", "R Hazel"),
    "1": ("1 Rowan", "1 Alder"), "2": ("2 Birch", "2 Elm"), "3": ("3 Maple", "3 Ash"),
    "4": ("4 Beech", "4 Holly"), "5": ("5 Oak", "5 Lime"), "6": ("6 Yew", "6 Larch"),
}  # fmt: skip
ANIMALS = {
    "R": ("Wren",), "1": ("Wren",), "2": ("Wren", "Robin"), "3": ("Robin",), "4": ("Robin", "Hare"), "5": ("Hare",), "6": ("Hare", "Otter"),
    "7": ("Otter", "Badger"), "8": ("Otter", "Badger"), "9": ("Badger", "Kestrel"), "10": ("Kestrel", "Heron"), "11": ("Heron", "Falcon"),
    "12": ("Falcon",), "13": ("Falcon",), "14": ("Falcon",),
}  # fmt: skip

PLACES = (
    Place(
        "ashdown", "Ashdown Academy", School.Phase.SECONDARY, School.Kind.ACADEMY, Programme.Look.DREAMS, "8387772", "999772",
        "Heron Lane", "TB3 1ZA", "01632 960010", False,
        years(10, 9, 8, 8, 7, 3, 2, first=7), {**forms(range(7, 12), "ADH"), "12": ("12S", "12T"), "13": ("13S",)},
    ),
    Place(
        "birchwood", "Birchwood School", School.Phase.SECONDARY, School.Kind.MAINTAINED, Programme.Look.DREAMS, "8387773", "999773",
        "Mill Road", "TB5 2ZB", "01632 960020", False,
        years(8, 8, 8, 7, 6, 3, 1, first=7), {**forms(range(7, 12), "NEW"), "12": ("12N",), "13": ("13N",)},
    ),
    Place(
        "cedar", "Cedar Primary and Nursery School", School.Phase.PRIMARY, School.Kind.MAINTAINED, Programme.Look.HORIZONS, "8382771",
        "999771", "Chapel Street", "TB1 4ZC", "01632 960030", True,
        years(2, 3, 5, 5, 5, 6, 6, 6, 6, first=-2), TREES,
    ),
    Place(
        "deepdale", "Deepdale School", School.Phase.SPECIAL, School.Kind.ACADEMY, Programme.Look.HORIZONS, "8387071", "999071",
        "Quarry Hill", "TB7 9ZD", "01632 960040", True,
        years(1, 2, 2, 3, 3, 3, 3, 4, 4, 4, 3, 3, 2, 2, 1, first=0), ANIMALS,
    ),
)  # fmt: skip


def make_partnership() -> Partnership:
    partnership = Partnership.objects.create(name="Thornbeck Schools Together (demo)", slug=SLUG, kind=Partnership.Kind.HUB)
    Programme.objects.bulk_create(
        [
            Programme(partnership=partnership, name="DREAMS", look=Programme.Look.DREAMS, age=Programme.Age.SECONDARY),
            Programme(
                partnership=partnership, name="HORIZONS", look=Programme.Look.HORIZONS, age=Programme.Age.PRIMARY,
                main_colour="#0B5A75", second_colour="#A63D08",
            ),
        ]
    )  # fmt: skip
    return partnership


def make_school(place: Place, partnership: Partnership, feeds_since: date) -> School:
    """The school, which uses the partnership's language and feeds its figures; the head agrees once there is one."""
    school = School.objects.create(
        slug=place.slug,
        name=place.name,
        urn=place.urn,
        laestab=place.laestab,
        phase=place.phase,
        kind=place.kind,
        partnership=partnership,
        programme=partnership.programmes.get(look=place.look),
        address=f"{place.street}\nThornbeck\n{place.postcode}",
        phone=place.phone,
        email=f"office@{place.domain}",
        key_workers_set_targets=place.key_workers_set_targets,
    )
    PartnershipSchool.objects.create(partnership=partnership, school=school, starts_on=feeds_since)
    return school
