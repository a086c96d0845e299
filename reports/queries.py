"""The one place where reading spans apps: published figures of many schools, and a school's own live ones."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from reports.content import Brand, SchoolInfo, Work
from reports.models import ALL, CycleSummary, Publication, ReviewSummary
from reports.suppression import Exact, SchoolFigures, may_show_work
from schools.models import Partnership, School, Term
from schools.tenancy import reading_published
from targets.models import Strand

NOTHING = Exact(**dict.fromkeys(Exact.__dataclass_fields__, 0))
TERM_ORDER = {term: place for place, term in enumerate(Term)}


@dataclass(frozen=True, order=True)
class Period:
    """An academic year and a term."""

    academic_year: int
    place: int

    @classmethod
    def of(cls, academic_year: int, term: str) -> "Period":
        return cls(academic_year, TERM_ORDER[Term(term)])

    @property
    def term(self) -> Term:
        return list(Term)[self.place]

    @property
    def slug(self) -> str:
        """2026-autumn, as in an address."""
        return f"{self.academic_year}-{self.term.value}"

    @property
    def words(self) -> str:
        return str(self)

    def __str__(self) -> str:
        return f"{self.term.label} {self.academic_year}/{(self.academic_year + 1) % 100:02d}"


def schools_feeding(partnership: Partnership, day: date) -> list[School]:
    """The schools whose figures a partnership holds on a day, in alphabetical order: there is no ranking."""
    holds = Q(partnerships__ends_on=None) | Q(partnerships__ends_on__gte=day)
    feeding = School.objects.filter(holds, partnerships__partnership=partnership, partnerships__starts_on__lte=day)
    return list(feeding.select_related("programme").order_by("name").distinct())


def strands_of(partnership_id: int) -> tuple[tuple[str, str], ...]:
    """Key and name of each strand of a partnership's published language, in order."""
    return tuple(Strand.objects.published_for(partnership_id).values_list("key", "name"))


def published_periods(schools: Iterable[School]) -> list[Period]:
    """The terms for which any of these schools has published figures, the latest first."""
    ids = [school.pk for school in schools]
    if not ids:
        return []
    with reading_published(ids):
        pairs = Publication.objects.order_by().values_list("academic_year", "term").distinct()
        return sorted({Period.of(year, term) for year, term in pairs}, reverse=True)


@dataclass(frozen=True)
class PublishedSchool:
    """What one school has published for a term: the exact figures, which only suppression may read on."""

    school: School
    published_on: date
    rows: dict[str, Exact]
    work: Work | None
    is_revision: bool = False

    @property
    def due_words(self) -> str:
        return f"of {self.work.due} due" if self.work else ""

    @property
    def is_on_time(self) -> bool:
        """Nine of ten due reviews are completed, or more."""
        return self.work is not None and 10 * self.work.completed >= 9 * self.work.due

    @property
    def figures(self) -> SchoolFigures:
        completed = self.work.completed if self.work else None
        return SchoolFigures(self.school.slug, self.school.programme.name, self.rows, completed)

    @property
    def info(self) -> SchoolInfo:
        brand = Brand(self.school.programme.look, self.school.programme.name)
        phase = self.school.get_phase_display()
        return SchoolInfo(self.school.slug, str(self.school), phase, brand, self.published_on, self.work, self.is_revision)


def published_schools(schools: list[School], strands: Iterable[str], period: Period) -> list[PublishedSchool]:
    """The latest publication of each school for a term; schools that published nothing are left out."""
    with reading_published(school.pk for school in schools):
        editions = Publication.objects.filter(academic_year=period.academic_year, term=period.term).order_by("number")
        latest = {edition.school_id: edition for edition in editions}
        whole_term = {"publication__in": list(latest.values()), "cycle": None, "slice": ALL}
        figures = list(CycleSummary.objects.filter(**whole_term))
        work = {row.school_id: row for row in ReviewSummary.objects.filter(**whole_term)}
    keys = (ALL, *strands)
    return [_published(school, latest[school.pk], keys, figures, work.get(school.pk)) for school in schools if school.pk in latest]


def _published(
    school: School, edition: Publication, keys: Iterable[str], figures: list[CycleSummary], work: ReviewSummary | None
) -> PublishedSchool:
    """All strands of the publication, also those of no language now: else the strands would not add up to all of them."""
    own = {row.strand_key: _exact(row) for row in figures if row.school_id == school.pk}
    rows = {key: own.get(key, NOTHING) for key in (*keys, *own)}
    published_on = timezone.localdate(edition.published_at)
    return PublishedSchool(school, published_on, rows, _work(work, school), edition.is_revision)


def _exact(row: CycleSummary) -> Exact:
    return Exact(**{name: getattr(row, name) for name in Exact.__dataclass_fields__})


def _work(row: ReviewSummary | None, school: School) -> Work | None:
    """Counts of work, for a school where reviews are due for five pupils or more, however few are completed.

    A term of a school with six cycles holds two of them, so a pupil may stand for two reviews.
    """
    if row is None or not may_show_work(-(-row.due * len(Term) // school.cycles_a_year)):
        return None
    return Work(row.due, row.completed, row.pupil_views, row.parents_met, row.on_hold, row.missed)
