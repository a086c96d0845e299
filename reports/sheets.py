"""The sheets of the cross-school report: cells that may be published, turned into words and bars."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from assessments import progress
from reports.content import ReportContent, SchoolInfo
from reports.drawing import Part, bar, mark, stairs, swatch
from reports.press import Press
from reports.suppression import ALL, MARK, RATE_NEEDS, TOTAL_NEEDS, Cell, Shown, Total, rate
from reports.wording import on

COLUMNS = ("moving", "moved_on", "same", "gone_back", "achieved", "not_seen", "too_new")
MARKS = {True: "*", None: "(*)", False: ""}
"""Beside a rate: incomplete, not known whether it is, complete."""
HOW_TARGETS_MOVED = "How the targets moved"


def in_words(cell: Cell) -> str:
    """A number, or the mark that says hidden."""
    return str(cell.value) if isinstance(cell, Shown) else MARK


def per_cent(part: Cell, of: Cell) -> str:
    """A rate in whole per cent; nothing where none may be published."""
    share = rate(part, of)
    return "" if share is None else f"{share}%"


@dataclass(frozen=True, slots=True)
class Inks:
    """How the parts of a bar are filled: the one-hue ramp, paler to darker."""

    gone_back: Part
    same: Part
    moved_on: Part
    joined: Part
    edge: str

    @classmethod
    def of(cls, machine: Press) -> "Inks":
        ramp, ink = machine.ramp, machine.ramp_inks
        return cls(
            Part("Gone back", 0, ramp[0], ink[0]),
            Part("Same", 0, ramp[1], ink[1]),
            Part("Moved on", 0, ramp[3], ink[3]),
            Part("Same or gone back, together", 0, "white", ink[0], is_joined=True),
            ramp[4],
        )

    def filled(self, part: Part, count: int) -> Part:
        return Part(part.name, count, part.fill, part.ink, part.is_joined)

    def key(self) -> list[tuple[SafeString, str]]:
        return [(swatch(part, self.edge), part.name) for part in (self.gone_back, self.same, self.moved_on, self.joined)]


def strand_bar(name: str, cells: Mapping[str, Cell], inks: Inks) -> SafeString | str:
    """How the targets of a strand moved, or why no bar is drawn. Hidden parts are drawn as one, or not at all."""
    moving, moved, same, back = (cells[column] for column in ("moving", "moved_on", "same", "gone_back"))
    if not (isinstance(moving, Shown) and isinstance(moved, Shown)):
        return "Small numbers are hidden"
    if moving.value < RATE_NEEDS:
        return f"Fewer than {RATE_NEEDS} targets: no bar is drawn" if moving.value else "No targets were judged"
    ahead = inks.filled(inks.moved_on, moved.value)
    if isinstance(same, Shown) and isinstance(back, Shown):
        return bar([inks.filled(inks.gone_back, back.value), inks.filled(inks.same, same.value), ahead], name, inks.edge)
    return bar([inks.filled(inks.joined, moving.value - moved.value), ahead], name, inks.edge)


def strand_row(key: str, name: str, cells: Mapping[str, Cell], inks: Inks) -> dict[str, Any]:
    drawn = strand_bar(name, cells, inks)
    return {
        "name": name,
        "drawing": drawn if isinstance(drawn, SafeString) else "",
        "why": "" if isinstance(drawn, SafeString) else drawn,
        "moved": f"{in_words(cells['moved_on'])} of {in_words(cells['moving'])}",
        "rate": per_cent(cells["moved_on"], cells["moving"]),
        "is_incomplete": is_incomplete(cells),
        "mark": MARKS[is_incomplete(cells)],
        "numbers": [in_words(cells[column]) for column in COLUMNS],
        "is_all": key == ALL,
    }


def is_incomplete(cells: Mapping[str, Cell]) -> bool | None:
    """Were more than a fifth of the targets not seen? Not known (None) where the printed numbers do not say so.

    At least as many targets were judged as can move: where these are enough, a hidden number of all makes no difference.
    """
    not_seen, judged, moving = cells["not_seen"], cells["judged"], cells["moving"]
    if not isinstance(not_seen, Shown):
        return None
    if isinstance(judged, Shown):
        return progress.is_incomplete(not_seen=not_seen.value, judged=judged.value)
    is_enough = isinstance(moving, Shown) and not progress.is_incomplete(not_seen=not_seen.value, judged=moving.value)
    return False if is_enough else None


def finding(rows: list[dict[str, Any]]) -> str:
    """What a school's sheet says first: the strand that moved on most often and the one that did least.

    Only the figures of every strand can say so: each with a rate, each known to be complete, and one alone at either end.
    """
    strands = [row for row in rows if not row["is_all"]]
    if len(strands) < 2 or any(not row["rate"] or row["is_incomplete"] is not False for row in strands):
        return HOW_TARGETS_MOVED
    rated = sorted((int(row["rate"].rstrip("%")), row["name"]) for row in strands)
    (lowest, least), (highest, most) = rated[0], rated[-1]
    rates = [each for each, _ in rated]
    if rates.count(lowest) > 1 or rates.count(highest) > 1:
        return HOW_TARGETS_MOVED
    return f"{most} grew most often, {least[0].lower()}{least[1:]} least"


def school_sheet(report: ReportContent, school: SchoolInfo, machine: Press, inks: Inks) -> dict[str, Any]:
    named = (*report.strands, (ALL, "All strands"))
    rows = [strand_row(key, name, report.cells(school, key), inks) for key, name in named]
    whole = report.cells(school, ALL)
    return {
        "info": school,
        "mark": mark(school.brand.look, machine.palettes[school.brand.look], 9),
        "pupils": in_words(whole["pupils"]),
        "judged": in_words(whole["judged"]),
        "moved_pupils": f"{in_words(whole['pupils_moved_on'])} of {in_words(whole['pupils'])}",
        "pupil_rate": per_cent(whole["pupils_moved_on"], whole["pupils"]),
        "rate_mark": MARKS[is_incomplete(whole)],
        "published": on(school.published_on) + (", revised" if school.is_revision else ""),
        "finding": finding(rows),
        "rows": rows,
    }


def total_words(name: str, total: Total) -> dict[str, str]:
    """A total as a line: how many of how many, from how many schools."""
    moved = f"{in_words(total.cell)} of {in_words(total.of)}"
    return {"name": name, "moved": moved, "rate": per_cent(total.cell, total.of), "schools": str(total.schools)}


def report_context(report: ReportContent, machine: Press) -> dict[str, Any]:
    """Everything that the report's template prints."""
    inks = Inks.of(machine)
    schools = sorted(report.schools, key=lambda school: school.name.casefold())
    totals = {group: rows[ALL]["pupils_moved_on"] for group, rows in report.published.totals.items()}
    done = [school.work for school in schools if school.work]
    return {
        "report": report,
        "sheets": [school_sheet(report, school, machine, inks) for school in schools],
        "stairs": stairs(machine.ramp, machine.ramp[4], machine.ramp_inks),
        "key": inks.key(),
        "overall": overall(report),
        "programmes": [total_words(group, total) for group, total in totals.items() if isinstance(total.cell, Shown)],
        "work": (sum(work.completed for work in done), sum(work.due for work in done)) if len(done) >= TOTAL_NEEDS else None,
        "dated": f"{on(report.dated)} {report.dated.year}",
    }


def overall(report: ReportContent) -> dict[str, str] | None:
    """Pupils who moved on, of the schools that show it; nothing for fewer than three schools."""
    total = report.published.overall.get(ALL, {}).get("pupils_moved_on")
    return total_words("All schools", total) if total and isinstance(total.cell, Shown) else None
