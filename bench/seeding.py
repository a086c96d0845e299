"""Synthetic schools in bulk: pupils, targets, completed cycles, and one that is open and half done. Nobody in them exists."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from assessments.models import Judgement, Review, ReviewCycle
from bench.sizes import Size
from pupils.models import Contact, KeyWorker, Need, Pupil, SupportStatus
from reports import publishing, summaries
from schools.cycles import Plan, academic_year_of, planned
from schools.models import CycleDates, Membership, Partnership, PartnershipSchool, Programme, Role, School, User
from schools.tenancy import in_school
from targets.models import Strand, Target
from targets.services import start_language

BATCH = 2_000
IN_A_CLASS = 30
LONG_AGO = date(2015, 9, 1)
Cycles = list[tuple[int, Plan]]


@dataclass(frozen=True)
class Ground:
    """What there is to measure over: the first school with its people, and an empty one to import into."""

    partnership: Partnership
    school: School
    empty: School
    senco: User
    key_worker: User


def seed(size: Size, today: date) -> Ground:
    partnership = Partnership.objects.create(name="Bench", slug="bench")
    programme = Programme.objects.create(partnership=partnership, name="DREAMS")
    start_language(partnership=partnership, by=None)
    strands = list(Strand.objects.published_for(partnership.pk))
    senco, key_worker = (User.objects.create_user(f"{name}@bench.example", name=name.title()) for name in ("senco", "keyworker"))
    cycles = cycles_around(today, size.cycles)
    schools = [_school(number, partnership, programme) for number in range(size.schools + 1)]
    for school in schools[1:]:
        for user, role in ((senco, Role.SENCO), (key_worker, Role.KEY_WORKER)):
            Membership.objects.create(user=user, school=school, role=role, starts_on=LONG_AGO)
        with in_school(school):
            _fill(size, cycles, strands, key_worker, Random(school.pk))  # noqa: S311
    return Ground(partnership, schools[1], schools[0], senco, key_worker)


def cycles_around(today: date, completed: int) -> Cycles:
    """So many cycles, the one due next, and the one planned after it, the oldest first, each with its academic year."""
    year = academic_year_of(today)
    every = [(each, plan) for each in range(year - completed // 3 - 1, year + 2) for plan in planned(each, 3)]
    coming = next(place for place, (_, plan) in enumerate(every) if plan.due_on >= today)
    return every[coming - completed : coming + 2]


def _school(number: int, partnership: Partnership, programme: Programme) -> School:
    school = School.objects.create(
        slug=f"bench-{number}", name=f"Bench {number:03d}", phase=School.Phase.SECONDARY, partnership=partnership, programme=programme,
        address=f"{number} Bench Road\nBenchley", phone="01632 960000", email="office@bench.example",
    )  # fmt: skip
    PartnershipSchool.objects.create(partnership=partnership, school=school, starts_on=LONG_AGO)
    return school


def _fill(size: Size, cycles: Cycles, strands: list[Strand], key_worker: User, random: Random) -> None:
    """One school with all that its pages show."""
    began = cycles[0][1].due_on - timedelta(days=100)
    pupils = _create(Pupil, (_pupil(number, began, random) for number in range(size.pupils)))
    _create(SupportStatus, (SupportStatus(pupil=pupil, provision=random.choice("KKKE"), starts_on=began) for pupil in pupils))
    _create(Need, (Need(pupil=pupil, need_type=random.choice(("SLCN", "SEMH", "MLD")), rank=1) for pupil in pupils))
    _create(Contact, (_contact(pupil) for pupil in pupils))
    _create(KeyWorker, (KeyWorker(pupil=pupil, user=key_worker, starts_on=began) for pupil in pupils[: IN_A_CLASS // 2]))
    *opened, (next_year, coming) = cycles
    _plan(next_year, coming)
    due_on = opened[-1][1].due_on
    targets = _create(Target, (_target(pupil, slot, began, due_on, strands) for pupil in pupils for slot in range(1, size.targets + 1)))
    standing = {target.pk: target.start for target in targets}
    for place, (year, plan) in enumerate(opened):
        _cycle(_open(year, plan, is_last=place == len(opened) - 1), pupils, targets, standing, random)


def _create(model: Any, rows: Iterator[Any]) -> list[Any]:
    return model.objects.bulk_create(rows, batch_size=BATCH)


def _pupil(number: int, began: date, random: Random) -> Pupil:
    return Pupil(
        forename=f"Forename{random.randrange(500)}", surname=f"Surname{number}", date_of_birth=date(began.year - 11, 10, 1),
        sex=random.choice("FM"), nc_year="7", registration_group=f"7-{number // IN_A_CLASS:02d}", on_roll_from=began,
    )  # fmt: skip


def _contact(pupil: Pupil) -> Contact:
    return Contact(
        pupil=pupil, title="Mrs", surname=pupil.surname, forename="Parent", relationship="PAM", has_parental_responsibility=True,
        address="1 Test Lane\nBenchley", postcode="TS1 1ST",
    )  # fmt: skip


def _target(pupil: Pupil, slot: int, began: date, due_on: date, strands: list[Strand]) -> Target:
    return Target(
        pupil=pupil, strand=strands[slot % len(strands)], wording=f"I ask for help when I am stuck, {slot}",
        how_we_will_know="I put my hand up.", start=0, aim=4, slot=slot, set_on=began, counts_from=began, review_on=due_on,
    )  # fmt: skip


def _plan(year: int, plan: Plan) -> None:
    CycleDates.objects.create(academic_year=year, number=plan.number, term=plan.term, opens_on=plan.opens_on, due_on=plan.due_on)


def _open(year: int, plan: Plan, *, is_last: bool) -> ReviewCycle:
    """A cycle as planned and opened, and closed unless it is the last."""
    _plan(year, plan)
    return ReviewCycle.objects.create(
        academic_year=year, term=plan.term, number=plan.number, name=f"{plan.term.label} {year}", opens_on=plan.opens_on,
        due_on=plan.due_on, opened_at=timezone.now(), closed_at=None if is_last else timezone.now(),
    )  # fmt: skip


def _cycle(cycle: ReviewCycle, pupils: list[Pupil], targets: list[Target], standing: dict[int, int], random: Random) -> None:
    """Review everybody in a closed cycle and the second half in the open one; then count, and publish what is over."""
    half = len(pupils) // 2 if cycle.is_open else 0
    reviews = _create(Review, (_review(pupil, cycle, is_done=place >= half) for place, pupil in enumerate(pupils)))
    of_pupil = {review.pupil_id: review for review in reviews if review.completed_at}
    judged = [_judgement(of_pupil[each.pupil_id], each, standing, random) for each in targets if each.pupil_id in of_pupil]
    _create(Judgement, iter(judged))
    summaries.rebuild(cycle)
    if not cycle.is_open:
        publishing.publish_term(cycle.school, cycle.academic_year, cycle.term)


def _review(pupil: Pupil, cycle: ReviewCycle, *, is_done: bool) -> Review:
    return Review(
        pupil=pupil, cycle=cycle, nc_year=pupil.nc_year, registration_group=pupil.registration_group, provision="K", primary_need="SLCN",
        sex=pupil.sex, enrolment=pupil.enrolment, status=Review.Status.COMPLETED if is_done else Review.Status.NOT_STARTED,
        completed_at=timezone.now() if is_done else None, pupil_view="It went well for me." if is_done else "",
    )  # fmt: skip


def _judgement(review: Review, target: Target, standing: dict[int, int], random: Random) -> Judgement:
    before = standing[target.pk]
    step = max(0, min(4, before + random.choice((-1, 0, 0, 1, 1))))
    standing[target.pk] = step
    return Judgement(
        review=review, target=target, step=step, next=Judgement.Next.KEEP, start=target.start, aim=target.aim, previous=before,
        previous_term=before, strand_key=target.strand.key if target.strand else "", counts=True, first_achieved=step == target.aim,
    )  # fmt: skip
