"""Figures as rows of words: a school's own exact ones, and published cells with small numbers hidden."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from assessments.progress import Figures
from reports.queries import PublishedSchool
from reports.sheets import in_words, is_incomplete, per_cent
from reports.suppression import ALL, Cell, Published, SchoolCells, Shown, Total, publish
from reports.wording import INCOMPLETE

Strands = Iterable[tuple[str, str]]
HEADINGS = ("Pupils who moved on", "Targets judged", "Moved on", "Same", "Gone back", "Achieved", "Held", "Not seen", "Too new")
NUMBERS = ("judged", "moved_on", "same", "gone_back", "achieved", "held", "not_seen", "too_new")


@dataclass(frozen=True)
class Row:
    """One line of a table: what it is about, and a word or number for each heading."""

    name: str
    cells: list[tuple[str, str]]
    is_all: bool = False


def _row(name: str, values: list[str], *, is_all: bool = False) -> Row:
    return Row(name, list(zip(HEADINGS, values, strict=True)), is_all)


def figures_row(name: str, moved: str, figures: Figures, *, is_all: bool = False) -> Row:
    """One line of a school's own figures, which hides nothing."""
    return _row(name, [moved, *(str(getattr(figures, number)) for number in NUMBERS)], is_all=is_all)


def published_rows(school: PublishedSchool, strands: Strands, threshold: int) -> list[Row]:
    """What one school published, as its governors see it."""
    return _school_rows(publish([school.figures], threshold=threshold).schools[0], strands)


def _school_rows(school: SchoolCells, strands: Strands) -> list[Row]:
    named = ((ALL, "All strands"), *strands)
    return [_cells_row(name, school.rows[key], is_all=key == ALL) for key, name in named]


def _cells_row(name: str, cells: Mapping[str, Cell], *, is_all: bool = False) -> Row:
    moved = _moved(cells["pupils_moved_on"], cells["pupils"], INCOMPLETE[is_incomplete(cells)])
    return _row(name, [moved, *(in_words(cells[number]) for number in NUMBERS)], is_all=is_all)


def _moved(part: Cell, of: Cell, note: str = "") -> str:
    """ "13 of 21 (62%, may be incomplete)"; the note goes with the per cent."""
    share = per_cent(part, of)
    words = f"{share}, {note}" if note else share
    return f"{in_words(part)} of {in_words(of)}" + (f" ({words})" if share else "")


@dataclass(frozen=True)
class SchoolTable:
    """One school of a programme: its line in the overview, and its strands."""

    school: PublishedSchool
    whole: Row
    rows: list[Row]

    @property
    def published_on(self) -> date:
        return self.school.published_on


@dataclass(frozen=True)
class ProgrammeTable:
    """The schools of one programme, in alphabetical order, with a total only where three of them show their numbers."""

    name: str
    look: str
    schools: list[SchoolTable]
    total: str

    @property
    def overview(self) -> list[Row]:
        return [each.whole for each in self.schools]


def programme_tables(published: list[PublishedSchool], result: Published, strands: Strands) -> list[ProgrammeTable]:
    """Each school under its programme."""
    strands = list(strands)
    cells = {each.school: each for each in result.schools}
    return [
        _programme(name, [each for each in published if each.figures.group == name], cells, strands, totals[ALL]["pupils_moved_on"])
        for name, totals in sorted(result.totals.items())
    ]


def _programme(
    name: str, schools: list[PublishedSchool], cells: Mapping[str, SchoolCells], strands: Strands, total: Total
) -> ProgrammeTable:
    tables = [_school_table(each, cells[each.figures.school], strands) for each in schools]
    words = f"{_moved(total.cell, total.of)} pupils moved on, in {total.schools} schools." if isinstance(total.cell, Shown) else ""
    return ProgrammeTable(name, schools[0].info.brand.look, tables, words)


def _school_table(school: PublishedSchool, cells: SchoolCells, strands: Strands) -> SchoolTable:
    whole = _cells_row(str(school.school), cells.rows[ALL])
    return SchoolTable(school, whole, _school_rows(cells, strands))
