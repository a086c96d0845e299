"""A school's own dashboard, with names: its SENCO and head may see every row behind it, so nothing is hidden and filters combine."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from assessments.models import Review, ReviewCycle
from assessments.progress import Figures
from pupils.services.pupils import record_each_seen
from reports import attention, inside, queries
from reports.celebrating import celebrated
from reports.counted import Trend, moved_words, sliced, trends_of
from reports.forms import FiguresForm
from reports.inside import Seen, Square, columns_of, figures_of, reviews_in, seen_in, squares_of, steps_of
from reports.models import ALL
from reports.summaries import EVERYBODY
from reports.views.exports import csv_of
from reports.views.tables import HEADINGS, Row, Strands, figures_row
from schools.access import Permission, SchoolRequest, school_view
from targets.models import OneToOne

EARLIER = 6
BY_YEAR, BY_GROUP = "year", "group"


@dataclass(frozen=True)
class Asked:
    """One cycle, narrowed down as the address says; `trends` are those of everybody."""

    cycle: ReviewCycle
    trends: list[Trend]
    form: FiguresForm
    reviews: list[Review]
    seen: list[Seen]
    by: str

    @property
    def has_term_apart(self) -> bool:
        """Does its term hold a further cycle with figures?"""
        terms = [(each.cycle.academic_year, each.cycle.term) for each in self.trends]
        return terms.count((self.cycle.academic_year, self.cycle.term)) > 1

    @property
    def query(self) -> dict[str, str]:
        """The filters in use, for the addresses of cells and files."""
        kept = {name: str(value) for name, value in self.form.cleaned_data.items() if value}
        return kept | {"cycle": self.cycle.slug} | ({"by": BY_GROUP} if self.by == BY_GROUP else {})


def ask(request: SchoolRequest) -> Asked | None:
    """What the address asks for; None before the first cycle has figures."""
    trends = trends_of()
    if not trends:
        return None
    cycle = next((trend.cycle for trend in trends if trend.cycle.slug == request.GET.get("cycle")), trends[0].cycle)
    reviews = reviews_in(cycle)
    form = FiguresForm(request.GET, reviews=reviews)
    narrowed = [review for review in reviews if inside.is_kept(review, form.chosen)]
    by = BY_GROUP if request.GET.get("by") == BY_GROUP else BY_YEAR
    return Asked(cycle, trends[:EARLIER], form, narrowed, seen_in(cycle, form.chosen), by)


@school_view(Permission.DASHBOARD_SEE)
def school_dashboard(request: SchoolRequest) -> HttpResponse:
    """Are reviews on time, how far have pupils moved, in which strand and year, and who needs a look?"""
    asked = ask(request)
    if asked is None:
        recorded = OneToOne.objects.live().count()
        nothing_yet = {"asked": None, "recorded": recorded, "reached": celebrated(timezone.localdate())}
        return render(request, "reports/school_dashboard.html", nothing_yet)
    strands = queries.strands_of(request.school.partnership_id)
    columns = columns_of(asked.seen, asked.by)
    context: dict[str, Any] = {"asked": asked, "chips": _chips(asked), "work": _work(asked.reviews), "figures": figures_of(asked.seen)}
    context |= {
        "bars": [_bar(name, _of(asked.seen, key)) for key, name in strands],
        "rows": list(table_rows(asked.seen, strands)),
        "columns": columns,
        "heat": [(name, list(_cells(asked, key, columns))) for key, name in strands],
        "sliced": None if asked.form.chosen else sliced(asked.cycle, with_term=asked.has_term_apart),
        "trend": _trend(asked),
        "questions": _questions(asked),
        "reached": celebrated(timezone.localdate()),
        "query": urlencode(asked.query),
        "by_other": urlencode(asked.query | {"by": BY_YEAR if asked.by == BY_GROUP else BY_GROUP}),
    }
    return render(request, "reports/school_dashboard.html", context)


def _of(seen: Iterable[Seen], strand: str) -> list[Seen]:
    return [each for each in seen if each.strand == strand]


def _work(reviews: list[Review]) -> dict[str, int | str]:
    """How far the reviews are."""
    statuses = [review.status for review in reviews]
    return {
        "due_words": f"of {len(reviews)} due",
        "completed": statuses.count(Review.Status.COMPLETED),
        "on_hold": statuses.count(Review.Status.ON_HOLD),
        "missed": statuses.count(Review.Status.MISSED),
        "views": sum(review.pupil_view_state == Review.PupilView.GIVEN for review in reviews),
        "met": sum(review.parents_met_on is not None for review in reviews),
    }


def _bar(name: str, seen: list[Seen]) -> tuple[str, list[int], str]:
    """A strand, its targets by step, and how many there are."""
    figures = figures_of(seen)
    unseen = f", {figures.not_seen} not seen" if figures.not_seen else ""
    return name, steps_of(seen), f"{figures.judged} target{'' if figures.judged == 1 else 's'}{unseen}"


def table_rows(seen: list[Seen], strands: Strands) -> Iterator[Row]:
    yield _row("All strands", figures_of(seen), is_all=True)
    for key, name in strands:
        yield _row(name, figures_of(_of(seen, key)))


def _row(name: str, figures: Figures, *, is_all: bool = False) -> Row:
    return figures_row(name, moved_words(figures), figures, is_all=is_all)


OVER_ALL = "Over all pupils. Earlier reviews can be narrowed down by one filter at a time: year, main need, pupil premium or EAL."


def _trend(asked: Asked, strand: str = ALL) -> dict[str, Any]:
    """Review by review, narrowed down where exactly one slice is asked for: each cycle with its address, and of whom it is."""
    only = asked.form.only
    is_known = strand == ALL and only is None
    trends = asked.trends if is_known else trends_of(strand=strand, where=only or EVERYBODY)[:EARLIER]
    about = OVER_ALL if asked.form.chosen else ""
    if only:
        about = "Narrowed down to {}: {}. Reviews that judged no such pupil are left out.".format(*asked.form.chips[0][1:])
    return {"rows": [(each, urlencode(asked.query | {"cycle": each.cycle.slug})) for each in trends], "about": about}


@dataclass(frozen=True)
class Cell:
    """One square of the heat table, and the names behind it."""

    square: Square
    url: str


def _cells(asked: Asked, strand: str, columns: Iterable[inside.Column]) -> Iterator[Cell]:
    for square in squares_of(asked.seen, strand, asked.by, columns):
        query = urlencode({**asked.query, asked.by: square.column.value})
        yield Cell(square, f"strands/{strand}/?{query}")


def _chips(asked: Asked) -> list[tuple[str, str, str]]:
    """Each filter in use: label, words, and the address without it."""
    return [
        (label, words, urlencode({key: value for key, value in asked.query.items() if key != name}))
        for name, label, words in asked.form.chips
    ]


@dataclass(frozen=True)
class Question:
    """One reason to look, why it is one, and whom it is about."""

    title: str
    why: str
    looks: list[attention.Look]

    @property
    def heading(self) -> str:
        return f"{self.title} ({len(self.looks)})"


def _questions(asked: Asked) -> list[Question]:
    """Of everybody, or where filters are in use of the pupils whose reviews they keep."""
    today, kept = timezone.localdate(), {review.pupil_id for review in asked.reviews}
    pupils = attention.pupils_with_target(today)
    every = attention.without_movement(pupils, today), attention.gone_back(asked.cycle), attention.long_since(pupils, today)
    still, back, late = ([look for look in looks if not asked.form.chosen or look.pupil.pk in kept] for looks in every)
    return [
        Question("No movement", "The last two reviews saw the same step. Think about changing the target.", still),
        Question("A step back", "It happens, and is worth a talk about what changed.", back),
        Question("No one-to-one for three weeks", "The talk is where the programme happens.", late),
    ]


@school_view(Permission.DASHBOARD_SEE)
def dashboard_strand(request: SchoolRequest, strand: str) -> HttpResponse:
    """The pupils behind one strand, or one square of the heat table, by name."""
    names = dict(queries.strands_of(request.school.partnership_id))
    asked = ask(request)
    if asked is None or strand not in names:
        raise Http404
    rows = inside.judged_in(asked.cycle, asked.form.chosen).filter(strand_key=strand)
    judgements = rows.select_related("target", "review__pupil").order_by("review__pupil__search_key", "pk")
    record_each_seen(pupils={row.review.pupil for row in judgements}, by=request.user)
    figures = figures_of(_of(asked.seen, strand))
    context = {"asked": asked, "name": names[strand], "judgements": judgements, "chips": asked.form.chips}
    context |= {"moved": moved_words(figures), "query": urlencode(asked.query)}
    context["trend"] = _trend(asked, strand)
    return render(request, "reports/dashboard_strand.html", context)


@school_view(Permission.DASHBOARD_SEE)
def dashboard_csv(request: SchoolRequest) -> HttpResponse:
    """The table of the dashboard as a file: numbers by strand, no names."""
    asked = ask(request)
    if asked is None:
        raise Http404
    rows = table_rows(asked.seen, queries.strands_of(request.school.partnership_id))
    return csv_of(f"figures-{asked.cycle.slug}", ("Strand", *HEADINGS), [(row.name, *(value for _, value in row.cells)) for row in rows])
