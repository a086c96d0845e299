"""Who the pupils of a demo school are: names, ages, classes and numbers. Nothing is saved here."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from pupils.importing.codes import NC_YEAR_RANK, NC_YEARS
from pupils.models import Pupil
from reports.demo.days import year_start
from reports.demo.dice import dice, shares
from reports.demo.names import COMMUNITIES, SHORT_FORMS, Community, forename
from reports.demo.needs import all_needs, primary_needs, with_plan
from reports.demo.numbers import FIRST_SCHOOLS, Numbers, shared
from reports.demo.places import Place
from schools.cycles import academic_year_of
from schools.models import School

BOYS, PREMIUM, MOVED_HERE, SHORTENED = 0.62, 0.42, 0.12, 0.7
YEARS_BELOW_ONE = {"R": 0, "N2": -1, "N1": -2}
LAST_YEAR_OF = {"ashdown": "11", "birchwood": "13", "cedar": "6", "deepdale": "14"}
MOVED_AWAY_FROM = {"ashdown": "9", "birchwood": "8", "cedar": "4", "deepdale": "5"}
ON_TWO_ROLLS = (("ashdown", "deepdale", "8"), ("cedar", "deepdale", "5"))  # main school, subsidiary one, year
GUEST = {"birchwood": "9", "cedar": "3"}
FOLLOWED = {
    "ashdown": ("10", "Young carer for a parent; the school keeps an eye on how the days go."),
    "birchwood": ("8", "Very quiet since joining from abroad; no SEND found, friendships are being built."),
    "cedar": ("4", "Support ended last year; followed to see that confidence lasts."),
}


@dataclass(slots=True)
class Child:
    """A pupil to be, with what the pupil's other rows are drawn from."""

    key: str
    place: Place
    pupil: Pupil
    community: str
    needs: list[str]
    provision: str
    born_into: int  # the year group by age, which a child taught out of it still has

    @property
    def school_name(self) -> str:
        return self.place.slug

    @property
    def names(self) -> Community:
        return COMMUNITIES[self.community]

    def is_on_roll(self, day: date) -> bool:
        return self.pupil.is_on_roll(day)


def number_of(nc_year: str) -> int:
    return YEARS_BELOW_ONE[nc_year] if nc_year in YEARS_BELOW_ONE else int(nc_year)


def birthday(year_group: int, today: date, rng: Random) -> date:
    """A birthday that belongs to a year group: 1 September to 31 August."""
    return year_start(academic_year_of(today) - year_group - 5) + timedelta(days=rng.randrange(365))


def children_of(place: Place, today: date) -> list[Child]:
    """Every pupil of one school, those who left among them."""
    years = [year for year, count in place.pupils_by_year.items() for _ in range(count)] + _years_of_leavers(place)
    rng = dice(place.slug, "mix")
    communities = shares({name: each.share for name, each in COMMUNITIES.items()}, len(years), rng)
    sexes = shares({"M": BOYS, "F": 1 - BOYS}, len(years), rng)
    premium = shares({"yes": PREMIUM, "no": 1 - PREMIUM}, len(years), rng)
    needs = primary_needs(place.phase, years, rng)
    plans = with_plan(place.phase, needs, rng)
    numbers, children = Numbers(place.slug), []
    for index, year in enumerate(years):
        key = f"{place.slug} {index}"
        pupil = Pupil(sex=sexes[index], nc_year=year, has_pupil_premium=premium[index] == "yes")
        child = Child(key, place, pupil, communities[index], all_needs(needs[index], dice(key, "needs")), "E" if index in plans else "K", 0)
        child.born_into = number_of(year) + (index == len(years) - 2)
        describe(child, numbers, today)
        children.append(child)
    _mark_special_cases(place, children, numbers, today)
    return children


def _years_of_leavers(place: Place) -> list[str]:
    """One who reached the end of the school last summer and one who moved away this term, in this order."""
    return [LAST_YEAR_OF[place.slug], MOVED_AWAY_FROM[place.slug]]


def describe(child: Child, numbers: Numbers, today: date) -> None:
    """Give a child a name, a birthday, a class, a number and a first day."""
    rng, pupil, place = dice(child.key, "person"), child.pupil, child.place
    pupil.forename = forename(child.names, pupil.sex, rng)
    pupil.surname = rng.choice(child.names.surnames)
    if rng.random() < SHORTENED:
        pupil.preferred_forename = SHORT_FORMS.get(pupil.forename, "")
    pupil.date_of_birth = birthday(child.born_into, today, rng)
    pupil.registration_group = rng.choice(place.classes[pupil.nc_year])
    is_eal = bool(child.names.languages) and rng.random() < child.names.eal
    pupil.is_eal, pupil.first_language = is_eal, rng.choice(child.names.languages) if is_eal else "ENG"
    pupil.on_roll_from = first_day(child, today, rng)
    first_school = rng.choice(FIRST_SCHOOLS) if place.phase == School.Phase.SECONDARY else place.laestab[3:]
    pupil.upn = numbers.permanent(first_school, academic_year_of(today) - max(child.born_into, number_of("N1")))


def first_day(child: Child, today: date, rng: Random) -> date:
    """When the child came: with the lowest year of the school, or on a Monday since."""
    lowest = min(number_of(year) for year in child.place.pupils_by_year)
    years_here = child.born_into - max(lowest, YEARS_BELOW_ONE["N2"])
    normal = year_start(academic_year_of(today) - max(0, years_here))
    if rng.random() >= MOVED_HERE or years_here < 1:
        return normal
    later = normal + timedelta(days=rng.randrange(30, 365 * years_here))
    return later - timedelta(days=later.weekday())


def _mark_special_cases(place: Place, children: list[Child], numbers: Numbers, today: date) -> None:
    finished, moved = children[-2:]
    finished.pupil.left_on = date(academic_year_of(today), 7, 20)
    moved.pupil.left_on = max(today - timedelta(days=12), moved.pupil.on_roll_from or today)
    here = children[:-2]
    for number, (main, subsidiary, year) in enumerate(ON_TWO_ROLLS):
        if place.slug in (main, subsidiary):
            _put_on_two_rolls(_first(here, year), number, place.slug == main, today)
    if place.slug in GUEST:
        _last(here, GUEST[place.slug]).pupil.enrolment = Pupil.Enrolment.GUEST
    if place.slug in FOLLOWED:
        year, reason = FOLLOWED[place.slug]
        _follow(_first(here, year), reason, today)
    single = [child for child in here if child.pupil.enrolment == Pupil.Enrolment.CURRENT]
    newest = max(single, key=lambda child: (child.pupil.on_roll_from, child.key))
    newest.pupil.upn = numbers.temporary(place.laestab[3:], academic_year_of(today))
    single[len(single) // 2].pupil.former_upn = numbers.temporary(place.laestab[3:], academic_year_of(today) - 3)
    for child in _looked_after(here):
        child.pupil.is_looked_after = child.pupil.has_pupil_premium = True


def _first(children: list[Child], year: str) -> Child:
    return next(child for child in children if child.pupil.nc_year == year)


def _last(children: list[Child], year: str) -> Child:
    return _first(children[::-1], year)


def _put_on_two_rolls(child: Child, number: int, is_main: bool, today: date) -> None:
    """Make the child of either school the same person."""
    child.key, child.community, child.provision = f"on two rolls {number}", "british", "E"
    rng, pupil = dice(child.key), child.pupil
    pupil.sex, pupil.is_eal, pupil.first_language, pupil.has_pupil_premium = "M", False, "ENG", False
    pupil.forename, pupil.surname, pupil.preferred_forename = forename(child.names, "M", rng), rng.choice(child.names.surnames), ""
    pupil.date_of_birth = birthday(child.born_into, today, rng)
    pupil.upn = shared(number, academic_year_of(today) - child.born_into)
    pupil.enrolment = Pupil.Enrolment.MAIN if is_main else Pupil.Enrolment.SUBSIDIARY
    child.needs = ["ASD", "SLCN"]


def _follow(child: Child, reason: str, today: date) -> None:
    child.provision, child.needs = "N", []
    child.pupil.followed_because = reason
    child.pupil.followed_since = max(year_start(academic_year_of(today) - 1), child.pupil.on_roll_from or today)


def _looked_after(children: list[Child]) -> Iterator[Child]:
    """Two in each school who live with foster carers."""
    able = [child for child in children if child.community == "british" and child.provision != "N" and child.pupil.enrolment == "C"]
    yield from (able[len(able) // 3], able[2 * len(able) // 3])


def year_and_class_before(child: Child) -> tuple[str, str]:
    """The year and the class of the year before; of classes that run in step the same one."""
    rank, group = NC_YEAR_RANK[child.pupil.nc_year], child.pupil.registration_group
    year = NC_YEARS[max(0, rank - 1)]
    now, before = child.place.classes[child.pupil.nc_year], child.place.classes.get(year, (group,))
    return year, before[now.index(group) % len(before)]
