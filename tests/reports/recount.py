"""Figures counted a second time, by loops over raw rows; and schools full of random reviews to count.

Written apart from assessments.progress, assessments.terms and reports.summaries.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from random import Random

from assessments.models import Judgement, Review, ReviewCycle
from pupils.models import Pupil
from reports.models import ALL
from schools.models import School, Term
from schools.tenancy import in_school
from targets.models import Strand, Target, WhyEnded
from tests.factories.targets import strand_of

KEYS = ("communicating", "relationships", "independence")
CYCLES = ((1, Term.AUTUMN, date(2026, 10, 30)), (2, Term.AUTUMN, date(2026, 12, 11)), (3, Term.SPRING, date(2027, 3, 26)))
DONE = datetime(2027, 4, 1, 8, tzinfo=UTC)
ENDED = (Review.Status.COMPLETED,) * 5 + (Review.Status.MISSED,)
ANY = (*ENDED, *Review.Status)


def fill(school: School, seed: int) -> list[ReviewCycle]:
    """Two autumn cycles and one of spring, all closed, with reviews (one of a pupil may be open), lineages and judgements at random."""
    random = Random(seed)  # noqa: S311
    strands = [strand_of(school.partnership, key) for key in KEYS]
    cycles = closed_cycles(school)
    with in_school(school):
        pupils = Pupil.objects.bulk_create(_pupil(random, number) for number in range(random.randint(1, 12)))
        for pupil in pupils:
            targets, may_be_open = _targets(random, pupil, strands), random.choice(cycles)
            for cycle in cycles:
                if random.random() < 0.85:
                    _review(random, pupil, cycle, targets, ANY if cycle == may_be_open else ENDED)
    return cycles


def closed_cycles(school: School) -> list[ReviewCycle]:
    with in_school(school):
        return [_cycle(number, term, due) for number, term, due in CYCLES]


def _cycle(number: int, term: str, due: date) -> ReviewCycle:
    fixed = {"academic_year": 2026, "name": f"Cycle {number}", "opens_on": date(2026, 9, 7), "opened_at": DONE, "closed_at": DONE}
    return ReviewCycle.objects.create(number=number, term=term, due_on=due, **fixed)


def _pupil(random: Random, number: int) -> Pupil:
    return Pupil(
        forename=f"Forename{number}",
        surname="Surname",
        date_of_birth=date(2014, 5, 4),
        nc_year="7",
        enrolment=random.choice("CCCCMSG"),
    )


def _targets(random: Random, pupil: Pupil, strands: list[Strand]) -> list[Target]:
    """Up to four targets; some carry an earlier one on."""
    made: list[Target] = []
    for _ in range(random.randint(0, 4)):
        before = random.choice(made) if made and random.random() < 0.4 else None
        target = Target(
            pupil=pupil,
            **_kind(random, before, strands),
            wording="I can",
            start=1,
            aim=3,
            set_on=date(2026, 9, 7),
            counts_from=date(2026, 9, 7),
            review_on=date(2026, 12, 11),
            status=Target.Status.ACHIEVED,
            carried_on_from=before,
        )
        target.save()
        made.append(target)
    return made


def _kind(random: Random, before: Target | None, strands: list[Strand]) -> dict[str, object]:
    """Mostly personal; a target that is carried on keeps what it is."""
    if before:
        return {"kind": before.kind, "strand": before.strand, "skill": before.skill, "subject": before.subject}
    if random.random() < 0.2:
        return {"kind": "academic", "subject": "Maths"}
    strand = random.choice(strands)
    if random.random() < 0.3:
        return {"kind": "soft-skill", "strand": strand, "skill": strand.skills.all()[0]}
    return {"kind": "personal", "strand": strand}


def _review(random: Random, pupil: Pupil, cycle: ReviewCycle, targets: list[Target], statuses: Sequence[str]) -> None:
    status = random.choice(statuses)
    review = Review.objects.create(
        pupil=pupil,
        cycle=cycle,
        status=status,
        paused_because="ill" if status in Review.PAUSED else "",
        completed_at=DONE if status == Review.Status.COMPLETED else None,
        pupil_view_state=random.choice(Review.PupilView.values),
        parents_met_on=random.choice((None, date(2026, 12, 1))),
        nc_year=random.choice(("7", "10", "R")),
        provision=random.choice(("K", "E", "")),
        primary_need=random.choice(("SLCN", "ASD", "")),
        has_pupil_premium=random.random() < 0.4,
        is_eal=random.random() < 0.4,
        sex=random.choice("FMU"),
        enrolment=pupil.enrolment,
    )
    Judgement.objects.bulk_create(_judgement(random, review, target) for target in targets if random.random() < 0.8)


def _judgement(random: Random, review: Review, target: Target) -> Judgement:
    start = random.randint(0, 3)
    step = random.choice((None, 0, 1, 2, 3, 4))
    aim = random.choice((start, random.randint(start, 4)))
    return Judgement(
        review=review,
        target=target,
        step=step,
        not_seen="absent" if step is None else "",
        next=random.choice(Judgement.Next.values),
        reason=random.choice(("", "", "", WhyEnded.MISTAKE)),
        start=start,
        aim=aim,
        previous=random.randint(0, 4),
        previous_term=random.randint(0, 4),
        strand_key=target.strand.key if target.strand else "",
        counts=random.random() < 0.8,
        first_achieved=step is not None and step >= aim and random.random() < 0.7,
    )


# -- counting


Place = tuple[str, str, str]  # strand key or ALL, slice, value
WHOLE = (ALL, ALL, "")


def recount(judgements: list[dict], *, by_strand: bool = True) -> dict[Place, dict[str, int]]:
    """Where -> columns, of judgements with their own `previous`: every strand in every slice, or each strand and each slice alone."""
    strands = {ALL, *(row["strand"] for row in judgements)}
    slices = {(ALL, ""), *(pair for row in judgements for pair in row["belongs"].items())}
    found = {}
    for strand in strands:
        for name, value in slices:
            rows = [row for row in judgements if strand in (ALL, row["strand"]) and name in (ALL, *_names(row, value))]
            is_kept = by_strand or ALL in (strand, name)
            if is_kept and (rows or (strand, name) == (ALL, ALL)):
                found[strand, name, value] = _count(rows)
    return found


def _names(row: dict, value: str) -> list[str]:
    return [name for name, own in row["belongs"].items() if own == value]


def belongs(review: Review) -> dict[str, str]:
    """The slices of a review, and in each of them where it belongs."""
    return {
        "year": review.nc_year,
        "provision": review.provision,
        "need": review.primary_need,
        "premium": "yes" if review.has_pupil_premium else "no",
        "eal": "yes" if review.is_eal else "no",
        "sex": review.sex,
    }


def _count(rows: list[dict]) -> dict[str, int]:
    found = dict.fromkeys(("judged", "moved_on", "same", "gone_back", "achieved", "held", "not_seen", "too_new"), 0)
    pupils, moved, since = set(), set(), []
    for row in rows:
        if row["mistake"]:
            continue
        if not row["counts"]:
            found["too_new"] += 1
        elif row["step"] is None:
            found["not_seen"] += 1
        elif row["aim"] == row["start"]:
            found["judged"] += 1
            found["held"] += row["step"] >= row["aim"]
        else:
            way = "moved_on" if row["step"] > row["previous"] else "gone_back" if row["step"] < row["previous"] else "same"
            found["judged"] += 1
            found[way] += 1
            found["achieved"] += row["achieved"]
            pupils.add(row["pupil"])
            moved |= {row["pupil"]} if way == "moved_on" else set()
            since.append(row["step"] - row["start"])
    sums = {"since_start_sum": sum(since), "since_start_squares": sum(n * n for n in since)}
    return found | sums | {"pupils": len(pupils), "pupils_moved_on": len(moved)}


def raw(cycle: ReviewCycle) -> list[dict]:
    """The judgements of a cycle's completed reviews as they stand in the table."""
    found = []
    for row in Judgement.objects.filter(review__cycle=cycle).select_related("review", "target").order_by("pk"):
        if row.review.status == "completed" and row.target.kind != "academic":
            found.append(
                {
                    "pupil": row.review.pupil_id,
                    "strand": row.strand_key,
                    "step": row.step,
                    "start": row.start,
                    "aim": row.aim,
                    "previous": row.previous,
                    "previous_term": row.previous_term,
                    "counts": row.counts,
                    "achieved": row.first_achieved,
                    "mistake": row.next == "close" and row.reason == "mistake",
                    "first": first_target(row.target),
                    "enrolment": row.review.enrolment,
                    "belongs": {**belongs(row.review), "kind": row.target.kind},
                }
            )
    return found


def first_target(target: Target) -> int:
    while target.carried_on_from is not None:
        target = target.carried_on_from
    return target.pk


def of_term(cycles: list[ReviewCycle]) -> list[dict]:
    """One judgement a lineage, of pupils registered here: the last counted and seen one, else a counted, else any."""
    rows = [row for cycle in cycles for row in raw(cycle) if row["enrolment"] in "CM" and not row["mistake"]]
    found = []
    for first in {row["first"] for row in rows}:
        line = [row for row in rows if row["first"] == first]
        counted = [row for row in line if row["counts"]]
        seen = [row for row in counted if row["step"] is not None]
        new_but_seen = [row for row in line if row["step"] is not None]
        last = (seen or counted or new_but_seen or line)[-1]
        found.append(last | {"previous": last["previous_term"], "achieved": any(row["achieved"] for row in counted)})
    return found


def work(reviews: list[Review]) -> dict[tuple[str, str], dict[str, int]]:
    """Slice and value -> counts of work."""
    slices = {pair for each in reviews for pair in belongs(each).items()}
    return {(ALL, ""): _work(reviews)} | {
        (name, value): _work([each for each in reviews if belongs(each)[name] == value]) for name, value in slices
    }


def _work(reviews: list[Review]) -> dict[str, int]:
    return {
        "due": len(reviews),
        "completed": len([each for each in reviews if each.status == "completed"]),
        "on_hold": len([each for each in reviews if each.status == "on_hold"]),
        "missed": len([each for each in reviews if each.status == "missed"]),
        "pupil_views": len([each for each in reviews if each.pupil_view_state == "given"]),
        "parents_met": len([each for each in reviews if each.parents_met_on]),
    }
