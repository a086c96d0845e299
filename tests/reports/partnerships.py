"""Generated partnerships for the tests of suppression, and what a reader of the published table knows."""

from collections.abc import Iterator
from dataclasses import fields
from random import Random

from assessments.progress import Judged, tally
from reports.suppression import ALL, BASES, COLUMNS, Exact, Published, SchoolFigures, Shown
from tests.reports.table_solver import Reader, Rule, Together

Name = tuple[str, str, str]
RESTS = {
    "pupils_not_moved_on": ("pupils", "pupils_moved_on"),
    "same or gone back": ("moving", "moved_on"),
    "moved on or gone back": ("moving", "same"),
    "moved on or same": ("moving", "gone_back"),
    "not_achieved": ("moving", "achieved"),
    "not_held": ("hold", "held"),
}


def exact(judgements: list[Judged]) -> Exact:
    figures = tally(judgements)
    return Exact(**{field.name: getattr(figures, field.name) for field in fields(Exact)})


def judgement(random: Random, pupil: int) -> Judged:
    start = random.choice((0, 0, 1, 1, 2, 3))
    aim = start if random.random() < 0.12 else random.randint(min(start + 1, 4), 4)
    previous = random.randint(start, min(start + 1, 4))
    step = None if random.random() < 0.08 else max(0, min(4, previous + random.choice((-1, 0, 0, 1, 1, 1, 2))))
    return Judged(
        pupil=pupil,
        step=step,
        start=start,
        aim=aim,
        previous=previous,
        counts=random.random() > 0.07,
        first_achieved=step is not None and step >= aim,
    )


def school(random: Random, name: str, group: str, strands: list[str]) -> SchoolFigures:
    """A school of 0 to 60 pupils with 1 to 4 targets each, some of few words and most of many; all their reviews are completed."""
    size = random.choice((random.randint(0, 12), random.randint(10, 30), random.randint(25, 60)))
    favoured = random.sample(strands, random.randint(1, len(strands)))
    by_strand: dict[str, list[Judged]] = {key: [] for key in strands}
    for pupil in range(size):
        for _ in range(random.randint(1, 4)):
            by_strand[random.choice(favoured if random.random() < 0.8 else strands)].append(judgement(random, pupil))
    everything = [row for rows in by_strand.values() for row in rows]
    rows = {ALL: exact(everything)} | {key: exact(found) for key, found in by_strand.items()}
    return SchoolFigures(name, group, rows, completed=size if random.random() < 0.8 else None)


def partnership(seed: int) -> list[SchoolFigures]:
    random = Random(seed)  # noqa: S311
    strands = [f"strand-{number}" for number in range(random.randint(2, 6))]
    groups = random.choice((["dreams"], ["dreams", "horizons"]))
    return [school(random, f"school-{number}", random.choice(groups), strands) for number in range(random.randint(1, 5))]


def truth_of(schools: list[SchoolFigures]) -> dict[Name, int]:
    table: dict[Name, int] = {}
    for each in schools:
        for key, row in each.rows.items():
            moving = row.moved_on + row.same + row.gone_back
            own = {field.name: getattr(row, field.name) for field in fields(Exact)} | {
                "moving": moving,
                "hold": row.judged - moving,
            }
            own |= {rest: own[whole] - own[part] for rest, (whole, part) in RESTS.items()}
            table |= {(each.school, key, column): value for column, value in own.items()}
    return table


def is_equal(total: Name, *parts: Name) -> Rule:
    return Rule(((total, 1), *((part, -1) for part in parts)), 0, 0)


def is_at_most(less: list[Name], more: list[Name]) -> Rule:
    return Rule((*((name, 1) for name in more), *((name, -1) for name in less)), 0, 1_000_000)


def rules_of_row(at: str, key: str) -> Iterator[Rule | Together]:
    def cell(column: str) -> Name:
        return (at, key, column)

    yield is_equal(cell("judged"), cell("moving"), cell("hold"))
    yield is_equal(cell("moving"), cell("moved_on"), cell("same"), cell("gone_back"))
    for rest, (whole, part) in RESTS.items():
        yield is_equal(cell(whole), cell(part), cell(rest))
    yield is_at_most([cell("pupils_moved_on")], [cell("moved_on")])
    yield is_at_most([cell("pupils_not_moved_on")], [cell("same"), cell("gone_back")])
    yield Together(cell("pupils_moved_on"), cell("moved_on"))
    yield Together(cell("pupils"), cell("moving"))


def rules_of_school(each: SchoolFigures) -> Iterator[Rule | Together]:
    at, strands = each.school, [key for key in each.rows if key != ALL]
    for key in each.rows:
        yield from rules_of_row(at, key)
    if each.completed is not None:
        yield Rule((((at, ALL, "pupils"), 1),), 0, each.completed)
    for column in COLUMNS:
        if column not in ("pupils", "pupils_moved_on"):
            yield is_equal((at, ALL, column), *((at, key, column) for key in strands))
    for column in ("pupils", "pupils_moved_on", "pupils_not_moved_on"):
        yield is_at_most([(at, ALL, column)], [(at, key, column) for key in strands])
    for column in ("pupils", "pupils_moved_on"):
        for key in strands:
            yield is_at_most([(at, key, column)], [(at, ALL, column)])


def rules_of_totals(published: Published, contributes) -> Iterator[Rule]:
    """A printed total is the sum of the schools that it says it comes from."""
    groups = [({group}, rows) for group, rows in published.totals.items()] + [(set(published.totals), published.overall)]
    for within, rows in groups:
        for key, columns in rows.items():
            for column, total in columns.items():
                if isinstance(total.cell, Shown):
                    schools = [each for each in published.schools if each.group in within and contributes(each, key, column)]
                    yield Rule(tuple(((each.school, key, column), 1) for each in schools), total.cell.value, total.cell.value)


def shows(school_cells, key: str, column: str) -> bool:
    row = school_cells.rows[key]
    return isinstance(row[column], Shown) and isinstance(row[BASES.get(column, column)], Shown)


def reader(schools: list[SchoolFigures], published: Published, *, own: str | None = None, contributes=shows, earlier=None) -> Reader:
    """The public (own=None), or the head of a school, who knows its numbers exactly."""
    truth = truth_of(schools)
    known = {name: value for name, value in truth.items() if name[0] == own}
    for each in published.schools:
        for key, row in each.rows.items():
            known |= {(each.school, key, column): cell.value for column, cell in row.items() if isinstance(cell, Shown)}
    links = [rule for each in schools for rule in rules_of_school(each)] + list(rules_of_totals(published, contributes))
    return Reader(
        truth,
        known,
        [rule for rule in links if isinstance(rule, Rule)],
        [rule for rule in links if isinstance(rule, Together)],
        {} if earlier is None else earlier,
    )


def secrets(schools: list[SchoolFigures], published: Published, threshold: int, *, own: str | None = None) -> list[Name]:
    """Hidden cells, and rests of few pupils or in a row of few pupils, outside the reader's own school."""
    truth = truth_of(schools)
    hidden = [
        (each.school, key, column)
        for each in published.schools
        for key, row in each.rows.items()
        for column, cell in row.items()
        if not isinstance(cell, Shown)
    ]
    rests = [
        name
        for name, value in truth.items()
        if name[2] in RESTS
        and (0 < value < threshold or (0 < truth[name[0], name[1], "pupils"] < threshold and (value or name[2] == "pupils_not_moved_on")))
    ]
    return [name for name in hidden + rests if name[0] != own]
