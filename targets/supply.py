"""The sheet for supply: today's pupils, one line each, for an adult who has not met them before."""

from dataclasses import dataclass, field
from datetime import date

from pupils.models.pupil import Pupil, PupilQuerySet
from pupils.words import class_words, year_rank, year_words
from targets.helping import Help, what_helps_each
from targets.models import Target
from targets.today import active_targets

MOST_HELPS = 2
YEAR = "year-"


@dataclass(frozen=True)
class Line:
    """What somebody needs to know about one pupil before the door opens."""

    pupil: Pupil
    helps: list[Help] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)

    @property
    def group(self) -> str:
        return class_words(self.pupil.nc_year, self.pupil.registration_group)

    @property
    def support(self) -> str:
        """The first line of how best to support the pupil."""
        profile = getattr(self.pupil, "profile", None)
        return profile.support.partition("\n")[0] if profile else ""


def classes_of(pupils: PupilQuerySet) -> list[tuple[str, str]]:
    """The classes of pupils, and the years of those without one: what the address says, and the words."""
    found = {*pupils.values_list("nc_year", "registration_group")}
    groups = sorted({group for _, group in found if group})
    years = sorted({year for year, group in found if not group}, key=year_rank)
    return [*((group, group) for group in groups), *((f"{YEAR}{year}", year_words(year)) for year in years)]


def in_class(pupils: PupilQuerySet, chosen: str) -> PupilQuerySet:
    """The pupils of one class, or of one year those without a class."""
    if chosen.startswith(YEAR):
        return pupils.filter(registration_group="", nc_year=chosen.removeprefix(YEAR))
    return pupils.filter(registration_group=chosen)


def lines_of(pupils: PupilQuerySet, today: date) -> list[Line]:
    """A line for each pupil, by name; four queries, however many they are."""
    rows = list(pupils.select_related("profile").order_by("search_key", "pk"))
    targets, helps = active_targets(rows), what_helps_each(rows, today)
    return [Line(pupil, helps.get(pupil.pk, [])[:MOST_HELPS], targets.get(pupil.pk, [])) for pupil in rows]
